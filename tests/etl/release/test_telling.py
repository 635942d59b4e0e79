"""What came of a command as others read it: a record, a report in both languages, a letter once for each finding."""

from __future__ import annotations

import email
import json
import shutil
import zipfile
from contextlib import nullcontext
from email.policy import default
from pathlib import Path

import pytest
from lxml import etree

from cohesion.atom import ATOM
from cohesion.releases import KINDS, RECORD
from etl.__main__ import main
from etl.pipeline import load
from etl.release import commands as release_commands
from etl.release import newsfeed, telling
from etl.release.editions import in_words
from tests.atom import valid
from tests.releases import fetched, next_year, publication, release, workshop
from tests.scratch import FORCES, scratch_data

TO = "cohesion@council.example"
NAMES = {"a": ATOM}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def told(feed: Path) -> list[etree._Element]:
    return valid(feed.read_bytes()).findall("a:entry", NAMES)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    data = scratch_data(tmp_path)
    load.build(data=data)
    return data


@pytest.fixture
def look(data, tmp_path, monkeypatch):
    """Look at what a publisher offers, as the timer does; return the exit code and what stands in the folder."""
    monkeypatch.setattr(release_commands, "_workshop", lambda o: workshop(data, dry_run=o.dry_run))
    monkeypatch.setattr(
        release_commands, "read_config", lambda: type("Config", (), {"publications": {FORCES: publication()}})
    )
    monkeypatch.setattr(release_commands, "Client", lambda _: nullcontext())

    def asked(path: Path, *more: str) -> tuple[int, dict, str, list[Path]]:
        monkeypatch.setattr(release_commands, "from_publisher", lambda *_, **__: fetched(path))
        folder = tmp_path / "told"
        code = main(["--data", str(data), "refresh", *more, "--tell", str(folder), "--letter-to", TO])
        read = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        report = (folder / telling.REPORT).read_text(encoding="utf-8")
        return code, read, report, sorted(folder.glob("*.eml"))

    return asked


def test_something_new_is_told_in_both_languages_and_in_one_letter(data, look):
    path = release(data, change=next_year)
    code, read, report, (letter,) = look(path, "--dry-run")
    assert (code, read["code"], read["rehearsed"], read["build"]) == (3, 3, True, "")
    assert [one["title"] for one in read["recognised"]] == [read["tables_of"][0]["title"]]
    assert [(table["table"], table["counts"]["revised"]) for table in read["tables"]] == [(FORCES, 1), ("derived", 1)]
    for words in (*telling.SUBJECT, *telling.NEW, "2868", "2900", "Cyhoeddwyd 8 Hydref 2026", "revised: 1;"):
        assert words in report
    mail = email.message_from_bytes(letter.read_bytes(), policy=default)
    assert (mail["To"], mail["Subject"]) == (TO, " / ".join(telling.SUBJECT))
    assert telling.NEW[1] in mail.get_body().get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == [telling.REPORT]
    letter.unlink()
    assert look(path, "--dry-run")[3] == []
    assert look(path)[0] == 0
    code, read, report, letters = look(path, "--dry-run")
    assert (code, letters, read["same"], read["told"]) == (0, [], [path.name], "")
    assert all(words in report for words in telling.NONE)


@pytest.mark.parametrize("n", [0, 1])
def test_whoever_follows_the_feed_is_told_of_each_finding_once_in_their_language(data, look, tmp_path, n):
    lang = telling.LANGUAGES[n]
    feed = tmp_path / "told" / newsfeed.FEED.format(lang=lang)
    path = release(data, change=next_year)
    look(path, "--dry-run")
    (entry,) = told(feed)
    assert valid(feed.read_bytes()).get(LANG) == lang
    words = "".join(entry.itertext())
    assert telling.SUBJECT[n] in entry.findtext("a:title", namespaces=NAMES)
    assert telling.NEW[n] in words
    assert (in_words("2026-10-08")[n] in words, telling.NEW[1 - n] in words) == (True, False)
    before = feed.read_bytes()
    look(path, "--dry-run")
    assert feed.read_bytes() == before
    for more in ([], ["--dry-run"]):  # it is brought in, and then there is nothing new
        assert look(path, *more)[0] == 0
        assert feed.read_bytes() == before
    look(release(data, change=lambda lines: [line for line in lines if "2023-04-01" not in line]), "--dry-run")
    newer, older = told(feed)
    assert telling.STOPPED[n] in "".join(newer.itertext())
    assert older.findtext("a:id", namespaces=NAMES) == entry.findtext("a:id", namespaces=NAMES)


