"""`python -m etl refresh` from the publishers' pages to a build on show; this machine plays every publisher.

GOV.UK's Content API, its file host, ONS, Nomis and ArcGIS answer with made-up publications in the documented
layouts. Nothing is put in the place of our code but the way from a request to 127.0.0.1.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import httpx
import pytest

from dashboard import store
from etl.__main__ import main
from etl.fetching.addresses import read_config
from etl.fetching.network import Client
from etl.pipeline import load
from etl.publications.ons.census_2021.topics import topics
from etl.release import commands
from etl.release.recognise import RELEASES
from tests import synthetic as made
from tests.local_publishers import Answer, Asked, LocalTransport, Publishers, playing, ranged
from tests.scratch import scratch_data

MEDIA = "https://assets.publishing.service.gov.uk/media/0123456789abcdef01234567"
API = "https://www.gov.uk/api/content"
CRIME = "/government/statistical-data-sets/police-recorded-crime-and-outcomes-open-data-tables"
MIGRATION = "/government/statistical-data-sets/immigration-system-statistics-data-tables"
GROUPS = "/government/statistical-data-sets/immigration-system-statistics-regional-and-local-authority-data"
YEAR = date.today().year
HATE = f"/government/statistics/hate-crime-england-and-wales-year-ending-march-{YEAR}"
NRM = "/government/collections/national-referral-mechanism-statistics"
NRM_QUARTER = "/government/statistics/national-referral-mechanism-statistics-july-to-september-2025"
ONS = (
    "https://www.ons.gov.uk/file?uri=/peoplepopulationandcommunity/populationandmigration/populationestimates/datasets/"
    f"estimatesofthepopulationforenglandandwales/mid2011tomid{YEAR}detailedtimeseries/myebtablesenglandwales2011{YEAR}.xlsx"
)
NOMIS = "https://www.nomisweb.co.uk/output/census/2021/census2021-{part}.zip"
STATSWALES = (
    "https://api.stats.gov.wales/v2/82d9faea-b515-41cd-aedb-8f4594f66ce5/data"
    "?format=json&lang=en-gb&page_size=5000&page_number=1"
)
OTHER_EDITIONS = {"immigration_groups_jun_2026", "immigration_groups_dec_2025", "nrm_first_responders"}
DAY = "2026-07-23T09:30:00+01:00"
ON_PAGES: dict[str, dict[str, tuple[Callable, Callable]]] = {
    CRIME: {
        "prc-pfa-mar2013-onwards-tables-230726.ods": (made.write_ods, made.pfa),
        "prc-csp-mar2021-mar2026-tables-230726.ods": (made.write_ods, lambda: made.csp(years=["2024/25", "2025/26"])),
        "prc-csp-mar2016-mar2020-tables-230726.ods": (made.write_ods, lambda: made.csp(years=["2016/17"])),
        "prc-csp-1112-1415-tables.ods": (
            made.write_ods,
            lambda: made.csp(years=["2011/12"], count="Number of Offences"),
        ),
    },
    HATE: {
        f"hate-crime-england-and-wales-{YEAR - 1}-to-{YEAR}-data-tables.ods": (made.write_ods, made.hate_crime),
        f"hate-crime-england-and-wales-{YEAR - 1}-to-{YEAR}-appendix-tables.ods": (made.write_ods, made.appendix),
    },
    MIGRATION: {
        "support-local-authority-datasets-jun-2026.xlsx": (made.write_xlsx, made.asy_d11),
        "resettlement-local-authority-datasets-jun-2026.xlsx": (made.write_xlsx, made.res_d01),
    },
    GROUPS: {"regional-and-local-authority-dataset-sep-2025.ods": (
        made.write_ods, lambda: made.reg_02(day="31 August 2025"))},
    NRM_QUARTER: {"national-referral-mechanism-statistics-uk-quarter-3-2025-tables.ods": (
        made.write_ods, made.table_12)},
}  # fmt: skip
AT_ADDRESSES: dict[str, tuple[Callable, Callable]] = {
    ONS: (made.write_xlsx, lambda: made.myeb3(unattributed="unattrib")),
    NOMIS.format(part="ts012"): (made.write_nomis, made.ts012),
    **{NOMIS.format(part=one.table): (made.write_nomis, partial(made.topic, one.name)) for one in topics()},
}


def page(files: list[str], **more: object) -> Answer:
    attachments = [{"title": name, "url": f"{MEDIA}/{name}", "filename": name} for name in files]
    content = {"public_updated_at": DAY, "details": {"attachments": attachments, "body": ""}} | more
    return Answer(body=json.dumps(content).encode())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every made-up file by its address."""
    folder = tmp_path_factory.mktemp("publishers")
    every = {f"{MEDIA}/{name}": how for names in ON_PAGES.values() for name, how in names.items()} | AT_ADDRESSES
    return {url: write(folder / "file", book()).read_bytes() for url, (write, book) in every.items()}


