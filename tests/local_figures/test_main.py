"""The whole way from a template to a controlled table, from a terminal, in both languages."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from dashboard.i18n import LANGUAGES, t
from local_figures.__main__ import main
from local_figures.store import engine
from local_figures.templates import templates

HEADER = "quarter,area_code,crime_or_incident,strand,count,extracted_on"
GOOD = f"{HEADER}\n2026-01-01,W06000015,crime,total,40,2026-05-01\n2026-01-01,W06000015,crime,race,30,2026-05-01\n2026-01-01,W06000015,crime,religion,3,2026-05-01\n"  # noqa: E501 - a file
T = ("--template", "police_figures")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(engine.DATABASE, raising=False)
    monkeypatch.setattr(engine.open_store, "__kwdefaults__", {"folder": tmp_path / "local"})
    (tmp_path / "good.csv").write_text(GOOD)
    return tmp_path


def run(capsys, *arguments: object, lang: str = "en") -> tuple[int, str]:
    code = main(["--lang", lang, *map(str, arguments)])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out + err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_template_to_what_is_shown(capsys, folder, lang):
    def do(*arguments: object) -> str:
        code, told = run(capsys, *arguments, lang=lang)
        assert code == 0, told
        return told

    do("templates", folder / "templates")
    assert len(list((folder / "templates").iterdir())) == 13 * 5
    do("open", "--areas", "W06000015,W06000014")
    do("check", folder / "good.csv", *T)
    do("upload", folder / "good.csv", *T)
    assert "[c]" in do("preview", *T, "--edition", 1)
    assert t("own.mark.partners", lang=lang) in do("approve", *T, "--edition", 1, "--level", "partners")
    assert run(capsys, "show", *T, "--level", "public", lang=lang)[0] == 1
    do("level", *T, "--edition", 1, "--level", "public")
    shown = do("show", *T, "--level", "public").replace(t("own.mark.public", lang=lang), "")
    header, *rows = csv.reader(StringIO(shown.strip()))
    assert header == [
        *("measure", "area_code", "start", "months", "crime_or_incident", "strand", "count"),
        *("extracted_on_first", "extracted_on_last"),
    ]
    told = {row["strand"]: row["count"] for row in (dict(zip(header, row, strict=True)) for row in rows)}
    assert (told["religion"], told["race"]) == ("[c]", "30")
    do("backup", folder / "b.zip")
    assert "approved" in do("history")
    do("withdraw", *T, "--edition", 1)
    do("forget", *T, "--edition", 1)
    do("forget")
    do("member", "ben", "reader")
    do("leave", "ben")
    do("close", "--sure")
    do("open", "--areas", "W06000015")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_is_one_plain_sentence(capsys, folder, lang):
    (folder / "bad.csv").write_text(GOOD.replace(",30,", ",<5,"))
    run(capsys, "open", "--areas", "W06000015")
    refusals = (
        ("check", folder / "none.csv", *T),
        ("upload", folder / "bad.csv", *T, "--marked", folder / "marked.xlsx"),
        ("open", "--areas", "E09000001"),
        ("open", "--areas", " ,"),
        ("restore", folder / "none.zip", "--workspace", "new"),
        ("approve", *T, "--edition", 7),
        ("show", *T),
        ("show", *T, "--who", "eve"),
        ("show", *T, "--workspace", "elsewhere"),
        ("show", "--template", "meeting_log"),
        ("restore", folder / "good.csv", "--workspace", "new"),
        ("member", "ben", "king"),
        ("leave", "ben"),
        ("open", "--areas", "W06000015"),
        ("open", "--areas", "W06000014", "--who", "eve"),
        ("open", "--areas", "W06000014,W06000015", "--workspace", "another"),
        ("level", *T, "--edition", 7, "--level", "partners"),
        ("forget", "--who", "eve"),
        ("forget", "--edition", 1),
        ("forget", *T),
        ("preview", "--template", "scorecard", "--edition", 1),
        ("approve", *T, "--edition", 10**30),
        ("preview", *T, "--edition", -1),
        ("withdraw", *T, "--edition", "9" * 4_000),
        ("open", "--areas", "W06000015", "--workspace", "other", "--keep-days", 10**30),
        ("open", "--areas", "W06000015", "--workspace", "other", "--keep-days", -1),
        ("open", "--areas", "W06000015", "--workspace", ""),
        ("open", "--areas", "W06000015", "--workspace", "other", "--who", ""),
        ("member", "", "editor"),
        ("check", folder / "bad.csv", *T, "--marked", folder / "bad.csv"),
        ("check", folder / "bad.csv", *T, "--marked", folder / "x" / ".." / "bad.csv"),
        ("check", folder / "good.csv", "--template", "caravans"),
    )
    for arguments in refusals:
        code, told = run(capsys, *arguments, lang=lang)
        assert code == 1, arguments
        assert told.strip().endswith("."), arguments
    assert (folder / "marked.xlsx").exists()


def test_the_marked_copy_is_for_its_owner_and_never_in_the_place_of_the_file(capsys, folder):
    run(capsys, "open", "--areas", "W06000015")
    bad = GOOD.replace(",30,", ",<5,")
    (folder / "bad.csv").write_text(bad)
    (folder / "link.csv").symlink_to(folder / "bad.csv")
    (folder / "hard.csv").hardlink_to(folder / "bad.csv")
    for name in ("bad.csv", "link.csv", "hard.csv"):
        assert run(capsys, "check", folder / "bad.csv", *T, "--marked", folder / name)[0] == 1
        assert (folder / "bad.csv").read_text() == bad
    (folder / "marked.xlsx").write_bytes(b"open to all")
    (folder / "marked.xlsx").chmod(0o644)
    run(capsys, "check", folder / "bad.csv", *T, "--marked", folder / "marked.xlsx")
    run(capsys, "backup", folder / "b.zip")
    for name in ("marked.xlsx", "b.zip"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600, name
    assert not list(folder.glob(".*"))


def test_a_file_of_gigabytes_is_refused_by_its_size(capsys, folder):
    run(capsys, "open", "--areas", "W06000015")
    with (folder / "large.csv").open("wb") as stream:
        stream.truncate(5_000_000_000)
    code, told = run(capsys, "check", folder / "large.csv", *T)
    assert (code, "5,000.0 MB" in told) == (1, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_folder_that_cannot_be_written_to_is_named(capsys, folder, lang):
    (folder / "bad.csv").write_text(GOOD.replace(",30,", ",<5,"))
    (folder / "file").touch()
    run(capsys, "open", "--areas", "W06000015")
    for arguments, named in (
        (("backup", folder / "none" / "a.zip"), "none"),
        (("templates", folder / "file"), "file"),
        (("check", folder / "bad.csv", *T, "--marked", folder / "none" / "m.xlsx"), "none"),
    ):
        code, told = run(capsys, *arguments, lang=lang)
        assert code == 1
        assert str(folder / named) in told.splitlines()[-1]


def test_a_store_that_cannot_be_used_is_told_in_the_readers_language(capsys, folder, monkeypatch):
    monkeypatch.setattr(engine.open_store, "__kwdefaults__", {"folder": folder / "good.csv"})
    told = [run(capsys, "show", *T, lang=lang) for lang in LANGUAGES]
    assert [code for code, _ in told] == [1, 1]
    assert "a database that can be opened was expected (" in told[0][1]
    assert "disgwylid cronfa ddata y gellir ei hagor (" in told[1][1]


def test_shares_stand_under_the_counts_and_what_officers_name_is_csv_whatever_stands_in_it(capsys, folder):
    (folder / "training.csv").write_text(
        ",".join(templates()["training"].names) + '\n2026-07-01,Education,"Hate, and ""us""",24,18,9\n'
    )
    run(capsys, "open", "--areas", "W06000015")
    run(capsys, "upload", folder / "training.csv", "--template", "training")
    run(capsys, "approve", "--template", "training", "--edition", 1)
    _, shown = run(capsys, "show", "--template", "training")
    assert t("own.mark.private", lang="en") in shown
    rows = list(csv.reader(StringIO(shown)))
    assert rows[1][4:] == ["Education", 'Hate, and "us"', "24"]
    (share,) = [row for row in rows if row[:2] == ["training.more_confident_n", "training.feedback_n"]]
    assert share[5:] == ["Education", 'Hate, and "us"', "18", "50.0", "", ""]