def test_a_feed_that_has_nothing_to_tell_yet_is_a_feed():
    assert valid(newsfeed.feed(b"", None, lang="cy")).findall("a:entry", NAMES) == []


def test_a_feed_that_cannot_be_read_begins_anew_with_what_waits(data, look, tmp_path):
    path = release(data, change=next_year)
    look(path, "--dry-run")
    feed = tmp_path / "told" / newsfeed.FEED.format(lang="cy")
    whole = feed.read_bytes()
    for damaged in (whole[: len(whole) // 2], b""):
        feed.write_bytes(damaged)
        look(path, "--dry-run")
        assert feed.read_bytes() == whole


def test_what_is_refused_is_told_with_its_kind_and_once(data, look):
    path = release(data, change=lambda lines: [line for line in lines if "2023-04-01" not in line])
    code, read, report, (letter,) = look(path, "--dry-run")
    assert (code, [one["kind"] for one in read["refused"]]) == (1, ["lost_periods"])
    assert "expected every period held before" in report
    assert telling.STOPPED[1] in report
    assert email.message_from_bytes(letter.read_bytes(), policy=default)["Subject"] == " / ".join(telling.TROUBLE)
    assert {one["kind"] for one in read["refused"]} <= {*KINDS}


def test_an_older_file_and_one_without_a_day_are_kinds_of_their_own(data, look, monkeypatch):
    path = release(data, change=next_year)
    for released, kind in (("2020-01-30", "older"), ("", "no_day"), ("2062-06-30", "day")):
        monkeypatch.setattr("tests.releases.fetched.__kwdefaults__", {"released": released})
        assert [one["kind"] for one in look(path, "--dry-run")[1]["refused"]] == [kind]


def test_a_command_that_is_stopped_whole_leaves_a_record_too(data, tmp_path, capsys):
    shutil.rmtree(data / "build")
    folder = tmp_path / "told"
    assert main(["--data", str(data), "rollback", "--tell", str(folder)]) == 1
    assert json.loads((folder / RECORD).read_text())["refused"][0]["kind"] == "no_previous"
    assert "expected the tables before the last refresh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"<!doctype html><title>Tables</title>", "web_page"),
        (b"\xd0\xcf\x11\xe0 of 1997", "old_excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"quarter,count\n2026-07-01,4\n", "unknown"),
    ],
)
def test_a_file_that_is_no_publication_is_of_a_kind_that_others_can_say(data, tmp_path, content, kind):
    file, folder = tmp_path / "tables.ods", tmp_path / "told"
    file.write_bytes(content)
    assert main(["--data", str(data), "add", str(file), "--dry-run", "--tell", str(folder)]) == 1
    assert [one["kind"] for one in json.loads((folder / RECORD).read_text())["refused"]] == [kind]


def test_a_bomb_is_of_a_kind_of_its_own(data, tmp_path):
    file, folder = tmp_path / "tables.xlsx", tmp_path / "told"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(20_000_000))
    assert main(["--data", str(data), "add", str(file), "--dry-run", "--tell", str(folder)]) == 1
    assert [one["kind"] for one in json.loads((folder / RECORD).read_text())["refused"]] == ["archive"]


def test_a_folder_that_cannot_be_written_stops_no_refresh(data, tmp_path, look, capsys):
    (tmp_path / "told").write_text("a file stands here")
    with pytest.raises(NotADirectoryError):
        look(release(data, change=next_year))
    assert "expected a folder to write the report into" in capsys.readouterr().err
    assert "2900" in (data / "tidy" / f"{FORCES}.csv").read_text()
