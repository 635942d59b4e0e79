"""Places are matched by their real spellings, refused by name, and spoken of in whole phrases."""

from pathlib import Path

import pandas as pd
import pytest

from cohesion.vocabulary import (
    CARDIFF_AND_VALE,
    CODES_BEGIN,
    ENGLAND,
    NORTHERN_IRELAND,
    SCOTLAND,
    UNITED_KINGDOM,
    WALES,
    nation_of,
)
from etl.contract import ContractError
from etl.geo.geography import (
    FRAUD_REPORTING_BODIES,
    current_authorities,
    fix_double_encoding,
    force_codes,
    in_nations,
    is_welsh,
    load_areas,
    load_members,
    match_authority_code,
    match_authority_name,
    match_force,
    reference_of,
    whole_of,
    whole_of_wales,
)
from tests.scratch import edit, scratch_data

NEW = "W06000099"
PHRASES = ["in_en", "in_cy", "to_en", "to_cy", "from_en", "from_cy"]
AREAS = load_areas()
MEMBERS = load_members()
AUTHORITY_MEMBERS = MEMBERS[~MEMBERS["member_code"].str.startswith("W15")]


def test_the_place_picker_has_groups_and_leaves_the_order_inside_them_to_each_language():
    offered = AREAS[AREAS["selectable"]].sort_values("sort")
    assert offered["sort"].tolist() == [1, 2, 3, *[4] * 20, 5, *[6] * 3, 7]
    assert offered["name_en"].iloc[[0, 1, 2, 23, 27]].tolist() == [
        "Cardiff and the Vale of Glamorgan",
        "Cardiff",
        "Vale of Glamorgan",
        "South Wales Police",
        "Wales",
    ]


def test_every_selectable_place_has_all_six_phrases():
    offered = AREAS[AREAS["selectable"]]
    assert (offered[PHRASES] != "").all(axis=None)


def test_a_place_has_all_phrases_or_none():
    written = (AREAS[PHRASES] != "").sum(axis=1)
    assert set(written) == {0, len(PHRASES)}


def test_codes_and_cells_are_clean():
    text = AREAS.drop(columns=["selectable", "sort"])
    assert AREAS["code"].is_unique
    assert text.eq(text.apply(lambda column: column.str.strip())).all(axis=None)
    assert not text["name_cy"].str.contains("Ã").any()


@pytest.mark.parametrize(
    ("code", "in_cy", "to_cy", "from_cy"),
    [
        ("W06000001", "ar Ynys Môn", "i Ynys Môn", "o Ynys Môn"),
        ("W06000013", "ym Mhen-y-bont ar Ogwr", "i Ben-y-bont ar Ogwr", "o Ben-y-bont ar Ogwr"),
        ("W06000014", "ym Mro Morgannwg", "i Fro Morgannwg", "o Fro Morgannwg"),
        ("W06000015", "yng Nghaerdydd", "i Gaerdydd", "o Gaerdydd"),
        ("W06000020", "yn Nhorfaen", "i Dorfaen", "o Dorfaen"),
        ("W06000024", "ym Merthyr Tudful", "i Ferthyr Tudful", "o Ferthyr Tudful"),
        ("W06000002", "yng Ngwynedd", "i Wynedd", "o Wynedd"),
        ("W15000003", "yn ardal Heddlu De Cymru", "i ardal Heddlu De Cymru", "o ardal Heddlu De Cymru"),
    ],
)
def test_welsh_phrases_carry_their_mutation(code, in_cy, to_cy, from_cy):
    place = AREAS.set_index("code").loc[code]
    assert place[["in_cy", "to_cy", "from_cy"]].tolist() == [in_cy, to_cy, from_cy]


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("W15000003", 7),
        ("W15000002", 5),
        ("W15000001", 6),
        ("W15000004", 4),
        ("W92000004", 22),
        ("K02000001", 361),
        ("E23000001", 32),
        ("XCAV", 2),
        ("XEWEXMET", 286),
    ],
)
def test_areas_are_made_of_their_authorities(code, members):
    assert (AUTHORITY_MEMBERS["area_code"] == code).sum() == members


def test_wales_is_made_of_its_four_forces_too_so_that_police_figures_add_up():
    forces = MEMBERS[(MEMBERS["area_code"] == "W92000004") & MEMBERS["member_code"].str.startswith("W15")]
    assert sorted(forces["member_code"]) == ["W15000001", "W15000002", "W15000003", "W15000004"]


def test_the_43_forces_cover_england_and_wales_once():
    forces = AREAS.loc[AREAS["kind"] == "police_force", "code"]
    covered = MEMBERS.loc[MEMBERS["area_code"].isin(forces), "member_code"]
    england_and_wales = MEMBERS.loc[MEMBERS["area_code"] == "K04000001", "member_code"]
    assert len(forces) == 43
    assert sorted(covered) == sorted(england_and_wales)