def test_a_survey_is_told_with_its_number_and_its_interval(capsys, folder):
    header, rows = ",".join(templates()["resident_survey"].names), (
        "2025/26,W06000015,get_on_well,all,412,71.5,67.0,75.6", "2025/26,W06000015,get_on_well,men,29,70,50,85"
    )  # fmt: skip
    (folder / "survey.csv").write_text("\n".join((header, *rows)))
    run(capsys, "open", "--areas", "W06000015")
    run(capsys, "upload", folder / "survey.csv", "--template", "resident_survey")
    run(capsys, "approve", "--template", "resident_survey", "--edition", 1)
    _, shown = run(capsys, "show", "--template", "resident_survey")
    assert "get_on_well,all,412,71.5,67.0,75.6" in shown
    assert "get_on_well,men,,[c],," in shown


def test_a_template_that_is_no_count_is_kept_for_its_workspace_and_said_to_be_kept(capsys, folder):
    run(capsys, "open", "--areas", "W06000015")
    for key in ("resident_survey", "scorecard", "meeting_log", "local_events"):
        template = templates()[key]
        text = StringIO(newline="")
        csv.writer(text).writerows([template.names, *template.example])
        (folder / f"{key}.csv").write_text(text.getvalue())
        code, told = run(capsys, "upload", folder / f"{key}.csv", "--template", key, "--answered")
        assert code == 0, told


