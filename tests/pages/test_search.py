"""Search as a reader meets it: a box on every page, answers by kind in their language, bad input as letters."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.figures.catalogue import BY_CODE
from dashboard.i18n import LANGUAGES, t
from dashboard.navigation import PAGES
from dashboard.search.ranking import LONGEST

PAGE, CARDIFF, NEWPORT = "search", "W06000015", "W06000022"
BOX = re.compile(r"<form class='ct-search'.*?</form>", re.DOTALL)
LINK = re.compile(r"<a class='ct-go' href='([^']*)' target='_self'>([^<]*)</a>")


def links(text: str) -> list[tuple[str, str]]:
    return [(unescape(target), name) for target, name in LINK.findall(text)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_page_has_the_box_in_its_language_and_keeps_the_place(open_page, read, page, lang):
    (box,) = BOX.findall(read(open_page(page, lang=lang, place=CARDIFF)))
    assert f"placeholder='{t('search.label', lang=lang)}'" in box
    assert f"name='place' value='{CARDIFF}'" in box
    assert f"name='language' value='{lang}'" in box  # `lang` would be taken away: see widgets/searching.py
    assert "value=''" in box


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", ["asylum", "lloches"])
def test_either_language_finds_and_the_reader_is_answered_in_theirs(open_page, read, lang, query):
    text = read(open_page(PAGE, lang=lang, place=CARDIFF, q=query))
    question = t("sanctuary.map", lang=lang)
    targets = {name: target for target, name in links(text)}
    assert targets[question] == f"./sanctuary?place={CARDIFF}&lang={lang}#asylum_map"
    headings = re.findall(r"<h2>([^<]*)</h2>", text)
    assert headings[0] == t("search.kind.figure", lang=lang)
    assert {t(f"search.kind.{kind}", lang=lang) for kind in ("term", "measure")} < set(headings)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_that_is_found_changes_the_place(open_page, read, lang):
    ((target, _),) = links(read(open_page(PAGE, lang=lang, place=CARDIFF, q="Nghasnewydd")))
    assert target == f"./?place={NEWPORT}&lang={lang}"


def test_a_place_beside_a_word_is_where_every_link_leads_and_that_is_said(open_page, read):
    text = read(open_page(PAGE, place=CARDIFF, q="asylum Newport"))
    assert {parse_qs(urlsplit(target).query)["place"][0] for target, _ in links(text)} == {NEWPORT}
    assert t("search.at", lang="en", place="Newport") in text


def test_the_place_of_the_page_stays_where_the_words_name_none_or_the_same(open_page, read):
    said = t("search.at", lang="en", place="Cardiff")
    assert said not in read(open_page(PAGE, place=CARDIFF, q="asylum Cardiff"))
    text = read(open_page(PAGE, place=CARDIFF, q="population"))
    assert "How many people live in Cardiff?" in [name for _, name in links(text)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("query", "key"), [("", "empty"), ("   ", "empty"), ("xqzt", "nothing"), ("the", "nothing")])
def test_nothing_found_says_so_and_what_can_be_found(open_page, read, lang, query, key):
    text = read(open_page(PAGE, lang=lang, place=CARDIFF, q=query))
    said = re.sub(r"</?bdi>", "", text)
    assert t(f"search.{key}", lang=lang, query=query.strip(), n=0) in said
    assert t("search.can", lang=lang) in text
    assert links(text) == []


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("' onfocus='alert(1)", "&#39; onfocus=&#39;alert(1)"),
        ("[x](https://evil.example)", "[x](https://evil.example)"),
        ("{query}", "{query}"),
        ("שלום\u202e עולם", "שלום עולם"),
        ("🏴 zzz", "🏴 zzz"),
        ("z" * 10_000, "z" * LONGEST),
        ("zz\n\x00zz", "zzzz"),
    ],
)
def test_whatever_is_written_is_shown_as_its_letters(open_page, query, shown):
    session = open_page(PAGE, place=CARDIFF, q=query)
    assert not session.exception
    html = "\n".join(element.proto.body for element in session.get("html"))
    assert f"<bdi>{shown}</bdi>" in html
    assert f"value='{shown}'" in html


def test_every_answer_of_a_wide_search_leads_to_a_block_that_exists(open_page, read):
    for target, _ in links(read(open_page(PAGE, place=CARDIFF, q="people"))):
        block = urlsplit(target).fragment
        assert block in BY_CODE or block in ("", "sources", "accounts") or block.startswith(("term_", "gap_", "fact_"))


@pytest.mark.parametrize("query", ["confidence interval", "bullying"])
def test_a_word_or_a_gap_is_landed_on(open_page, read, query):
    ((target, _),) = links(read(open_page(PAGE, place=CARDIFF, q=query)))
    assert f" id='{urlsplit(target).fragment}'>" in read(open_page("data_and_methods", place=CARDIFF))


def test_places_beside_ours_come_along_but_never_one_beside_itself(open_page, read):
    text = read(open_page(PAGE, place=CARDIFF, q="asylum Newport", **{"with": f"{NEWPORT},W06000011"}))
    asked = [parse_qs(urlsplit(target).query) for target, _ in links(text)]
    assert {(one["place"][0], one["with"][0]) for one in asked} == {(NEWPORT, "W06000011")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_claim_leads_to_the_card_that_answers_it(open_page, read, lang):
    text = read(open_page(PAGE, lang=lang, place=CARDIFF, q="most asylum seekers live in hotels"))
    target, name = links(text)[0]
    assert name == t("facts.asylum_housing.question", lang=lang)
    assert target == f"./facts?place={CARDIFF}&lang={lang}#fact_asylum_housing"
    assert "id='fact_asylum_housing'" in read(open_page("facts", lang=lang, place=CARDIFF))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "is_told"),
    [("CF11", True), ("asylum cf11 9ab", True), ("LL55 1AA", True), ("asylum", False), ("036A", False)],
)
def test_a_postcode_is_said_not_to_be_known(open_page, read, lang, query, is_told):
    said = t("search.postcode", lang=lang)
    assert (said in read(open_page(PAGE, lang=lang, place=CARDIFF, q=query))) == is_told
