"""What could mislead most stands with its figure in every form and language, whatever else is cut."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from dashboard import queries, store
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import WARNINGS
from dashboard.briefing.forms import FORMS
from dashboard.briefing.kinds import READY_MADE
from dashboard.briefing.model import Briefing, Bullets, Item, Picture, Prose, Rows, Section
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import Part, Piece, Tray, read
from dashboard.caveats import COMPLETING, MISLEADING, Caveat, Choice, Letter, Range, Weight, at_once, heaviest
from dashboard.figure import Figure, View, in_language
from dashboard.figures.catalogue import BY_CODE, answer, with_usual
from dashboard.figures.picture import svg_picture
from dashboard.figures.request import AT, RANGES, UNIT, Request
from dashboard.files import FORMS as FILES
from dashboard.i18n import LANGUAGES, read_catalogue, t
from dashboard.web import cards
from tests import documents, files
from tests.contracts.test_one_number_in_every_form import whole_text
from tests.every_block import usual_block

MADE = date(2026, 11, 25)
PLACES = ("XCAV", "W92000004")
PARTS = [(kind, form.code) for form in FORMS.values() for kind in form.kinds]
CHOICES = (AT, UNIT, RANGES)
CHOSEN = ("rra_quarterly", "born_abroad", "asylum_support")  # figures that a briefing takes with a choice


def squeezed(text: str) -> str:
    """Leave out what a line break changes."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def told_first(figure: Figure) -> str:
    """Return the heaviest of what a figure itself does not tell: what is said of a choice is no part of that."""
    own = [one for one in figure.caveats if not isinstance(one.explains, Choice)]
    return max(own, key=lambda one: one.weight).text


def of_choices(figure: Figure) -> list[str]:
    return [one.text for one in figure.caveats if isinstance(one.explains, Choice)]


def said_in_files(figure: Figure, request: Request) -> dict[str, str]:
    return {
        "csv": FILES["csv"].make(figure, request).decode().replace('""', '"'),
        "xlsx": files.cells_text(FILES["xlsx"].make(figure, request)),
        "svg": "".join(ElementTree.fromstring(svg_picture(figure, lang=request.lang)).itertext()),
        "card": "".join(ElementTree.fromstring(cards.card_svg(figure, lang=request.lang)).itertext()),
        "card's text": cards.card_text(figure, lang=request.lang).decode(),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", BY_CODE)
def test_the_heaviest_caveat_stands_in_every_file_of_every_figure(build, code, lang):
    for place in PLACES:
        view = View(place=queries.area(place, build=build), lang=lang, build=build)
        figure = usual_block(view, code=code)
        if not isinstance(figure, Figure):
            continue
        said = said_in_files(figure, with_usual(code, view))
        assert [form for form, text in said.items() if squeezed(told_first(figure)) not in squeezed(text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "form"), PARTS, ids=lambda value: value)
def test_the_heaviest_caveat_stands_in_every_briefing_of_every_form(build, kind, form, lang):
    for place in PLACES:
        briefing = documents.briefing(kind, place, build=build)
        text = squeezed(documents.text(kind, form, place, lang, build=build).replace('""', '"'))
        figures = [figure for item in briefing.items() if (figure := figure_of(item, briefing, lang))]
        tables = () if figures else briefing.tables  # evidence to be written in has no pictures, and its tables say all
        warned = [one for one in WARNINGS if squeezed(one.text(lang)) in text]
        assert figures or tables or warned, "what is told in words alone is told with its publisher's warning"
        assert [figure.code for figure in figures if squeezed(told_first(figure)) not in text] == []
        assert [one.code for one in tables if any(squeezed(note.text(lang)) not in text for note in one.notes)] == []


@pytest.fixture(scope="module")
def of_hate_crime(build) -> frozenset[str]:
    """Return the sources of figures of hate crime."""
    found = store.rows(
        """SELECT DISTINCT o.source FROM observation AS o JOIN measure AS m ON m.measure = o.measure
           WHERE m.topic = 'hate_crime'""",
        build=build,
    )
    return frozenset(row["source"] for row in found)


def warned_first(briefing: Briefing, of_hate_crime: frozenset[str]) -> bool:
    """Tell whether a briefing tells of hate crime, and no figure of it stands before its publisher's warning."""
    warns = []
    for item in briefing.items():
        texts = item.texts if isinstance(item, Bullets) else (item.text,) if isinstance(item, Prose) else ()
        if any(text in WARNINGS for text in texts):
            warns.append("warning")
        elif {source.code for source in Section(code="", heading=WARNINGS[0], items=(item,)).sources} & of_hate_crime:
            warns.append("figure")
    return "figure" in warns and warns[0] == "warning"


@pytest.mark.parametrize("kind", [row.code for row in READY_MADE if row.is_printed])
def test_the_warning_of_its_publisher_stands_before_the_first_figure_of_hate_crime(build, of_hate_crime, kind):
    for place in (*PLACES, "W06000008", "W15000001"):
        choices = ("disability",) if kind in ("strand", "group") else ("",)
        for choice in choices:
            briefing = compose(kind=kind, place=place, build=build, made_on=MADE, choice=choice)
            assert warned_first(briefing, of_hate_crime), place


@pytest.mark.parametrize(
    "tray",
    [
        *("lines-lines", "plain_hate_crime-plain_hate_crime", "messages-messages", "messages-asked_messages"),
        *("since-since", "strand_held-strand_held", "accounts-accounts", "others-offences_year"),
        *("migration-population-said_hate_crime", "group-group_evidence*group*disability", "summary-summary"),
    ],
)
def test_the_warning_stands_first_wherever_an_officer_puts_figures_of_hate_crime(build, of_hate_crime, tray):
    own = Own(tray=read(tray, home=home), since=date(2020, 1, 1))
    assert warned_first(compose(kind="mine", place="XCAV", build=build, made_on=MADE, own=own), of_hate_crime)


def test_the_warning_is_said_once_and_not_again_as_a_note_of_each_message(build):
    for lang in LANGUAGES:
        text = documents.text("four_pages", "html", "W92000004", lang, build=build)
        assert text.count(t("hate_crime.publisher_short", lang=lang)) == 1


def chosen_figures(view: View) -> list[tuple[Figure, Request]]:
    """Return every figure with each of its choices that are not the usual one: of its days the oldest."""
    found = []
    for code, entry in BY_CODE.items():
        for option in (one for one in entry.options if one.name in CHOICES):
            codes = option.codes(with_usual(code, view))[1:]
            requests = [with_usual(code, view, **{option.name: one}) for one in (codes[-1:] or ())]
            answers = [(answer(code, request), request) for request in requests]
            found += [(block, request) for block, request in answers if isinstance(block, Figure)]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["W06000015", "W06000014"])