def test_a_warning_is_answered_before_anything_is_kept(capsys, folder):
    run(capsys, "open", "--areas", "W06000015")
    (folder / "zero.csv").write_text(GOOD.replace(",40,", ",0,").replace(",30,", ",0,").replace(",3,", ",0,"))
    code, told = run(capsys, "upload", folder / "zero.csv", *T)
    assert (code, "--answered" in told) == (1, True)
    assert run(capsys, "upload", folder / "zero.csv", *T, "--answered")[0] == 0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("template", "row", "is_told"),
    [
        ("tension_log", "2026-01-05,W06000015,experienced,race,2,community,no,Officer visited,2026-01-06,,6", True),
        ("third_party_reports", "2026-01-01,W06000015,voluntary,total,self,no,12", True),
        ("police_figures", "2026-01-01,W06000015,crime,total,40,2026-05-01", False),
    ],
)
def test_that_few_need_not_mean_calm_is_told_of_reports_alone(capsys, folder, lang, template, row, is_told):
    (folder / "one.csv").write_text(f"{','.join(templates()[template].names)}\n{row}\n")
    of = ("--template", template)
    run(capsys, "open", "--areas", "W06000015")
    run(capsys, "upload", folder / "one.csv", *of, "--answered")
    run(capsys, "approve", *of, "--edition", 1)
    code, shown = run(capsys, "show", *of, lang=lang)
    assert (code, t("local.say.few", lang=lang) in shown) == (0, is_told)


def test_a_quarter_of_the_log_is_shown_once_it_is_over_with_how_many_of_its_weeks_were_returned(capsys, folder):
    rest, none = ",,,,,,", "none,none,,,,,,,0"
    rows = [f"2026-01-05,W06000015,experienced,race{rest},6", f"2026-01-12,W06000015,{none}"]
    rows += [f"2026-04-06,W06000015,experienced,protest{rest},7"]
    (folder / "log.csv").write_text("\n".join((",".join(templates()["tension_log"].names), *rows)) + "\n")
    of = ("--template", "tension_log")
    run(capsys, "open", "--areas", "W06000015")
    assert run(capsys, "upload", folder / "log.csv", *of, "--answered")[0] == 0
    run(capsys, "approve", *of, "--edition", 1)
    _, told = run(capsys, "show", *of)
    assert [line for line in told.splitlines() if "," in line and not line.endswith(".")] == [
        "measure,area_code,start,months,theme,count,weeks_returned,weeks",
        "tension_log.count,W06000015,2026-01-01,3,,6,2,13",
        "tension_log.count,W06000015,2026-01-01,3,race,6,2,13",
    ]