def test_members_are_current_authorities_of_known_areas():
    assert set(AUTHORITY_MEMBERS["member_code"]) == set(current_authorities(areas=AREAS)["code"])
    assert set(MEMBERS["area_code"]) <= set(AREAS["code"])


def test_cwm_taf_partnership_is_two_authorities():
    cwm_taf = MEMBERS.loc[MEMBERS["area_code"] == "W14000023", "member_code"]
    assert set(cwm_taf) == {"W06000016", "W06000024"}


def test_the_composite_without_the_met_keeps_the_city_of_london():
    kept = set(MEMBERS.loc[MEMBERS["area_code"] == "XEWEXMET", "member_code"])
    assert "E09000001" in kept
    assert "E09000033" not in kept


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Avon and Somerset", "E23000036"),
        ("Avon & Somerset", "E23000036"),
        ("Devon & Cornwall", "E23000035"),
        ("London, City of", "E23000034"),
        ("City of London", "E23000034"),
        ("Metropolitan Police", "E23000001"),
        ("Metropolitan Police Service", "E23000001"),
        ("South Wales", "W15000003"),
        ("South Wales Police", "W15000003"),
        ("Dyfed-Powys", "W15000004"),
        ("Cambridgeshire Constabulary", "E23000023"),
        ("British Transport Police", "XBTP"),
    ],
)
def test_forces_match_by_every_published_spelling(name, code):
    assert match_force(pd.Series([name])).tolist() == [code]


def test_every_force_can_be_matched_by_its_own_name():
    forces = AREAS[AREAS["kind"].isin(["police_force", "police_other"])]
    assert match_force(forces["name_en"]).tolist() == forces["code"].tolist()
    assert set(force_codes().values()) == set(forces["code"])


def test_unknown_forces_are_all_named():
    with pytest.raises(ContractError, match="'CIFAS', 'Tarian ROCU', nan"):
        match_force(pd.Series(["Gwent", "Tarian ROCU", "CIFAS", None, "CIFAS"], dtype="str"))


def test_authority_codes_past_and_present_match():
    codes = pd.Series(["W06000015", "E07000026", "E08000016", "E08000038"])
    assert match_authority_code(codes, areas=AREAS).tolist() == codes.tolist()


def test_unknown_authority_codes_are_all_named():
    with pytest.raises(ContractError, match="'E26000001', 'W15000003'"):
        match_authority_code(pd.Series(["W06000015", "W15000003", "E26000001"]), areas=AREAS)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("The Vale of Glamorgan", "W06000014"),
        ("Bro Morgannwg", "W06000014"),
        ("Rhondda Cynon Taff", "W06000016"),
        ("Bristol", "E06000023"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("St Helens", "E08000013"),
        ("City of London", "E09000001"),
        ("Armagh City, Banbridge and Craigavon", "N09000002"),
        ("Barnsley", "E08000038"),
        ("Allerdale", "E07000026"),
    ],
)
def test_authorities_match_by_name(name, code):
    assert match_authority_name(pd.Series([name]), areas=AREAS).tolist() == [code]


def test_every_current_authority_matches_by_both_names():
    current = current_authorities(areas=AREAS)
    for language in ("name_en", "name_cy"):
        assert match_authority_name(current[language], areas=AREAS).tolist() == current["code"].tolist()


def test_unknown_authority_names_are_all_named():
    with pytest.raises(ContractError, match="'Atlantis', 'London', 'Wales total'"):
        match_authority_name(pd.Series(["Cardiff", "Wales total", "Atlantis", "London"]), areas=AREAS)


def test_double_encoding_is_undone_once():
    assert fix_double_encoding("Ynys MÃ´n") == "Ynys Môn"
    assert fix_double_encoding("Ynys Môn") == "Ynys Môn"


@pytest.mark.shared
def test_every_force_of_the_home_office_open_data_matches(shared_sources: Path):
    path = shared_sources / "hate-crime" / "prc-pfa-mar2013-onwards-tables-191023.csv.gz"
    names = pd.read_csv(path, usecols=["Force Name"], dtype="str")["Force Name"].drop_duplicates()
    assert set(match_force(names[~names.isin(FRAUD_REPORTING_BODIES)])) == set(force_codes().values())


@pytest.mark.shared
def test_welsh_names_agree_with_the_ons(shared_sources: Path):
    ons = pd.read_csv(shared_sources / "geography" / "lad20-names-codes-welsh.csv", dtype="str").dropna()
    ours = AREAS.set_index("code")["name_cy"]
    assert len(ons) == 22
    assert ons["LAD20NMW"].map(fix_double_encoding).tolist() == ours[ons["LAD20CD"]].tolist()