@pytest.fixture
def publishers(files: dict[str, bytes]) -> Publishers:
    played = Publishers()
    played.answers = {API + path: page(list(names)) for path, names in ON_PAGES.items()}
    links = {"documents": [{"base_path": NRM_QUARTER, "public_updated_at": DAY}]}
    played.answers[API + NRM] = page([], links=links)
    played.answers |= {STATSWALES: Answer(body=json.dumps(made.statswales()[:4000], indent=0).encode())}
    played.answers |= {url: ranged(body, etag=f'"{len(body)}"') for url, body in files.items()}
    return played


@pytest.fixture(autouse=True)
def on_this_machine(publishers: Publishers, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Send the commands' own client to the local server, with short waits."""
    config = read_config()
    swift = dataclasses.replace(config.manners, first_wait_seconds=0.01, longest_wait_seconds=0.02, attempts=3)
    with playing(publishers) as server:
        transport = LocalTransport(server.server_port)
        monkeypatch.setattr(
            commands,
            "Client",
            lambda config: Client(dataclasses.replace(config, manners=swift), transport=transport),
        )
        yield


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = scratch_data(tmp_path_factory.mktemp("pristine"))
    load.build(data=data)
    return data


@pytest.fixture
def data(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "data"))


def tables(data: Path) -> set[str]:
    return {path.stem for path in (data / "tidy").glob("*.csv")}


def held(data: Path, sql: str, **bound: object) -> list[dict[str, object]]:
    return store.rows(sql, bound, build=store.build_id(data=data), data=data)


def test_every_publication_comes_in_from_its_page_to_the_build_on_show(data, publishers, capsys):
    before = tables(data)
    assert main(["--data", str(data), "refresh", "--accept-large-changes"]) == 0, capsys.readouterr().err
    assert tables(data) - before == set(RELEASES) - OTHER_EDITIONS
    found = held(data, "SELECT DISTINCT source FROM observation WHERE NOT derived")
    assert {row["source"] for row in found} == tables(data)
    (cardiff,) = held(
        data,
        """SELECT value FROM observation WHERE measure = 'rra_offences' AND area_code = 'W06000015'
           AND period_start = '2026-01-01' AND category = 'total'""",
    )
    book = made.csp(years=["2024/25", "2025/26"])["2025_26"]
    wanted = [r[8] for r in book[1:] if r[3] == "Cardiff" and r[1] == 4 and r[7] in made.RRA_CODES]
    assert cardiff["value"] == sum(wanted)
    (source,) = held(data, "SELECT url, released, grade FROM source WHERE source = 'police_recorded_crime_csp'")
    assert source == {
        "url": f"{MEDIA}/prc-csp-mar2021-mar2026-tables-230726.ods",
        "released": "2026-07-23",
        "grade": "A",
    }
    assert {url.split("/")[2] for url in publishers.urls()} == {
        "www.gov.uk",
        "assets.publishing.service.gov.uk",
        "www.ons.gov.uk",
        "www.nomisweb.co.uk",
        "api.stats.gov.wales",
    }


def test_a_second_refresh_asks_only_whether_anything_changed(data, publishers, capsys):
    assert (
        main(["--data", str(data), "refresh", "police_recorded_crime_csp", "resettlement", "--accept-large-changes"])
        == 0
    )
    publishers.asked.clear()
    assert (
        main(["--data", str(data), "refresh", "police_recorded_crime_csp", "resettlement", "--accept-large-changes"])
        == 0
    )
    assert "every table stays as it was" in capsys.readouterr().out
    files = [asked for asked in publishers.asked if asked.url.startswith(MEDIA)]
    assert len(files) == 2
    assert all("If-None-Match" in asked.headers for asked in files)
    assert all("Cohesion-Trends" in asked.headers["User-Agent"] for asked in publishers.asked)


