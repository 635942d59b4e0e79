"""Briefings from the command line: whole files under names that say what they are, or a clear refusal and none."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from dashboard import queries, store
from dashboard.briefing import __main__ as command
from dashboard.briefing import sets
from dashboard.briefing.forms import FORMS, File, NotOfferedError, as_file, kind_of, name_and_type
from dashboard.briefing.model import file_stem
from tests import files

main = command.main


@pytest.fixture(autouse=True)
def on_show(build):
    return build


def test_one_file_for_one_place_in_one_language(tmp_path, capsys):
    target = tmp_path / "caerdydd.pdf"
    assert main(["--place", "W06000015", "--form", "pdf", "--kind", "one_page", "--lang", "cy", "-o", str(target)]) == 0
    assert "Caerdydd" in files.pdf_text(target.read_bytes())
    assert capsys.readouterr().out.strip() == str(target)
    assert [path.name for path in tmp_path.iterdir()] == ["caerdydd.pdf"]


def test_both_languages_come_in_one_zip_whose_names_find_each_other(tmp_path, build):
    assert main(["--place", "XCAV", "--form", "csv", "--made", "2026-11-25", "-o", str(tmp_path)]) == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "cardiff-and-the-vale-of-glamorgan_data_2026-11-25_en+cy.csv.zip"
    with ZipFile(path) as both:  # folders, and no zip inside a zip
        folders = dict.fromkeys(name.partition("/")[0] for name in both.namelist())
        assert list(folders) == [
            "cardiff-and-the-vale-of-glamorgan_data_2026-11-25_en",
            "caerdydd-a-bro-morgannwg_data_2026-11-25_cy",
        ]
        assert not [name for name in both.namelist() if name.endswith(".zip")]


@pytest.mark.parametrize(
    ("form", "lang", "given", "named"),
    [
        ("html", "both", "c.html", "c.html.zip"),
        ("html", "both", "c", "c.html.zip"),
        ("html", "both", "c.ZIP", "c.ZIP"),
        ("html", "cy", "c", "c.html"),
        ("csv", "en", "c.csv", "c.csv.zip"),
        ("pptx", "both", "c.pptx", "c.pptx"),  # slides hold both
    ],
)
def test_a_file_ends_as_what_is_in_it(tmp_path, capsys, form, lang, given, named):
    kind = {"html": "councillor", "csv": "data", "pptx": "deck"}[form]
    call = ["--place", "XCAV", "--kind", kind, "--form", form, "--lang", lang, "-o", str(tmp_path / given)]
    assert main(call) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / named)
    assert [path.name for path in tmp_path.iterdir()] == [named]


def test_a_name_of_another_form_is_refused(tmp_path, capsys):
    call = ["--place", "XCAV", "--kind", "councillor", "--form", "pdf", "-o", str(tmp_path / "c.docx")]
    assert main(call) == 2
    said = "expected a file name that ends in .pdf or .zip for the form pdf; came c.docx"
    assert capsys.readouterr().err.strip() == said
    assert list(tmp_path.iterdir()) == []


def test_own_words_go_into_the_file(tmp_path):
    target = tmp_path / "a.html"
    words = ["--title", "=cmd() <b>", "--contact", "cohesion@example.org"]
    main(["--place", "XCAV", "--form", "html", "--kind", "one_page", "--lang", "en", *words, "-o", str(target)])
    assert "=cmd() <b>" in files.html_text(target.read_bytes())
    assert "cohesion@example.org" in files.html_text(target.read_bytes())


def test_a_form_is_made_of_the_kind_it_is_usually_wanted_for():
    assert {form: kind_of(form) for form in FORMS} == {
        "pdf": "four_pages",
        "docx": "four_pages",
        "html": "four_pages",
        "pptx": "deck",
        "presenter": "deck",
        "xlsx": "data",
        "ods": "data",
        "csv": "data",
    }


def test_an_unknown_place_is_refused_with_the_places_there_are(tmp_path, capsys):
    assert main(["--place", "Cardiff", "-o", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "came 'Cardiff'" in said
    assert "W06000015  Cardiff" in said
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_the_kind_has_not_is_refused_with_those_it_has(tmp_path, capsys):
    assert main(["--place", "XCAV", "--form", "xlsx", "--kind", "deck", "-o", str(tmp_path)]) == 2
    assert "pptx" in capsys.readouterr().err


def test_a_folder_that_is_a_file_is_refused(tmp_path, capsys):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["--all", "-o", str(tmp_path / "taken")]) == 2
    assert "came the file" in capsys.readouterr().err


def test_a_full_disk_leaves_the_old_file_and_no_half_of_a_new_one(tmp_path, capsys, monkeypatch):
    target = tmp_path / "a.html"
    target.write_text("old", encoding="utf-8")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(command.Path, "replace", full)
    assert main(["--place", "XCAV", "--form", "html", "--lang", "en", "-o", str(target)]) == 1
    assert "No space left" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert target.read_text(encoding="utf-8") == "old"


def test_without_figures_nothing_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(store, "DATA", tmp_path / "empty")
    assert main(["--place", "XCAV", "-o", str(tmp_path)]) == 1
    assert "Nothing was written" in capsys.readouterr().err


def test_every_place_gets_its_files_in_both_languages(tmp_path, capsys, monkeypatch, build):
    two = queries.places(build=build)[:2]
    monkeypatch.setattr(command.queries, "places", lambda *, build: two)
    into = ["-o", str(tmp_path / "new" / "folder")]
    assert main(["--all", "--form", "html", "--kind", "one_page", "--made", "2026-11-25", *into]) == 0
    written = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    day = command.date(2026, 11, 25)
    briefings = [command.compose(kind="one_page", place=place, build=build, made_on=day) for place in two]
    assert written == sorted(f"{file_stem(one, lang=lang)}.html" for one in briefings for lang in ("en", "cy"))
    assert capsys.readouterr().out.startswith("4 files for 2 places")


def test_a_name_is_known_before_the_file_is_made(composed_page):
    name, mime = name_and_type(composed_page, form="html", languages="cy")
    assert as_file(composed_page, form="html", languages="cy") == File(
        name=name, mime=mime, content=html_of(composed_page)
    )
    with pytest.raises(NotOfferedError, match="expected one of pdf"):
        name_and_type(composed_page, form="ods", languages="en")


def html_of(briefing) -> bytes:
    return FORMS["html"].make(briefing, lang="cy")


@pytest.fixture
def composed_page(build):
    return command.compose(kind="one_page", place="XCAV", build=build, made_on=command.date(2026, 11, 25))


SET = """
[[briefing]]
kind = "one_page"
form = "html"
places = ["W06000015", "W06000014"]
letter_to = ["a@example.wales"]

