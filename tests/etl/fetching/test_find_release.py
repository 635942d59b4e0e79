"""The newest file is found by the habits of publishers; a local server plays GOV.UK and ONS with made-up pages."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from etl.contract import ContractError
from etl.fetching.addresses import PUBLICATIONS, Publication, read_config
from etl.fetching.find_release import newest, period_of
from etl.fetching.network import Client
from etl.release.recognise import RELEASES
from tests.local_publishers import Answer, LocalTransport, Publishers, playing

CONFIG = read_config()
TODAY = date(2026, 8, 1)
MEDIA = "https://assets.publishing.service.gov.uk/media/0123456789abcdef01234567"
API = "https://www.gov.uk/api/content"
CRIME = "/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables"
OLDER_CRIME = "/government/statistics/police-recorded-crime-open-data-tables"
HATE = "/government/statistics/hate-crime-england-and-wales-year-ending-march-"
NRM = "/government/collections/national-referral-mechanism-statistics"
CSP_NAMES = (
    "prc-csp-1112-1415-tables.ods",
    "prc-csp-mar2016-mar2020-tables-230726.ods",
    "prc-csp-mar21-sep25-tables-290126.ods",
    "prc-csp-mar2021-mar2026-tables-230726.ods",
    "prc-pfa-mar2013-onwards-tables-230726.ods",
    "prc-outcomes-open-data-mar2026-tables-230726.xlsx",
)


@pytest.fixture
def publishers() -> Publishers:
    return Publishers()


@pytest.fixture
def client(publishers: Publishers) -> Iterator[Client]:
    swift = {"first_wait_seconds": 0.01, "longest_wait_seconds": 0.02, "attempts": 2}
    config = dataclasses.replace(CONFIG, manners=dataclasses.replace(CONFIG.manners, **swift))
    with playing(publishers) as server, Client(config, transport=LocalTransport(server.server_port)) as made:
        yield made


def attached(*names: str, **more: object) -> Answer:
    """Return a page of the Content API, in its documented form, with attachments that do not exist."""
    attachments = [
        {"title": f"Made-up {n}", "url": f"{MEDIA}/{n}", "filename": n, "content_type": "made/up", "file_size": 1}
        for n in names
    ]
    page = {"public_updated_at": "2026-07-23T09:30:00+01:00", "details": {"attachments": attachments, "body": ""}}
    return Answer(body=json.dumps(page | more).encode())


def linked(*names: str) -> str:
    return "".join(f'<p><a class="govuk-link" href="{MEDIA}/{n}">Made-up <b>{n}</b></a></p>' for n in names)


def publication(name: str) -> Publication:
    return CONFIG.publication(name)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("police_recorded_crime_csp", "prc-csp-mar2021-mar2026-tables-230726.ods"),
        ("police_recorded_crime_csp_2016_2020", "prc-csp-mar2016-mar2020-tables-230726.ods"),
        ("police_recorded_crime_csp_2012_2015", "prc-csp-1112-1415-tables.ods"),
        ("police_recorded_crime_pfa", "prc-pfa-mar2013-onwards-tables-230726.ods"),
        ("police_recorded_crime_outcomes", "prc-outcomes-open-data-mar2026-tables-230726.xlsx"),
    ],
)
def test_each_publication_finds_its_own_file_among_all_on_the_page(publishers, client, name, file):
    publishers.answers[API + CRIME] = attached(*CSP_NAMES)
    found = newest(publication(name), client=client, today=TODAY)
    assert (found.filename, found.url, found.title) == (file, f"{MEDIA}/{file}", f"Made-up {file}")
    assert (found.released, found.page) == ("2026-07-23T09:30:00+01:00", f"https://www.gov.uk{CRIME}")
    assert publishers.urls() == [API + CRIME]


@pytest.mark.parametrize(
    ("name", "file", "end", "stamp"),
    [
        ("police_recorded_crime_pfa", "prc-pfa-mar2013-onwards-tables-230726.ods", date.min, date(2026, 7, 23)),
        ("police_recorded_crime_pfa", "prc-pfa-mar2013-onwards-tables.xlsx", date.min, date.min),
        ("police_recorded_crime_csp", "prc-csp-mar21-sep25-tables-290126.ods", date(2025, 9, 30), date(2026, 1, 29)),
        (
            "police_recorded_crime_csp",
            "PRC-CSP-mar2021-mar2026-tables-230726.ODS",
            date(2026, 3, 31),
            date(2026, 7, 23),
        ),
        ("police_recorded_crime_csp", "prc-csp-mar16-sep24.ods", date(2024, 9, 30), date.min),
        ("asylum_support", "support-local-authority-datasets-jun-2026.xlsx", date(2026, 6, 30), date.min),
        ("resettlement", "resettlement-local-authority-datasets-dec-2025.xlsx", date(2025, 12, 31), date.min),
        ("immigration_groups", "regional-and-local-authority-dataset-jun-24.ods", date(2024, 6, 30), date.min),
        ("immigration_groups", "regional-and-local-authority-dataset-mar-2025.xlsx", date(2025, 3, 31), date.min),
        ("hate_crime", "hate-crime-england-and-wales-2024-to-2025-data-tables.ods", date(2025, 3, 31), date.min),
        (
            "modern_slavery",
            "national-referral-mechanism-statistics-uk-quarter-4-2025-oct-to-dec-tables.ods",
            date(2025, 12, 31),
            date.min,
        ),
        ("population_components", "myebtablesenglandwales20112025.xlsx", date(2025, 6, 30), date.min),
    ],
)
def test_names_that_publishers_have_used_tell_their_period(name, file, end, stamp):
    assert period_of(file, publication=publication(name)) == (end, stamp, "")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("asylum_support", "resettlement-local-authority-datasets-jun-2026.xlsx"),
        ("asylum_support", "support-local-authority-summary-jun-2026.xlsx"),
        ("hate_crime", "hate-crime-england-and-wales-2024-to-2025-appendix-tables.ods"),
        ("hate_crime_appendix", "hate-crime-england-and-wales-2024-to-2025-data-tables.ods"),
        ("police_recorded_crime_pfa", "prc-pfa-mar2013-onwards-tables-230726.csv"),
    ],
)
def test_neighbours_on_the_page_are_not_taken_for_it(name, other):
    assert period_of(other, publication=publication(name)) is None


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("police_recorded_crime_pfa", "prc-pfa-mar2013-onwards-tables-310226.ods"),
        ("asylum_support", "support-local-authority-datasets-xyz-2026.xlsx"),
    ],
)
def test_a_name_that_tells_no_day_is_told(name, file):
    with pytest.raises(ContractError, match=f"{re.escape(file)}: expected a name that tells a day"):
        period_of(file, publication=publication(name))


def test_the_latest_of_many_editions_is_chosen_whatever_their_order(publishers, client):
    names = [f"support-local-authority-datasets-{edition}.xlsx" for edition in ("dec-25", "jun-2026", "mar-2026")]
    page = publication("asylum_support").pages[0]
    for order in (names, names[::-1]):
        publishers.answers[API + page] = attached(*order)
        assert newest(publication("asylum_support"), client=client, today=TODAY).period == date(2026, 6, 30)


D11, CSP = "support-local-authority-datasets", "prc-csp-mar2021-mar2026-tables-230726.ods"
HATE_DATA = "hate-crime-england-and-wales"
NEWER_LOOKING = [
    ("asylum_support", f"{D11}-jun-2026.xlsx", "support-local-authority-data-2026-q3.xlsx"),
    ("asylum_support", f"{D11}-jun-2026.xlsx", f"{D11}-2026-09.xlsx"),
    ("asylum_support", f"{D11}-jun-2026.xlsx", "asylum-support-local-authority-sep26.xlsx"),
    ("police_recorded_crime_csp", CSP, "prc-csp-mar2021-jun2026-data-221026.ods"),
    ("police_recorded_crime_pfa", CSP_NAMES[4], "prc-pfa-mar2014-onwards-tables-221026.ods"),
    ("hate_crime", f"{HATE_DATA}-2024-to-2025-data-tables.ods", f"{HATE_DATA}-data-tables-2026.ods"),
]
NOT_NEWER = [
    ("asylum_support", f"{D11}-jun-2026.xlsx", "support-local-authority-summary-jun-2026.xlsx"),
    ("asylum_support", f"{D11}-jun-2026.xlsx", "asylum-applications-datasets-sep-2026.xlsx"),
    ("asylum_support", f"{D11}-jun-2026.xlsx", f"{D11}-2026-09.pdf"),
    ("asylum_support", f"{D11}-jun-2026.xlsx", "resettlement-local-authority-datasets-sep-2026.xlsx"),  # ours too
    ("police_recorded_crime_csp", CSP, "prc-csp-mar21-sep25-data-290126.ods"),
]


@pytest.mark.parametrize(
    ("name", "fits", "other", "told"), [*((*one, True) for one in NEWER_LOOKING), *((*one, False) for one in NOT_NEWER)]
)
def test_a_file_that_looks_newer_and_fits_no_pattern_is_told(publishers, client, name, fits, other, told):
    page = publication(name).pages[0].format(year=2026, before=2025)
    publishers.answers[API + page] = attached(other, fits)
    found = newest(publication(name), client=client, today=TODAY, others=CONFIG.publications.values())
    assert (found.filename, found.newer_looking) == (fits, (other,) if told else ())


def test_a_second_edition_is_newer_and_the_better_format_wins(publishers, client):
    stem = "hate-crime-england-and-wales-2022-to-2023-data-tables"
    publishers.answers[f"{API}{HATE}2026"] = attached(f"{stem}.ods", f"{stem}-second-edition.xlsx")
    assert newest(publication("hate_crime"), client=client, today=TODAY).filename == f"{stem}-second-edition.xlsx"
    publishers.answers[f"{API}{HATE}2026"] = attached(f"{stem}.xlsx", f"{stem}.ods")
    assert newest(publication("hate_crime"), client=client, today=TODAY).filename == f"{stem}.ods"


def test_a_page_of_this_year_that_is_not_out_yet_is_passed_over(publishers, client):
    name = "hate-crime-england-and-wales-2024-to-2025-data-tables.ods"
    publishers.answers[f"{API}{HATE}2025"] = attached(name)
    found = newest(publication("hate_crime"), client=client, today=TODAY)
    assert (found.filename, found.period) == (name, date(2025, 3, 31))
    assert publishers.urls() == [f"{API}{HATE}2026", f"{API}{HATE}2025"]


def test_the_older_form_of_the_path_is_tried_last(publishers, client):
    name = "hate-crime-england-and-wales-2022-to-2023-data-tables.ods"
    publishers.answers[f"{API}/government/statistics/hate-crime-england-and-wales-2022-to-2023"] = attached(name)
    assert newest(publication("hate_crime"), client=client, today=TODAY).filename == name


def test_a_page_that_moved_back_is_found_at_its_older_place(publishers, client):
    publishers.answers[API + OLDER_CRIME] = attached(*CSP_NAMES)
    found = newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    assert found.page == f"https://www.gov.uk{OLDER_CRIME}"


def test_an_attachment_without_a_name_is_known_by_its_address(publishers, client):
    item = {"title": "Made up", "url": f"/media/0123456789abcdef01234567/{CSP_NAMES[4]}"}
    publishers.answers[API + CRIME] = attached(details={"attachments": [item]})
    found = newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    assert found.url == f"https://www.gov.uk/media/0123456789abcdef01234567/{CSP_NAMES[4]}"


@pytest.mark.parametrize("as_list", [False, True])
def test_links_in_the_body_count_too(publishers, client, as_list):
    body = linked(*CSP_NAMES)
    shape = [{"content_type": "text/html", "content": body}] if as_list else body
    publishers.answers[API + CRIME] = attached(details={"body": shape})
    found = newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    assert (found.filename, found.title) == (CSP_NAMES[4], f"Made-up {CSP_NAMES[4]}")


@pytest.mark.parametrize(
    "api", [Answer(status=500), Answer(body=b"<html>made up</html>"), Answer(body=b"[]"), Answer(body=b"{}")]
)
def test_the_page_itself_is_read_when_the_api_does_not_help(publishers, client, api):
    publishers.answers[API + CRIME] = api
    publishers.answers[f"https://www.gov.uk{CRIME}"] = Answer(body=f"<html>{linked(*CSP_NAMES)}</html>".encode())
    found = newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    assert (found.filename, found.url) == (CSP_NAMES[4], f"{MEDIA}/{CSP_NAMES[4]}")


def test_nothing_that_fits_tells_what_was_sought_and_what_was_there(publishers, client):
    publishers.answers[API + CRIME] = attached("recorded-crime-by-force.ods", "guide.pdf")
    with pytest.raises(ContractError) as raised:
        newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    told = str(raised.value)
    assert told.startswith("police_recorded_crime_pfa: expected prc-pfa-mar")
    assert f"at {CRIME}, {OLDER_CRIME}; came recorded-crime-by-force.ods, guide.pdf" in told


def test_a_crowded_page_is_told_in_part(publishers, client):
    publishers.answers[API + CRIME] = attached(*(f"made-up-{n}.pdf" for n in range(25)))
    with pytest.raises(ContractError, match=r"made-up-19\.pdf and 5 more$"):
        newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)


def test_no_page_at_all_is_told(client):
    with pytest.raises(ContractError, match=rf"at {CRIME}, {OLDER_CRIME}; came nothing"):
        newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)


def test_a_host_that_fails_is_not_taken_for_a_page_without_files(publishers, client):
    publishers.answers[API + CRIME] = publishers.answers[f"https://www.gov.uk{CRIME}"] = Answer(status=503)
    with pytest.raises(ContractError, match="503 Service Unavailable"):
        newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)


def test_nor_is_a_host_that_will_not_have_us(publishers, client):
    publishers.answers |= {API + CRIME: Answer(body=b"{}"), f"https://www.gov.uk{CRIME}": Answer(status=403)}
    with pytest.raises(ContractError, match="403 Forbidden"):
        newest(publication("police_recorded_crime_pfa"), client=client, today=TODAY)
    myeb = publication("population_components")
    publishers.answers[myeb.urls[0].replace("{year}", "2026")] = Answer(status=403)
    with pytest.raises(ContractError, match="403 Forbidden"):
        newest(myeb, client=client, today=TODAY)


QUARTERS = {
    "/government/statistics/modern-slavery-national-referral-mechanism-statistics-uk-october-to-december-2025": 4,
    "/government/statistics/modern-slavery-national-referral-mechanism-statistics-uk-july-to-september-2025": 3,
    "/government/statistics/modern-slavery-national-referral-mechanism-statistics-uk-january-to-march-2026": 1,
}


def collection(*paths: str) -> Answer:
    documents = [{"base_path": path, "title": "Made up", "public_updated_at": "2026-05-07T08:30:00Z"} for path in paths]
    return Answer(body=json.dumps({"links": {"documents": documents}, "details": {}}).encode())


def tables(quarter: int, year: int) -> str:
    return f"national-referral-mechanism-statistics-uk-quarter-{quarter}-{year}-made-up-tables.ods"


def test_the_newest_document_of_a_collection_is_opened(publishers, client):
    latest = list(QUARTERS)[2]
    publishers.answers[API + NRM] = collection("/government/publications/guidance", *QUARTERS)
    publishers.answers[API + latest] = attached(tables(1, 2026))
    found = newest(publication("modern_slavery"), client=client, today=TODAY)
    assert (found.filename, found.period) == (tables(1, 2026), date(2026, 3, 31))
    assert publishers.urls() == [API + NRM, API + latest]


def test_a_document_without_its_tables_yet_is_passed_over(publishers, client):
    publishers.answers[API + NRM] = collection(*QUARTERS)
    publishers.answers[API + list(QUARTERS)[2]] = attached("summary.pdf")
    publishers.answers[API + next(iter(QUARTERS))] = attached(tables(4, 2025))
    assert newest(publication("modern_slavery"), client=client, today=TODAY).filename == tables(4, 2025)


def test_a_collection_is_read_from_its_page_when_the_api_does_not_help(publishers, client):
    links = "".join(f'<a href="{path}">Made up</a>' for path in QUARTERS)
    publishers.answers[f"https://www.gov.uk{NRM}"] = Answer(body=links.encode())
    publishers.answers[API + NRM] = Answer(status=500)
    publishers.answers[API + list(QUARTERS)[2]] = attached(tables(1, 2026))
    assert newest(publication("modern_slavery"), client=client, today=TODAY).filename == tables(1, 2026)


def test_a_collection_of_other_things_tells_what_they_were(publishers, client):
    publishers.answers[API + NRM] = collection("/government/publications/guidance")
    with pytest.raises(ContractError, match=r"came /government/publications/guidance$"):
        newest(publication("modern_slavery"), client=client, today=TODAY)


def test_the_newest_address_that_has_a_file_is_chosen(publishers, client):
    myeb = publication("population_components")
    publishers.answers[myeb.urls[0].replace("{year}", "2025")] = Answer(body=b"PK")
    publishers.answers[myeb.urls[0].replace("{year}", "2024")] = Answer(body=b"PK")
    found = newest(myeb, client=client, today=TODAY)
    assert (found.filename, found.period) == ("myebtablesenglandwales20112025.xlsx", date(2025, 6, 30))
    assert [url[-9:-5] for url in publishers.urls()] == ["2026", "2025"]


def test_no_address_with_a_file_tells_all_that_were_tried(client):
    with pytest.raises(ContractError) as raised:
        newest(publication("population_components"), client=client, today=TODAY)
    assert [year in str(raised.value) for year in ("2026", "2025", "2024", "2023", "2022")] == [True] * 4 + [False]


def test_a_fixed_address_is_not_asked_before_it_is_fetched(publishers, client):
    assert newest(publication("census_2021_ts030"), client=client).filename == "census2021-ts030.zip"
    assert publishers.asked == []


def test_every_publication_names_its_files_hosts_and_known_datasets():
    assert len(CONFIG.publications) == 53
    assert not any(p.verified for p in CONFIG.publications.values())
    assert all(p.note for p in CONFIG.publications.values())
    hosts = {re.match("https://([^/]+)/", url)[1] for p in CONFIG.publications.values() for url in p.urls}
    assert hosts <= set(CONFIG.hosts)
    fed = [name for p in CONFIG.publications.values() for name in p.datasets]
    assert len(fed) == len(set(fed))
    assert set(fed) <= set(RELEASES)  # each is read by a loader of live files
    assert set(RELEASES) - set(fed) == set(), "a loader whose publication `etl refresh` would never ask for"


def test_no_address_holds_a_part_that_changes_with_the_release():
    text = "".join(path.read_text(encoding="utf-8") for path in PUBLICATIONS.glob("*/*/source.toml"))
    assert "assets.publishing.service.gov.uk/media" not in text
    assert not re.search(r"/[0-9a-f]{24}/", text)


def test_a_publication_is_known_by_its_datasets_too():
    assert CONFIG.publication("modern_slavery_offences").id == "police_recorded_crime_pfa"
    assert CONFIG.publication("census_ethnic_group").id == "census_2021_ts021"
    assert CONFIG.publication("census_2021_ts004").datasets == ()
    with pytest.raises(ContractError, match="came 'made_up'"):
        CONFIG.publication("made_up")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('files = ["a("]\npages = ["/a"]', "patterns that are regular expressions"),
        ('pages = ["/a"]', "files to look for"),
        ('urls = ["http://www.gov.uk/a.ods"]', "https addresses"),
        ('urls = ["https://www.gov.uk/a.ods"]\npages = ["/a"]\nfiles = ["a"]', "pages or urls, and not both"),
        ('urls = ["https://www.gov.uk/a.ods"]\npaged = "by hand"', "paged as"),
        ('urls = ["https://www.gov.uk/a.ods"]\ncolour = "red"', "colour"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused_when_it_is_read(tmp_path, entry, told):
    path = tmp_path / "publisher" / "publication" / "source.toml"
    path.parent.mkdir(parents=True)
    whole = '[[publications]]\nid = "a"\ntitle = "A"\nformats = ["ods"]\nlargest = 1\n'
    path.write_text(f"{whole}{entry}\n", encoding="utf-8")
    with pytest.raises(ContractError, match=f"publisher/publication/source.toml: .*{told}"):
        read_config(tmp_path)