def test_a_download_that_was_cut_goes_on_where_it_stopped(data, publishers, files):
    url = f"{MEDIA}/prc-csp-mar2021-mar2026-tables-230726.ods"
    publishers.answers[url] = ranged(files[url], cut=len(files[url]) // 2)
    assert main(["--data", str(data), "refresh", "police_recorded_crime_csp", "--accept-large-changes"]) == 0
    ranges = [asked.headers.get("Range") for asked in publishers.asked if asked.url == url]
    assert ranges == [None, f"bytes={len(files[url]) // 2}-"]
    assert "police_recorded_crime_csp" in tables(data)


BAD = {
    "a web page": (lambda body: b"<!DOCTYPE html><html>Sorry</html>", "came a web page"),
    "cut off": (lambda body: body[: len(body) // 2], "came one without its end"),
    "empty": (lambda body: b"", "came something else"),
    "another publication": (None, "expected a file of resettlement; came nrm_county"),
}


@pytest.mark.parametrize(("damage", "told"), BAD.values(), ids=BAD)
def test_what_a_host_gives_in_place_of_a_workbook_is_refused_and_the_old_build_stays(
    data, publishers, files, capsys, damage, told
):
    url = f"{MEDIA}/resettlement-local-authority-datasets-jun-2026.xlsx"
    other = next(body for address, body in files.items() if "national-referral" in address)
    publishers.answers[url] = Answer(body=other if damage is None else damage(files[url]))
    before, shown = tables(data), store.build_id(data=data)
    assert main(["--data", str(data), "refresh", "resettlement"]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "resettlement" in said
    assert (tables(data), store.build_id(data=data)) == (before, shown)


def test_a_publisher_that_is_away_is_told_from_one_that_is_refused(data, publishers, capsys):
    publishers.answers[API + MIGRATION] = Answer(status=503)
    publishers.answers[f"https://www.gov.uk{MIGRATION}"] = Answer(status=503)
    assert main(["--data", str(data), "refresh", "resettlement", "modern_slavery"]) == 2
    assert "not reached: resettlement" in capsys.readouterr().err
    assert "nrm_county" in tables(data)


def test_a_new_quarter_of_a_file_that_holds_one_quarter_stands_beside_the_old(data, publishers, tmp_path):
    assert main(["--data", str(data), "refresh", "modern_slavery", "immigration_groups", "--accept-large-changes"]) == 0
    file = made.write_ods(tmp_path / "next.ods", made.table_12(quarter="October to December 2025"))
    assert main(["--data", str(data), "add", str(file), "--released", "2026-08-06", "--accept-large-changes"]) == 0
    file = made.write_ods(tmp_path / "groups.ods", made.reg_02(day="31 March 2026"))
    assert main(["--data", str(data), "add", str(file), "--released", "2026-08-06", "--accept-large-changes"]) == 0
    for measure in ("nrm_referrals_by_county", "afghan_programme_population"):
        found = held(data, "SELECT DISTINCT period_start FROM observation WHERE measure = $m", m=measure)
        assert len(found) == 2, measure


@pytest.mark.parametrize(
    ("part", "give", "code"),
    [
        ("LAD24_CSP24_PFA24_EW_LU", made.lookup, 0),
        ("Local_Authority_Districts_May_2024_Boundaries_UK_BUC", made.outlines, 0),
        ("LAD24_CSP24_PFA24_EW_LU", lambda: made.lookup() | {"features": made.lookup()["features"][3:]}, 1),
    ],
)
def test_lookups_and_boundaries_of_arcgis_are_held_against_the_reference_tables(
    data, publishers, capsys, part, give, code
):
    content, shown = give(), store.build_id(data=data)

    def layer(asked: Asked) -> Answer:
        query = httpx.URL(asked.url).params
        whole = content["features"]
        first = int(query.get("resultOffset", 0))
        page = (
            {"count": len(whole)} if "returnCountOnly" in query else content | {"features": whole[first : first + 100]}
        )
        return Answer(body=json.dumps(page).encode())

    publishers.any_of(f"https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/{part}/", layer)
    assert main(["--data", str(data), "refresh", f"boundaries_{part}"]) == code
    said = capsys.readouterr()
    assert ("agrees with data/reference" in said.out) == (code == 0)
    assert ("every Welsh local_authority" in said.err) == (code == 1)
    assert store.build_id(data=data) == shown
