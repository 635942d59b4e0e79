"""The spelling tool finds a planted wrong word, in the right language, and says where it stands."""

import pytest

from dashboard.i18n import LANGUAGES, spelling
from dashboard.i18n.spelling import Misspelling, Text, main, misspellings, texts, words

needs_aspell = pytest.mark.skipif(
    not spelling.is_available(), reason="aspell with aspell-en and aspell-cy is not installed"
)


@needs_aspell
def test_every_text_we_show_is_spelt_from_the_dictionary_or_our_list():
    assert misspellings(texts()) == []


@needs_aspell
@pytest.mark.parametrize(
    ("lang", "text", "wrong"),
    [("en", "Two recrded offences {nonsens}", "recrded"), ("cy", "Dwy drosedd a gofnnodwyd {nonsens}", "gofnnodwyd")],
)
def test_a_planted_wrong_word_is_found_with_its_place(lang, text, wrong):
    planted = Text(where="planted.key", lang=lang, text=text)
    assert misspellings([planted]) == [Misspelling(where="planted.key", word=wrong)]


@needs_aspell
def test_english_words_are_not_welsh():
    assert misspellings([Text(where="x", lang="cy", text="Hate crime")]) != []


@needs_aspell
def test_the_tool_prints_the_word_with_its_key_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(spelling, "texts", lambda: [Text(where="en.po nav.home", lang="en", text="Hoome")])
    assert main([]) == 1
    assert capsys.readouterr().out == "en.po nav.home: Hoome\n"


@pytest.mark.parametrize(("arguments", "ci", "code"), [([], "", 0), (["--require"], "", 1), ([], "true", 1)])
def test_without_aspell_it_says_which_packages_and_fails_only_when_required(arguments, ci, code, monkeypatch, capsys):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(spelling, "is_available", lambda: False)
    assert main(arguments) == code
    assert "aspell-cy" in capsys.readouterr().err


def test_placeholders_addresses_code_and_markers_are_not_words():
    text = "See {in_place} `etl` [low] https://example.org/abc www.gov.uk/xyz **now**, 12 times"
    assert words(text, lang="en") == ["See", "now", "times"]


def test_joined_welsh_endings_are_taken_off():
    assert words("Mae'r ffigurau sy’n dod o'r heddlu i'w gweld", lang="cy") == [
        *("Mae", "ffigurau", "sy", "dod", "o", "heddlu", "i", "gweld")
    ]


def test_reference_tables_and_origins_are_read_by_the_ending_of_their_names(tmp_path):
    (tmp_path / "data" / "reference").mkdir(parents=True)
    (tmp_path / "data" / "tidy").mkdir()
    (tmp_path / "data" / "reference" / "areas.csv").write_text(
        "code,name_en,name_cy,selectable\nW1,Cardiff,Caerdydd,true\nE1,Barnsley,Barnsley,false\n", encoding="utf-8"
    )
    (tmp_path / "data" / "tidy" / "a.toml").write_text(
        'title = "not read"\n[note]\ntext_cy = "Nodyn"\n[caveat.en]\nshort = "Note"\n', encoding="utf-8"
    )
    found = [(text.lang, text.text) for text in texts(root=tmp_path) if not text.where.startswith(("en.po", "cy.po"))]
    assert found == [("en", "Cardiff"), ("cy", "Caerdydd"), ("cy", "Nodyn"), ("en", "Note")]


def test_a_text_in_the_other_language_on_purpose_is_checked_as_such():
    switch = {text.where: text.lang for text in texts() if text.where.endswith("frame.language_switch")}
    assert switch == {"en.po frame.language_switch": "cy", "cy.po frame.language_switch": "en"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_word_lists_are_sorted_and_hold_each_word_once(lang):
    listed = (spelling.ROOT / "dashboard" / "i18n" / f"words.{lang}.txt").read_text(encoding="utf-8").splitlines()
    assert listed == sorted(set(listed), key=lambda word: (word.casefold(), word))