[[briefing]]
form = "docx"
language = "cy"
places = ["W06000015"]
beside = ["W06000014"]
tray = "since-since.migration-population-gone_code"
since = 2026-09-10
next = 2026-12-10
title.cy = "Cyfarfod <b>"
comments.migration.cy = "Sylw"
"""


def test_a_small_file_makes_a_set_with_letters_that_only_have_to_be_sent(tmp_path, capsys):
    (tmp_path / "set.toml").write_text(SET, encoding="utf-8")
    folder = tmp_path / "outbox" / "today"
    arguments = ["--trays", str(tmp_path / "set.toml"), "-o", str(folder), "--made", "2026-11-25"]
    assert main(arguments) == 0
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(written) == [
        "bro-morgannwg_un-dudalen_2026-11-25_cy.html",
        "caerdydd-bro-morgannwg_cyfarfod-b_ers-2026-09-10_2026-11-25_cy.docx",
        "caerdydd_un-dudalen_2026-11-25_cy.html",
        "cardiff_one-page_2026-11-25_en.eml",
        "cardiff_one-page_2026-11-25_en.html",
        "vale-of-glamorgan_one-page_2026-11-25_en.eml",
        "vale-of-glamorgan_one-page_2026-11-25_en.html",
    ]
    assert "7 files for 3 briefings" in capsys.readouterr().out
    letter = email.message_from_bytes(written["cardiff_one-page_2026-11-25_en.eml"], policy=email.policy.default)
    assert letter["To"] == "a@example.wales"
    assert letter["Subject"] == "Cardiff: hate crime and migration / Caerdydd: troseddau casineb a mudo"
    attached = {part.get_filename() for part in letter.iter_attachments()}
    assert attached == {"cardiff_one-page_2026-11-25_en.html", "caerdydd_un-dudalen_2026-11-25_cy.html"}
    text = files.docx_text(written["caerdydd-bro-morgannwg_cyfarfod-b_ers-2026-09-10_2026-11-25_cy.docx"])
    assert all(said in text for said in ("Sylw", "10 Rhagfyr 2026", "gone_code"))
    assert main(arguments) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written, "the same set has the same bytes"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[briefing]]\nplaces = ["W99"]', "briefing 1: expected as place one of .*; came 'W99'"),
        ("[[briefing]]\nkind = 'one_page'", "expected places"),
        ("[[briefing]]\nkind = 'mine'\nplaces = 'all'", "expected a tray with at least one piece"),
        ("[[briefing]]\ntray = '-ukraine.*nonsense'\nplaces = 'XCAV'", "at most 120 pieces that can all be read"),
        ("[[briefing]]\nkind = 'deck'\nform = 'xlsx'\nplaces = 'all'", "expected as form of deck one of pptx"),
        ("[[briefing]]\nlanguage = 'fr'\nplaces = 'all'", "expected as language one of en, cy, both; came 'fr'"),
        ("[[briefing]]\ntray = '-ukraine'\nplaces = 'XCAV'\nbeside = ['W1']", "expected beside XCAV"),
        ("[[briefing]]\ntray = '-ukraine'\nplaces = 'XCAV'\nfrom = 2020\nto = 2019", "years in their order"),
        ("[[briefing]]\nplaces = 'XCAV'\nletter_to = 'nobody'", "expected an e-mail address; came 'nobody'"),
        ("nonsense", "set.toml: expected a file"),
    ],
)
def test_a_mistake_in_a_set_is_one_sentence_and_nothing_is_made(tmp_path, capsys, text, said):
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    assert main(["--trays", str(tmp_path / "set.toml"), "-o", str(tmp_path / "outbox")]) == 2
    assert re.search(said, capsys.readouterr().err)
    assert not (tmp_path / "outbox").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "kind = 'one_page'\ntray = '-ukraine'\nbeside = 'W06000014'\nfrom = 2019\nto = 2020\nsince = 2026-09-10",
            "tray, beside, from, to, since, which only .* its kind is one_page",
        ),
        ("headings.hate_crime = 'x'\ncomments.hate_crime = 'x'", "headings, comments, which only"),
        ("tray = '-ukraine'\ncomments.sanctuary = 'x'\ncomments.sanctury = 'y'", "comments of sanctury, no section"),
        ("tray = '-ukraine'\nactions.rows = [['a', 'b', 'c']]", "actions, which stand in the piece actions"),
        (
            "tray = '-ukraine'\nbeside = ['similar', 'W06000014']",
            "similar beside W92000004, which has no areas like it",
        ),
    ],
)
def test_what_a_set_goes_without_is_said(tmp_path, build, text, said):
    (tmp_path / "set.toml").write_text(f"[[briefing]]\nplaces = ['W06000015', 'W92000004']\n{text}", encoding="utf-8")
    every = sets.orders(tmp_path / "set.toml", build=build)
    (note,) = {note for order in every for note in order.notes}
    assert re.search(f"^briefing 1: left out .*{said}", note)


@pytest.mark.parametrize("more", ["tray = '-since'", "kind = 'deck'"])
def test_a_set_says_that_its_next_meeting_stands_before_the_last(tmp_path, build, more):
    text = f"[[briefing]]\nplaces = 'XCAV'\n{more}\nsince = 2026-09-10\nnext = {{}}"
    notes = {}
    for day in ("2026-09-09", "2026-09-10", "2026-12-10"):
        (tmp_path / "set.toml").write_text(text.format(day), encoding="utf-8")
        notes[day] = [note for order in sets.orders(tmp_path / "set.toml", build=build) for note in order.notes]
    (turned,) = notes.pop("2026-09-09")
    assert turned.startswith(
        "briefing 1: The next meeting (9 September 2026) is before the last one (10 September 2026)."
    )
    assert "Mae'r cyfarfod nesaf (9 Medi 2026) cyn yr un diwethaf" in turned
    assert list(notes.values()) == [[], []]


def test_a_set_for_all_places_has_the_areas_like_each_that_has_some(tmp_path, build):
    text = "[[briefing]]\nplaces = 'all'\ntray = '-ukraine'\nbeside = 'similar'"
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    every = sets.orders(tmp_path / "set.toml", build=build)
    measured = {order.place: [one.code for one in order.own.beside] for order in every}
    assert (measured["W06000015"], measured["W92000004"]) == (["similar"], [])
    assert {bool(order.notes) for order in every if order.own.beside} == {False}
    assert {bool(order.notes) for order in every if not order.own.beside} == {True}


def test_what_is_left_out_of_a_set_stands_among_what_the_command_says(tmp_path, capsys):
    text = "[[briefing]]\nplaces = 'XCAV'\nkind = 'one_page'\nform = 'html'\nlanguage = 'en'\ntray = '-ukraine'"
    (tmp_path / "set.toml").write_text(text, encoding="utf-8")
    assert main(["--trays", str(tmp_path / "set.toml"), "-o", str(tmp_path / "outbox")]) == 0
    assert "set.toml: briefing 1: left out tray" in capsys.readouterr().err


def test_no_two_files_of_a_set_have_one_name():
    names = ["a.pdf", "a.pdf", "a_2.pdf", "a.csv.zip", "a.csv.zip", "a.pdf"]
    every = sets.told_apart(File(name=name, mime="", content=b"") for name in names)
    assert [file.name for file in every] == ["a.pdf", "a_2.pdf", "a_2_2.pdf", "a.csv.zip", "a_2.csv.zip", "a_3.pdf"]


def test_the_set_that_is_handed_over_as_an_example_can_be_made(build):
    example = Path(__file__).parents[3] / "deploy" / "briefings.toml"
    assert len(sets.orders(example, build=build)) == 4 + len(queries.places(build=build))
