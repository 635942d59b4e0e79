"""The whole way from a template to a controlled table, from a terminal, in both languages."""

from __future__ import annotations

import pytest

from dashboard.i18n import LANGUAGES
from local_figures.__main__ import main
from local_figures.store import engine

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
    do("approve", *T, "--edition", 1)
    shown = do("show", *T, "--level", "public")
    assert "strand=religion,[c]" in shown
    assert "strand=race,30" in shown
    do("backup", folder / "b.zip")
    assert "approved" in do("history")
    do("withdraw", *T, "--edition", 1)
    do("forget", *T, "--edition", 1)
    do("forget")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_is_one_plain_sentence(capsys, folder, lang):
    (folder / "bad.csv").write_text(GOOD.replace(",30,", ",<5,"))
    run(capsys, "open", "--areas", "W06000015")
    refusals = (
        ("check", folder / "none.csv", *T),
        ("upload", folder / "bad.csv", *T, "--marked", folder / "marked.xlsx"),
        ("open", "--areas", "E09000001"),
        ("approve", *T, "--edition", 7),
        ("show", *T),
        ("show", *T, "--who", "eve"),
        ("show", *T, "--workspace", "elsewhere"),
        ("show", "--template", "meeting_log"),
        ("restore", folder / "good.csv", "--workspace", "new"),
        ("member", "ben", "king"),
    )
    for arguments in refusals:
        code, told = run(capsys, *arguments, lang=lang)
        assert code == 1, arguments
        assert told.strip().endswith("."), arguments
    assert (folder / "marked.xlsx").exists()


def test_a_warning_is_answered_before_anything_is_kept(capsys, folder):
    run(capsys, "open", "--areas", "W06000015")
    (folder / "zero.csv").write_text(GOOD.replace(",40,", ",0,").replace(",30,", ",0,").replace(",3,", ",0,"))
    code, told = run(capsys, "upload", folder / "zero.csv", *T)
    assert (code, "--answered" in told) == (1, True)
    assert run(capsys, "upload", folder / "zero.csv", *T, "--answered")[0] == 0
