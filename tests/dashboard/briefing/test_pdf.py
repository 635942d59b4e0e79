"""Briefings as PDF, read by other programs than the one that made them: what they say, and how they are tagged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise

import page
import pikepdf
import pytest
from pypdf import PdfReader

from dashboard import queries, store
from dashboard.briefing import forms, typesetting, words
from dashboard.briefing.archive import unpacked
from dashboard.briefing.model import Absent, Bullets, KeyMessages, Officer, Picture, Rows, Terms
from dashboard.briefing.pdf import page_pictures, pdf_bytes, pdf_in_each
from dashboard.caveats import Letter
from dashboard.figure import in_language
from dashboard.i18n import LANGUAGES, t
from dashboard.tables import written
from tests.contracts.test_one_number_in_every_form import whole_text

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
KINDS = ("one_page", "four_pages", "councillor", "community", "strand", "group", "deck")
WITHOUT_TABLES = ("one_page", "councillor", "community")


@pytest.fixture(scope="module")
def made(compose_for):
    """Return a maker of the composite's PDFs, each made once."""
    both = cache(lambda kind: pdf_in_each(compose_for(kind)))
    return lambda kind, lang: both(kind)[lang]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def squeezed(text: str) -> str:
    """Leave out what a line break changes."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def text_of(pdf: bytes) -> str:
    return squeezed("".join(each.extract_text() for each in reader(pdf).pages))


@dataclass(frozen=True)
class Tag:
    kind: str
    alt: str
    lang: str
    scope: str


def tags(pdf: bytes, *kinds: str) -> list[Tag]:
    """Return the tags of a document in the order of reading, or those of some kinds."""

    def under(element: pikepdf.Object) -> Iterator[Tag]:
        inside = element.get("/K")
        for kid in inside if isinstance(inside, pikepdf.Array) else [inside]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield Tag(str(kid.S), str(kid.get("/Alt", "")), str(kid.get("/Lang", "")), scope(kid.get("/A")))
                yield from under(kid)

    with pikepdf.open(BytesIO(pdf)) as document:
        return [tag for tag in under(document.Root.StructTreeRoot) if not kinds or tag.kind in kinds]


def scope(attributes: pikepdf.Object | None) -> str:
    several = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(one.Scope) for one in several if isinstance(one, pikepdf.Dictionary) and "/Scope" in one), "")


def places() -> tuple[str, ...]:
    return queries.places(build=store.build_id())


@pytest.mark.parametrize("number", range(28))
@pytest.mark.parametrize(("kind", "pages"), [("one_page", 1), ("four_pages", 4)])
def test_one_page_is_one_and_four_are_four_for_every_place_in_both_languages(compose_for, kind, pages, number):
    place = places()[number]
    for lang, pdf in pdf_in_each(compose_for(kind, place)).items():
        found = [each.mediabox for each in reader(pdf).pages]
        assert len(found) == pages, (place, lang)
        assert {(round(box.width), round(box.height)) for box in found} == {(595, 842)}
        for profile in PROFILES:
            assert not page.validate_pdf_bytes(pdf, profile=profile).failures, (place, lang)


@pytest.mark.parametrize("number", range(0, 28, 4))
def test_a_councillors_sheet_has_two_pages_and_each_begins_with_a_heading(compose_for, number):
    place = places()[number]
    for lang in LANGUAGES:
        briefing = compose_for("councillor", place)
        first, second = (squeezed(each.extract_text()) for each in reader(pdf_bytes(briefing, lang=lang)).pages)
        assert first.startswith(squeezed(briefing.title.text(lang)))
        assert second.startswith(tuple(squeezed(one.heading.text(lang)) for one in briefing.sections)), (place, lang)


@pytest.mark.parametrize("number", range(28))
def test_a_leaflet_in_plain_words_has_one_side_and_none_for_its_sources_alone(compose_for, number):
    for lang, pdf in pdf_in_each(compose_for("community", places()[number])).items():
        assert len(reader(pdf).pages) == 1, lang


@pytest.mark.parametrize("number", range(0, 28, 4))
def test_no_page_of_a_pack_holds_the_licence_alone(compose_for, number):
    for lang, pdf in pdf_in_each(compose_for("wellbeing", places()[number])).items():
        read = [" ".join(page.extract_text().split()) for page in reader(pdf).pages]
        (licensed,) = [text for text in read if t("footer.licence", lang=lang) in text]
        assert len(licensed.split()) > 40, (places()[number], lang)
        assert len(read[-1].split()) > 20, (places()[number], lang)  # a whole source at least


def test_every_place_is_among_those_that_were_tried():
    assert len(places()) == 28


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_conforms_to_pdf_ua_and_pdf_a(made, kind, lang):
    for profile in PROFILES:
        report = page.validate_pdf_bytes(made(kind, lang), profile=profile)
        assert report.is_compliant, report


def test_the_validator_would_tell_a_picture_without_words(made):
    """Proof that a clean report means something."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made("one_page", "en"))) as document:
        figure = next(e for e in document.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure")
        del figure["/Alt"]
        document.save(out)
    assert not page.validate_pdf_bytes(out.getvalue(), profile=PROFILES[0]).is_compliant


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_language_and_tags_are_declared(made, compose_for, lang):
    with pikepdf.open(BytesIO(made("four_pages", lang))) as document:
        assert str(document.Root.Lang) == f"{lang}-GB"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == compose_for().title.text(lang)


@pytest.mark.parametrize("kind", KINDS)
def test_headings_go_down_one_level_at_a_time_and_are_the_bookmarks(made, compose_for, kind):
    pdf = made(kind, "cy")
    levels = [int(tag.kind[2:]) for tag in tags(pdf, "/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))

    def flat(entries) -> list[str]:
        return [title for e in entries for title in (flat(e) if isinstance(e, list) else [squeezed(e.title)])]

    marks = flat(reader(pdf).outline)
    assert len(marks) == len(levels)
    assert {squeezed(section.heading.text("cy")) for section in compose_for(kind).sections} <= set(marks)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_carries_the_alternative_text_of_its_figure(made, compose_for, kind, lang):
    told = [tag.alt for tag in tags(made(kind, lang), "/Figure")]
    assert sorted(told) == sorted(in_language(figure, lang).alt for figure in compose_for(kind).figures)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_headers_for_columns_and_for_rows(made, compose_for, kind):
    tables = [in_language(item.table, "en") for item in compose_for(kind).items() if isinstance(item, Rows)]
    assert len(tags(made(kind, "en"), "/Table")) == len(tables)
    assert bool(tables) == (kind not in WITHOUT_TABLES)
    scopes = [tag.scope for tag in tags(made(kind, "en"), "/TH")]
    assert scopes.count("/Column") == sum(sum(c.is_shown for c in table.columns) for table in tables)
    assert scopes.count("/Row") == sum(len(table.rows) for table in tables)


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded_and_ours(made, kind):
    with pikepdf.open(BytesIO(made(kind, "cy"))) as document:
        fonts = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        names = {str(font.FontName).split("+")[-1] for font in fonts}
    assert names <= {"SourceSans3-Regular", "SourceSans3-Bold", "DejaVuSans"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_the_briefing_says_is_on_paper(made, compose_for, kind, lang):
    briefing, text = compose_for(kind), text_of(made(kind, lang))
    said = [briefing.title.text(lang), briefing.subtitle.text(lang), t("footer.licence", lang=lang)]
    said += [*words.standing(briefing, lang=lang), *(r.text for r in words.references(briefing, lang=lang))]
    said += [words.other_language(briefing, lang=lang).text]
    said += [section.heading.text(lang) for section in briefing.sections]
    said += [line for item in briefing.items() for line in lines(item, briefing, lang)]
    assert not [line for line in said if squeezed(line) not in text]


def lines(item, briefing, lang) -> list[str]:
    """Return what one item says, cell by cell."""
    if isinstance(item, KeyMessages):
        return [*item.texts(lang), *(n for notes in item.notes(lang) for n in notes)]
    if isinstance(item, Bullets):
        return [text.text(lang) for text in item.texts]
    if isinstance(item, Terms):
        return [part.text(lang) for entry in item.entries for part in (entry.name, entry.text)]
    if isinstance(item, Rows):
        table = in_language(item.table, lang)
        shown = [(n, c) for n, c in enumerate(table.columns) if c.is_shown]
        cells = [written(row[n], column=c, lang=lang) for row in table.rows for n, c in shown]
        return [item.caption.text(lang), *(c.label for _, c in shown), *cells, *(n.text(lang) for n in item.notes)]
    if isinstance(item, Picture):
        figure = in_language(item.figure, lang)
        told = figure.told_at_once(words.most_caveats(briefing)) if item.brief else figure.caveat_texts
        sentence = words.sentence_of(figure, briefing, lang=lang) if item.with_sentence else ""
        told = figure.caveat_texts if briefing.kind == "deck" else told
        return [figure.title, figure.subtitle, sentence, *told]
    if isinstance(item, Absent):
        card = in_language(item.card, lang)
        return [card.title, card.reason, card.how, card.url_label, t("not_held.never_estimated", lang=lang)]
    return [item.text.text(lang)]


def test_no_letter_or_number_on_a_chart_is_left_unexplained(made, compose_for):
    for kind in KINDS:
        text = text_of(made(kind, "en"))
        pictures = [item for item in compose_for(kind).items() if isinstance(item, Picture)]
        every = [one for item in pictures for one in in_language(item.figure, "en").caveats]
        assert all(squeezed(one.text) in text for one in every if isinstance(one.explains, Letter))
        assert "12345" not in text  # events are numbered on the page alone, where there is room to name them


def test_a_figure_that_is_not_held_is_said_to_be_so(compose_for):
    cards = tuple(item for item in compose_for("data", "W15000004").items() if isinstance(item, Absent))
    briefing = compose_for("four_pages", "W15000004")
    first, *rest = briefing.sections
    briefing = replace(briefing, sections=(replace(first, items=(*first.items, *cards)), *rest))
    text = text_of(pdf_bytes(briefing, lang="cy"))
    assert cards
    assert [card for card in cards if squeezed(in_language(card.card, "cy").reason) not in text] == []


def test_every_page_says_its_number_and_the_place_and_the_build_is_named_once(made, compose_for):
    pages = [squeezed(each.extract_text()) for each in reader(made("four_pages", "en")).pages]
    for number, text in enumerate(pages, start=1):
        assert f"{number}/4" in text
        assert squeezed(compose_for().place.name.en) in text
    assert "".join(pages).count(compose_for().build) == 1


@pytest.mark.parametrize(("lang", "other"), [("en", "cy"), ("cy", "en")])
def test_the_line_about_the_other_language_is_in_it_and_leads_to_it(compose_for, lang, other):
    briefing = compose_for("one_page", address="https://cohesion.example")
    pdf = pdf_bytes(briefing, lang=lang)
    assert [tag.lang for tag in tags(pdf) if tag.lang] == [f"{other}-GB"]
    links = [note.get_object()["/A"]["/URI"] for each in reader(pdf).pages for note in each.get("/Annots", [])]
    assert briefing.links.text(other) in links


@pytest.mark.parametrize("kind", KINDS)
def test_an_officers_words_are_printed_as_typed_and_never_run(compose_for, hostile, kind):
    briefing = compose_for(kind, officer=hostile)
    pdf = pdf_bytes(briefing, lang="en")
    text = text_of(pdf)
    assert squeezed(t("briefing.introduction", lang="en")) in text
    for typed in ("=cmd()<script>alert(1)</script>#eval(1)$x$\\input{/etc/passwd}**b**@ref", '#import"x":*', "${7*7}"):
        assert typed in text
    assert squeezed('a@b.cymru "quoted" </text><svg/onload=alert(1)>') in text
    assert page.validate_pdf_bytes(pdf, profile=PROFILES[0]).is_compliant
    with pikepdf.open(BytesIO(pdf)) as document:
        assert "/JavaScript" not in document.Root.get("/Names", {})
        assert not [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/JavaScript"]


@pytest.mark.parametrize("title", ["x" * 500, "שלום " * 100, "🙂👩‍👩‍👧🏴󠁧󠁢󠁷󠁬󠁳󠁿 " * 30, "漢字" * 250])
def test_a_title_of_any_length_and_script_stays_on_the_page(compose_for, title):
    briefing = compose_for("one_page", officer=Officer(title=title, introduction=title, contact=title[:200]))
    pdf = pdf_bytes(briefing, lang="cy")
    assert page.validate_pdf_bytes(pdf, profile=PROFILES[0]).is_compliant
    right = []
    for each in reader(pdf).pages:
        each.extract_text(visitor_text=lambda text, cm, tm, font, size: right.append((tm[4], text)))
    assert max(x for x, text in right if text.strip()) < 595


def test_the_same_briefing_is_the_same_file(made, compose_for):
    assert pdf_bytes(compose_for("one_page"), lang="cy") == made("one_page", "cy")


def test_in_both_languages_each_is_the_file_of_its_language(compose_for):
    briefing = compose_for("one_page", "W06000010")
    packed = forms.as_file(briefing, form="pdf", languages=forms.BOTH).content
    names = {forms.name_and_type(briefing, form="pdf", languages=lang)[0]: lang for lang in LANGUAGES}
    assert unpacked(packed) == {name: pdf_bytes(briefing, lang=lang) for name, lang in names.items()}


def test_two_people_at_once_get_each_their_own(made, compose_for):
    asked = [(kind, lang) for kind in ("one_page", "deck") for lang in LANGUAGES] * 2
    officers = [Officer(title=f"Officer {n}", title_cy=f"Officer {n}") for n in range(len(asked))]

    def make(n: int) -> bytes:
        kind, lang = asked[n]
        return pdf_bytes(compose_for(kind, officer=officers[n]), lang=lang)

    def briefing_title(n: int, lang: str) -> str:
        return f"{compose_for().place.name.text(lang)}: Officer {n}"

    with ThreadPoolExecutor(max_workers=4) as pool:
        pdfs = list(pool.map(make, range(len(asked))))
    assert [reader(pdf).metadata.title for pdf in pdfs] == [
        briefing_title(n, lang) for n, (_, lang) in enumerate(asked)
    ]
    assert pdfs[0] == make(0)


def test_tables_alone_are_no_pdf(compose_for):
    with pytest.raises(ValueError, match="expected a briefing of pages or slides; came data"):
        pdf_bytes(compose_for("data", "W06000015"), lang="en")


def test_the_pages_to_look_at_are_set_once_for_each_word_an_officer_types(compose_for, monkeypatch):
    """They are fitted when they are first looked at, and again where longer words no longer fit."""
    counts: Counter[str] = Counter()

    def counted(name):
        make = getattr(typesetting, name)

        def made(*args, **options):
            counts[name] += 1
            return make(*args, **options)

        return made

    for name in ("pdf", "pictures"):
        monkeypatch.setattr(typesetting, name, counted(name))
    first = page_pictures(compose_for("one_page", "W06000010"), lang="en", ppi=20)
    fitted = counts["pdf"]
    titled = page_pictures(compose_for("one_page", "W06000010", officer=Officer(title="Ours")), lang="en", ppi=20)
    assert len(first) == len(titled) == 1
    assert first != titled
    assert counts["pdf"] == fitted > 0, "a title changes nothing of what fits"
    assert counts["pictures"] == 2
    long = Officer(introduction="Word after word. " * 110)
    assert len(page_pictures(compose_for("one_page", "W06000010", officer=long), lang="en", ppi=20)) == 2
    assert counts["pdf"] > fitted


UNDRAWN = "Croeso 欢迎 🦄"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["one_page", "deck"])
def test_letters_that_no_font_has_are_told_of_and_lost_in_no_other_form(compose_for, kind, lang):
    told = squeezed(t("briefing.undrawn", lang=lang))
    briefing = compose_for(kind, officer=Officer(introduction=UNDRAWN, introduction_cy=UNDRAWN))
    page = text_of(pdf_bytes(briefing, lang=lang))
    assert "Croeso□□□" in page
    assert told in page
    drawn = Officer(introduction="Croeso ŵ ☺", introduction_cy="Croeso ŵ ☺")
    assert told not in text_of(pdf_bytes(compose_for(kind, officer=drawn), lang=lang))
    for form in (one for one in forms.forms_of(kind) if one.code != "pdf"):
        assert UNDRAWN in whole_text(form.make(briefing, lang=lang), form.code), form.code