def test_a_choice_takes_the_place_of_the_heaviest_caveat_in_no_file(build, place, lang):
    view = View(place=queries.area(place, build=build), lang=lang, build=build)
    chosen = chosen_figures(view)
    assert {name for _, request in chosen for name, _ in request.options} >= set(CHOICES)
    for figure, request in chosen:
        told = (told_first(figure), *of_choices(figure))
        said = {form: squeezed(text) for form, text in said_in_files(figure, request).items()}
        missing = [(figure.code, form, one) for form, text in said.items() for one in told if squeezed(one) not in text]
        assert missing == []
        assert set(told) <= set(figure.told_at_once(1))
        card = ElementTree.fromstring(cards.card_svg(figure, lang=lang))
        assert all(float(line.get("y", 0)) <= cards.WIDE.height for line in card if line.tag.endswith("text")), (
            figure.code
        )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "form"), [("mine", "pdf"), ("mine", "docx"), ("mine", "html"), ("deck", "pptx")])
def test_a_choice_takes_the_place_of_the_heaviest_caveat_in_no_briefing(build, kind, form, lang):
    options = {"asylum_support": ((UNIT, "rate"),)}
    pieces = tuple(Piece(code=code, options=options.get(code, ((RANGES, "hidden"),))) for code in CHOSEN)
    own = Own(tray=Tray(parts=(Part(code="hate_crime", pieces=pieces),)))
    briefing = compose(kind=kind, place="W06000015", build=build, made_on=MADE, own=own)
    content = FORMS[form].make(briefing, lang=lang)
    text = squeezed(files.pptx_text(content, with_notes=False) if form == "pptx" else whole_text(content, form))
    figures = [in_language(item.figure, lang) for item in briefing.items() if isinstance(item, Picture)]
    chosen = [figure for figure in figures if figure.code in CHOSEN]
    assert [figure.code for figure in chosen if of_choices(figure)]
    told = [one for figure in chosen for one in (told_first(figure), *of_choices(figure))]
    assert [one for one in told if squeezed(one) not in text] == []


def figure_of(item: Item, briefing: Briefing, lang: str) -> Figure | None:
    """Return the figure an item shows, be it as a chart or, where it has none, as a finding over rows."""
    if isinstance(item, Picture):
        return in_language(item.figure, lang)
    if isinstance(item, Rows) and item.code in BY_CODE:
        view = View(place=briefing.place, lang=lang, build=briefing.build)
        return usual_block(view, code=item.code)
    return None


def test_a_weight_is_given_to_texts_that_there_are_and_none_has_two():
    keys = {message.id for message in read_catalogue("en")}
    assert keys >= MISLEADING | COMPLETING
    assert not MISLEADING & COMPLETING


def test_the_heaviest_stand_in_their_order_and_letters_are_always_explained():
    said = [
        Caveat(text="light", weight=Weight.COMPLETES),
        Caveat(text="first"),
        Caveat(text="a: lettered", explains=Letter(letter="a"), weight=Weight.COMPLETES),
        Caveat(text="heavy", weight=Weight.MISLEADS),
        Caveat(text="the range", explains=Range(), weight=Weight.COMPLETES),
        Caveat(text="second"),
    ]
    assert [one.text for one in heaviest(said, most=2)] == ["first", "heavy"]
    chosen = Caveat(text="as chosen", explains=Choice(), weight=Weight.MISLEADS)
    assert [one.text for one in heaviest([chosen, *said], most=1)] == ["as chosen", "heavy"]
    assert [one.text for one in at_once(said, most=1)] == ["a: lettered", "heavy"]
    assert [one.text for one in at_once(said, most=2)] == ["first", "a: lettered", "heavy", "the range"]


def test_a_caveat_is_known_by_what_it_explains_and_not_by_how_it_begins(build):
    view = View(place=queries.area("W06000015", build=build), lang="en", build=build)
    figure = usual_block(view, code="flows")
    lettered = [one for one in figure.caveats if isinstance(one.explains, Letter)]
    assert [one.explains.letter for one in lettered] == ["a", "b"]
    plain = replace(figure, caveats=(Caveat(text="a: is only how this begins"), *figure.caveats))
    assert "a: is only how this begins" not in plain.told_at_once(1)