@pytest.mark.shared
def test_today_is_the_home_offices_list_of_authorities(shared_sources: Path):
    published = pd.read_csv(shared_sources / "migration" / "population-mid-2024-uk-la-from-reg02.csv")
    assert set(current_authorities(areas=AREAS)["code"]) == set(published["areacd"])


@pytest.mark.shared
def test_every_authority_of_the_2019_geography_matches(shared_sources: Path):
    path = shared_sources / "migration" / "MYEB3_summary_components_of_change_series_UK_(2019_geog20).csv"
    codes = pd.read_csv(path, encoding="latin-1", dtype="str")["ladcode20"]
    assert len(match_authority_code(codes, areas=AREAS)) == 379


def merged(data: Path) -> set[str]:
    """Let two Welsh authorities end in June 2026 and a new one follow them; return those that go on, and it."""

    def lines(held: list[str]) -> list[str]:
        columns = held[0].split(",")
        rows = {line.split(",")[0]: dict(zip(columns, line.split(","), strict=False)) for line in held}
        followed = rows["W06000003"] | {"code": NEW, "valid_from": "2026-07-01"}
        last = {code: rows[code] | {"valid_to": "2026-06-30"} for code in ("W06000003", "W06000004")}
        changed = {code: ",".join(cells.values()) for code, cells in last.items()}
        return [*(changed.get(line.split(",")[0], line) for line in held), ",".join(followed.values())]

    edit(data / "reference" / "areas.csv", lines)
    return {*current_authorities(areas=AREAS)["code"]} - {"W06000003", "W06000004"} | {NEW}


def test_the_reference_of_the_data_at_hand_is_read_and_the_repositorys_own_afterwards(tmp_path):
    data = scratch_data(tmp_path)
    today = merged(data)
    with reference_of(data):
        assert {*current_authorities(areas=load_areas())["code"]} == today
    assert NEW not in {*load_areas()["code"]}


def test_a_code_tells_its_nation_and_kind_of_areas_that_are_too_new_to_be_known():
    codes = pd.Series([NEW, "W15000009", "W14000099", "E06000099", "S12000099", UNITED_KINGDOM, CARDIFF_AND_VALE, ""])
    assert [*map(nation_of, codes)] == [WALES, WALES, WALES, ENGLAND, SCOTLAND, "", "", ""]
    assert is_welsh(codes).tolist() == [True, True, True, *[False] * 5]
    assert is_welsh(codes, "local_authority").tolist() == [True, *[False] * 7]
    assert is_welsh(codes, "police_force", "community_safety_partnership").tolist() == [False, True, True, *[False] * 5]
    assert in_nations(codes, (ENGLAND, SCOTLAND)).tolist() == [*[False] * 3, True, True, *[False] * 3]


def test_every_area_of_ours_has_a_code_of_its_kind_and_nation():
    areas = load_areas()
    of_kinds = areas[areas["kind"].isin({kind for _, kind in CODES_BEGIN})]
    assert len(of_kinds) > 400
    for code, kind, nation in of_kinds[["code", "kind", "nation_code"]].itertuples(index=False):
        assert code.startswith(CODES_BEGIN[nation, kind]), code
        assert nation_of(code) == nation


def test_a_table_of_a_day_must_have_the_areas_of_that_day_or_those_of_today(tmp_path):
    data = scratch_data(tmp_path)
    today = {code for code in merged(data) if code.startswith("W")}
    before = today - {NEW} | {"W06000003", "W06000004"}
    day = {"kind": "local_authority", "day": "2026-06-30"}
    with reference_of(data):
        assert whole_of_wales(before - {"W06000015"}, **day) == before
        assert whole_of_wales(today - {"W06000015"}, **day) == today
        assert whole_of_wales(before, kind="local_authority", day="2026-07-01") == today
        assert {code[0] for code in whole_of((SCOTLAND, NORTHERN_IRELAND), [], **day)} == {"S", "N"}


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("areas.csv", "code,name_en\nW06000015,Cardiff\n", "areas.csv, row 1: expected the columns code, .* kind"),
        ("areas.csv", "", "areas.csv: expected a table in UTF-8; came No columns"),
        ("area_members.csv", None, "data/reference/area_members.csv: expected a table; came no file"),
    ],
)
def test_a_reference_table_that_is_not_whole_is_told_in_words(tmp_path, file, text, told):
    data = scratch_data(tmp_path)
    (data / "reference" / file).unlink()
    if text is not None:
        (data / "reference" / file).write_text(text, encoding="utf-8")
    with reference_of(data), pytest.raises(ContractError, match=told):
        (load_areas if file == "areas.csv" else load_members)()
