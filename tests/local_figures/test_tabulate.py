"""From lines to cells: sums over what is not shown, gaps that stay gaps, rests, and groups that are too small."""

from __future__ import annotations

from local_figures.control.model import Table
from local_figures.tabulate import days_taken, tabulated, weeks_returned
from local_figures.templates import templates


def cells(key: str, *rows: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    template = templates()[key]
    lines = {at: dict(zip(template.names, row, strict=True)) for at, row in enumerate(rows, start=2)}
    whole = tabulated(template, lines)
    names = {cell: cell.key for cell in whole.counts}
    sums, bounds = whole.relations(names)
    counts = {cell.key: count for cell, count in whole.counts.items()}
    return dict(Table(counts=counts, sums=sums, bounds=bounds).counts)  # which refuses what does not add up


def report(organisation: str, strand: str, route: str, count: str) -> tuple[str, ...]:
    return ("2026-07-01", "W06000015", organisation, strand, route, "no", count)


AT = ("third_party_reports.count", "W06000015", "2026-07-01", "3")


def test_what_is_not_shown_is_added_up_and_a_gap_leaves_the_sum_out():
    rows = (report("council", "total", "self", "7"), report("voluntary", "total", "self", "5"))
    found = cells("third_party_reports", *rows, report("council", "total", "online", ""))
    assert found == {(*AT, "strand=total", "route=self"): 12}
    assert cells("third_party_reports", *rows)[(*AT, "strand=total")] == 12


def week(day: str, theme: str, count: str, area: str = "W06000015") -> tuple[str, ...]:
    kind = "none" if theme == "none" else "experienced"
    return (day, area, kind, theme, *("",) * 6, count)


LOG = ("tension_log.count", "W06000015", "2026-07-01", "3")


def test_a_week_goes_into_its_quarter_once_a_later_one_has_begun():
    told = [week("2026-07-06", "race", "6"), week("2026-09-28", "race", "5")]
    assert cells("tension_log", *told) == {}
    found = cells("tension_log", *told, week("2026-10-05", "race", "9"))
    assert found == {(*LOG, "theme=race"): 11, LOG: 11}


def test_a_year_of_weeks_is_told_once_the_next_one_has_begun():
    quarters = [week(day, "race", "6") for day in ("2025-04-07", "2025-07-07", "2025-10-06", "2026-01-05")]
    year = ("tension_log.count", "W06000015", "2025-04-01", "12")
    assert year not in cells("tension_log", *quarters)
    assert cells("tension_log", *quarters, week("2026-04-06", "race", "1"))[year] == 24


def test_that_there_was_nothing_is_no_theme_and_a_0_of_all_together():
    found = cells("tension_log", week("2026-07-06", "none", "0"), week("2026-10-05", "none", "0"))
    assert found == {LOG: 0}
    both = cells(
        "tension_log", week("2026-07-06", "none", "0"), week("2026-07-13", "race", "6"), week("2026-10-05", "race", "9")
    )
    assert both == {(*LOG, "theme=race"): 6, LOG: 6}


def test_a_quarter_of_weeks_says_how_many_were_returned_nil_returns_too():
    template = templates()["tension_log"]
    rows = [week("2026-07-06", "none", "0"), week("2026-07-13", "race", "6"), week("2026-07-13", "protest", "6")]
    rows += [week("2026-07-13", "none", "0", "W06000014"), week("2026-10-05", "none", "0")]
    lines = {at: dict(zip(template.names, row, strict=True)) for at, row in enumerate(rows, start=2)}
    counts = tabulated(template, lines).counts
    returned = weeks_returned(template, lines.values(), counts)
    assert returned.keys() == counts.keys()
    of_all = {cell.area: weeks for cell, weeks in returned.items() if not cell.category}
    assert of_all == {"W06000015": (2, 13), "W06000014": (1, 13), "XCAV": (3, 26)}
    police = templates()["police_figures"]
    assert weeks_returned(police, (), counts) == {}


def test_a_figure_says_between_which_days_what_it_is_made_of_was_taken():
    template = templates()["police_figures"]
    days = {
        "2025-04-01": "2025-07-20",
        "2025-07-01": "2025-10-12",
        "2025-10-01": "2026-01-15",
        "2026-01-01": "2026-04-09",
    }
    rows = [
        (quarter, area, "crime", "total", "9", day if area == "W06000015" else "2026-05-01")
        for quarter, day in days.items()
        for area in ("W06000015", "W06000014")
    ]
    lines = {at: dict(zip(template.names, row, strict=True)) for at, row in enumerate(rows, start=2)}
    found = days_taken(template, lines.values())
    told = {(cell.area, cell.start, cell.months): found[cell] for cell in tabulated(template, lines).counts}
    assert told["W06000015", "2025-07-01", 3] == ("2025-10-12", "2025-10-12")
    assert told["W06000015", "2025-04-01", 12] == ("2025-07-20", "2026-04-09")
    assert told["XCAV", "2026-01-01", 3] == ("2026-04-09", "2026-05-01")
    assert told["XCAV", "2025-04-01", 12] == ("2025-07-20", "2026-05-01")
    assert days_taken(templates()["tension_log"], lines.values()) == {}


def test_a_theme_of_one_place_alone_is_no_theme_of_both_and_breaks_no_sum():
    day = "2026-01-05"
    rows = [week(day, "race", "6"), week(day, "race", "7", "W06000014"), week("2026-04-06", "none", "0")]
    found = cells("tension_log", *rows, week(day, "protest", "5"))
    assert found[("tension_log.count", "XCAV", "2026-01-01", "3")] == 18
    assert found[("tension_log.count", "XCAV", "2026-01-01", "3", "theme=race")] == 13
    assert ("tension_log.count", "XCAV", "2026-01-01", "3", "theme=protest") not in found


def test_what_is_left_of_a_larger_number_is_a_cell_of_its_own():
    found = cells("support", *templates()["support"].example)
    assert found[("support.asked_n.rest.satisfied_n", "W06000015", "2026-07-01", "3", "service=Victim support")] == 1


def test_what_parts_leave_of_their_total_is_a_cell_of_its_own():
    """Whoever reads 14, 11 and 0 works out the 3 that was not written."""
    at = ("2026-07-01", "W06000015", "police")
    rows = [(*at, "total", "14"), (*at, "adult", "11"), (*at, "child", ""), (*at, "unknown", "0")]
    of = ("W06000015", "2026-07-01", "3", "first_responder=police", "age_group=total")
    assert cells("nrm_referrals", *rows)[("nrm_referrals.count.rest", *of)] == 3
    whole = [(*row[:4], row[4] or "3") for row in rows]
    assert ("nrm_referrals.count.rest", *of) not in cells("nrm_referrals", *whole)


def outcomes(total: str, charged: str) -> dict[tuple[str, ...], int]:
    start = ("2025/26", "W06000015", "2025/26")
    return cells("outcomes", (*start, "total", total), (*start, "charged", charged))


def test_outcomes_of_fewer_than_ten_are_not_told():
    assert len(outcomes("10", "6")) == 3  # with what is left of them
    assert outcomes("9", "6") == {}
    assert outcomes("", "6") == {}


def test_bullying_of_fewer_than_three_schools_is_not_told():
    row = list(templates()["school_bullying"].example[0])
    assert len(cells("school_bullying", tuple(row))) == 1
    row[8] = "2"
    assert cells("school_bullying", tuple(row)) == {}


def test_a_number_of_too_few_schools_leaves_its_sum_out():
    start = ("2025/26", "W06000015", "autumn", "secondary", "total")
    online = (*start, "online", "pupil", "30", "14", "18")
    assert list(cells("school_bullying", online, (*start, "in_person", "pupil", "20", "3", "18")).values()) == [50]
    assert cells("school_bullying", online, (*start, "in_person", "pupil", "20", "2", "18")) == {}


def test_a_part_that_one_group_does_not_tell_is_no_part_of_the_whole():
    rows = (report("council", "total", "self", "5"), report("council", "race", "self", "4"))
    assert set(cells("third_party_reports", *rows, report("voluntary", "race", "self", "3"))) == {
        (*AT, "strand=race"), (*AT, "strand=race", "route=self")}  # fmt: skip
    both = (*rows, report("voluntary", "total", "online", "6"))
    assert cells("third_party_reports", *both) == {
        (*AT, "strand=total"): 11,
        (*AT, "strand=total", "route=self"): 5,
        (*AT, "strand=race", "route=self"): 4,
        (*AT, "strand=total", "route=online"): 6,
    }


def test_a_year_and_a_larger_area_need_all_their_parts():
    rows = [(f"2025-{month}-01", area, "crime", "total", "9", "2026-05-01") for month in ("04", "07", "10") for area in ("W06000014", "W06000015")]  # fmt: skip # noqa: E501
    found = cells("police_figures", *rows)
    assert {key[1] for key in found} == {"W06000014", "W06000015", "XCAV"}
    assert {key[3] for key in found} == {"3"}
    found = cells("police_figures", *rows, ("2026-01-01", "W06000015", "crime", "total", "9", "2026-05-01"))
    assert [key[1] for key in found if key[3] == "12"] == ["W06000015"]


def test_crimes_of_no_strand_may_make_a_total_larger_than_its_parts():
    def recorded(strand: str, count: str) -> tuple[str, ...]:
        return ("2026-07-01", "W06000015", "crime", strand, count, "2026-10-12")

    strands = ("race", "religion", "sexual_orientation", "disability", "transgender")
    found = cells("police_figures", recorded("total", "60"), *(recorded(strand, "10") for strand in strands))
    assert (
        found[("police_figures.count", "W06000015", "2026-07-01", "3", "crime_or_incident=crime", "strand=total")] == 60
    )


def test_what_is_left_of_the_whole_is_a_cell_where_what_is_between_was_not_collected():
    found = cells("training", ("2026-07-01", "Education", "Hate crime", "20", "", "18"))
    assert {key[0].removeprefix("training."): count for key, count in found.items()} == {
        "attended": 20, "more_confident_n": 18, "attended.rest.more_confident_n": 2}  # fmt: skip
