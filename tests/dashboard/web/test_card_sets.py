"""Sets of cards: every card whole in two shapes and languages with its texts, and nothing that may not be on a card."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import queries
from dashboard.briefing.tray import Piece
from dashboard.figure import Figure, in_language
from dashboard.figures.carded import refusal
from dashboard.figures.catalogue import first_shown
from dashboard.figures.request import read as request_of
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.people import FEW, NOBODY
from dashboard.i18n.text import say
from dashboard.web import card_sets, cards
from tests.every_block import usual_block
from tests.markup import read, text_of

HERE = "place=W06000015"
LANGS = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def client(build) -> TestClient:
    routes = [Route(card_sets.PATH, card_sets.respond), Route(cards.PATH, cards.respond)]
    return TestClient(Starlette(routes=routes), base_url="https://trends.example.wales")


@pytest.fixture(scope="module")
def parts(client) -> dict[str, bytes]:
    answer = client.get(f"/cards/refugee_week.zip?{HERE}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert 'filename="cardiff_cards-refugee-week_' in answer.headers["content-disposition"]
    with ZipFile(BytesIO(answer.content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_a_zip_is_named_in_the_readers_language(client):
    named = client.get(f"/cards/refugee_week.zip?{HERE}&lang=cy").headers["content-disposition"]
    assert '"caerdydd_cardiau-wythnos-ffoaduriaid_' in named  # in English: see `parts`


@LANGS
def test_a_set_has_each_card_in_both_shapes_with_its_texts(parts, view, lang):
    figure = usual_block(view("W06000015", lang), code="asylum_support")
    assert isinstance(figure, Figure)
    stem = f"{lang}/01_asylum_support"
    sizes = {shape: Image.open(BytesIO(parts[f"{stem}_{shape}.png"])).size for shape in cards.SHAPES}
    assert sizes == {"wide": (1200, 630), "square": (1080, 1080)}
    assert parts[f"{stem}_alt.txt"].decode("utf-8-sig") == cards.alt_of(figure, lang=lang)
    post = parts[f"{stem}_post.txt"].decode("utf-8-sig")
    assert post.startswith(figure.title)
    assert figure.told_at_once(1)[0] in post
    assert figure.sources[0].title.text(lang) in post
    assert post.rstrip().endswith(f"https://trends.example.wales/sanctuary?{HERE}&lang={lang}#asylum_support")


def test_a_card_is_judged_by_what_it_tells_and_not_by_its_newest_quarter(parts, view, build):
    assert "en/05_resettlement_wide.png" in parts  # nobody in the newest quarter, and many in the years it tells of
    for place in queries.places(build=build):
        subject = view(place).subject
        block = first_shown(subject, "resettlement")
        assert isinstance(block, Figure)
        few = any(block.title.key == f"resettlement.title{form}" for form in (FEW, NOBODY))
        assert (refusal(block, subject) is not None) == few, place
    fell = first_shown(view("W06000001").subject, "population_change")
    assert refusal(fell, view("W06000001").subject) is None  # fewer people than the year before, by more than five


def test_the_zip_says_in_both_languages_what_is_left_out_and_why(client):
    answer = client.get("/cards/sanctuary.zip?place=W06000008")
    with ZipFile(BytesIO(answer.content)) as whole:
        told = whole.read("README.txt").decode("utf-8-sig")
        assert not any("asylum_support" in name for name in whole.namelist())  # nobody
    in_place = {"en": "in Ceredigion", "cy": "yng Ngheredigion"}
    for lang in LANGUAGES:
        assert t("card_set.left_out", lang=lang) in told
        question = t("migration.asylum", lang=lang, in_place=in_place[lang])
        assert f"{question} {t('card.few', lang=lang)}" in told
    assert "asylum_support" not in told


def test_a_set_of_ones_own_names_what_it_knows_not_and_what_is_too_many(client, monkeypatch):
    monkeypatch.setattr(card_sets, "MOST", 2)
    tray = ".-ukraine-gone_figure-asylum_support-population"
    answer = client.get(f"/cards/mine.zip?{HERE}&tray={tray}")
    with ZipFile(BytesIO(answer.content)) as whole:
        told = whole.read("README.txt").decode("utf-8-sig")
        assert {name.split("_")[0] for name in whole.namelist()} == {"README.txt", "en/01", "en/02", "cy/01", "cy/02"}
    for lang in LANGUAGES:
        assert f"gone_figure: {t('card_set.no_figure', lang=lang)}" in told
        assert told.count(t("card_set.too_many", lang=lang, most=2)) == 1


@LANGS
@pytest.mark.parametrize("shape", cards.SHAPES)
@pytest.mark.parametrize("place", ["W06000015", "W06000014", "W06000008", "W92000004"])
def test_every_card_of_every_set_is_within_its_edges_with_its_heaviest_caveat_whole(view, build, place, lang, shape):
    subject, form = view(place).subject, cards.SHAPES[shape]
    for code in sorted({code for codes in card_sets.ready_made(build=build).values() for code in codes}):
        block = first_shown(subject, code)
        if not isinstance(block, Figure) or refusal(block, subject):
            continue
        figure = in_language(block, lang)
        drawn = etree.fromstring(cards.card_svg(figure, lang=lang, shape=form))
        own = drawn.xpath("./*[local-name()='text']")
        assert all(float(line.get("y")) <= form.height for line in own), code
        said = " ".join(" ".join(line.itertext()) for line in own)
        for words in (figure.title, *figure.told_at_once(1)[:1]):
            assert " ".join(words.split()) in " ".join(said.split()), code


def test_a_card_of_too_few_people_or_of_places_by_hate_crime_is_refused_by_itself_too(client, view):
    few = client.get("/cards/asylum_support.png?place=W06000008")
    assert few.status_code == 404
    assert t("card.few", lang="cy") in text_of(read(few.content))
    offences = usual_block(view("W06000015"), code="rra_quarterly")
    ranked = usual_block(view("W06000015"), code="ukraine")
    by_places = in_language(first_shown(view("W06000015").subject, "ukraine"), "en")
    assert refusal(by_places, view("W06000015").subject) is None
    pointed = type(ranked)(**{**vars_of(ranked), "newest": offences.newest})
    assert refusal(pointed, view("W06000015").subject).text("en") == t("card.places", lang="en")


def vars_of(figure: Figure) -> dict[str, object]:
    return {name: getattr(figure, name) for name in figure.__dataclass_fields__}


def test_an_officers_own_choice_is_a_set_with_its_choices(client):
    answer = client.get(f"/cards/mine.zip?{HERE}&tray=.-ukraine-asylum_support*unit*rate-gone_figure")
    with ZipFile(BytesIO(answer.content)) as whole:
        names = whole.namelist()
        post = whole.read("en/02_asylum_support_post.txt").decode("utf-8-sig")
    assert "cy/01_ukraine_square.png" in names
    assert "unit=rate" in post


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/cards/nope.zip", 404, "refugee_week"),
        ("/cards/mine.zip", 400, "tray=.-asylum_support-ukraine"),
        ("/cards/mine.zip?tray=%3Cb%3E", 400, "tray=.-asylum_support-ukraine"),
        ("/cards/sanctuary.zip?place=x", 400, "XCAV"),
        ("/cards/sanctuary.zip?place=W06000015&place=W06000014", 400, say("files.twice").text("cy")),
        ("/cards/sanctuary.zip?lang=en&lang=cy", 400, say("files.twice").text("cy")),
        ("/cards/sanctuary.zip?place=W06000015&a=b", 400, "place, from, to, build"),
        ("/cards/sanctuary.zip?place=W06000015&tray=zzz", 400, "place, from, to, build"),
        ("/cards/sanctuary.zip?place=W06000015&with=W06000014", 400, "place, from, to, build"),
        ("/cards/mine.zip?tray=.-ukraine&with=W06000014", 400, "place, from, to, build, tray"),
        ("/cards/population.png?shape=round", 400, "wide, square"),
    ],
)
def test_what_cannot_be_is_told_with_what_there_is(client, address, status, told):
    answer = client.get(address)
    assert answer.status_code == status
    assert told in text_of(read(answer.content))


def test_the_square_has_its_size_by_address(client):
    picture = Image.open(BytesIO(client.get(f"/cards/population.png?{HERE}&shape=square").content))
    assert picture.size == (1080, 1080)


def test_the_command_writes_the_same_zip_and_refuses_in_a_sentence(tmp_path, capsys):
    assert card_sets.main(["--place", "W06000015", "--set", "sanctuary", "-o", str(tmp_path)]) == 0
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("cardiff_cards-sanctuary-and-resettlement_")
    assert "en/01_asylum_support_wide.png" in ZipFile(made).namelist()
    assert card_sets.main(["--place", "W06000015", "--set", "nope", "-o", str(tmp_path)]) == 2
    assert card_sets.main(["--place", "nowhere", "--set", "people", "-o", str(tmp_path)]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [made]


@LANGS
@pytest.mark.parametrize("place", ["XCAV", "W06000008", "W92000004"])
def test_every_card_of_a_set_has_a_picture_in_both_shapes(place, lang, build):
    request, _ = request_of({"place": place, "lang": lang}, options=())
    codes = dict.fromkeys(code for each in card_sets.ready_made(build=build).values() for code in each)
    for code in codes:
        (card,) = card_sets.cards(request, [Piece(code=code)])
        for shape in cards.SHAPES.values() if card.figure else ():
            drawn = cards.card_svg(in_language(card.figure, lang), lang=lang, shape=shape)
            assert 'transform="translate(' in drawn, (code, shape.code)


@LANGS
def test_a_chart_of_too_many_rows_shows_the_place_and_the_largest_and_says_of_how_many(view, lang):
    figure = usual_block(view("W06000024", lang), code="ukraine")  # Merthyr Tydfil, which has few
    drawn = cards.card_svg(figure, lang=lang)
    assert {"en": "drawn here: ", "cy": "yma dangosir "}[lang] in drawn
    own = next(point for point in figure.drawing.points if point.code == "W06000024")
    largest = max(figure.drawing.points, key=lambda point: point.value or 0)
    few = cards.fewer(figure.drawing, most=5)
    assert {own.code, largest.code} <= {point.code for point in few.points}
    assert len(few.points) == len(few.labels) == 5
