"""The lines every form of a briefing carries: when it was made, of which data, from which sources, in which languages.

The awkward fact: these lines are the first thing a layout cuts when space is short. They are written here once, and
the tests ask each form for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.briefing.model import Briefing, Item, KeyMessages, Picture, Rows, Section, file_stem
from dashboard.charts import SmallMultiples, TimeLine
from dashboard.charts.lines import Mark
from dashboard.figure import Figure
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.periods import period_label, release_label
from dashboard.model import Source

BRIEF = 2  # caveats that stand with a brief picture


@dataclass(frozen=True, kw_only=True)
class OtherLanguage:
    """Where the same briefing is in the other language: a text in it, an address where one is known, a file's stem."""

    text: str
    lang: Language
    url: str
    stem: str


def standing(briefing: Briefing, *, lang: Language) -> tuple[str, ...]:
    """Return the lines that say of when a briefing is: edition, days covered, day made, build."""
    made, first, last = (
        period_label(start=day, months=0, lang=lang, style="long")
        for day in (briefing.made, briefing.first, briefing.last)
    )
    return (
        briefing.edition.text(lang),
        t("briefing.covers", lang=lang, first=first, last=last),
        t("briefing.made", lang=lang, day=made),
        t("briefing.build", lang=lang, build=briefing.build),
    )


def citation(source: Source, *, lang: Language) -> str:
    """Return a source in one line: publisher, title, edition, release, how it reached us, licence."""
    return t(
        "briefing.citation",
        lang=lang,
        publisher=source.publisher.text(lang),
        title=source.title.text(lang),
        edition=source.edition.text(lang),
        released=release_label(source.released, lang=lang),
        grade=t(f"grade.{source.grade}", lang=lang),
        licence=source.licence.text(lang),
    )


def citations(sources: Iterable[Source], *, lang: Language) -> tuple[str, ...]:
    """Return the lines of some sources, each once."""
    return tuple(dict.fromkeys(citation(source, lang=lang) for source in sources))


def publishers(sources: Iterable[Source], *, lang: Language) -> str:
    """Name the publishers in one short line, "Sources: Home Office, Welsh Government."; "" where there is none."""
    names = dict.fromkeys(source.publisher_inside(lang) for source in sources)
    return f"{t('briefing.sources', lang=lang)}: {', '.join(names)}." if names else ""


def other_language(briefing: Briefing, *, lang: Language) -> OtherLanguage:
    """Return where the same briefing is in the other language."""
    other = next(one for one in LANGUAGES if one != lang)
    return OtherLanguage(
        text=t("briefing.other_language", lang=lang),
        lang=other,
        url=briefing.links.text(other),
        stem=file_stem(briefing, lang=other),
    )


def beyond_the_slide(section: Section, *, lang: Language) -> tuple[str, ...]:
    """Return what a slide has no room for and its script does not say: chips, further caveats, what a table means."""
    spoken = {text.text(lang) for text in section.script}
    found = (text for item in section.items for text in _beyond(item, lang=lang))
    return tuple(text for text in dict.fromkeys(found) if text not in spoken)


def _beyond(item: Item, *, lang: Language) -> tuple[str, ...]:
    if isinstance(item, Picture):
        return (*item.figure.of(lang).chips, *item.figure.of(lang).caveats)
    if isinstance(item, Rows):
        return tuple(note.text(lang) for note in item.notes)
    if isinstance(item, KeyMessages):
        return tuple(text for message in item.messages for text in message.note_texts(lang))
    return ()


def told_at_once(figure: Figure) -> tuple[str, ...]:
    """Return the caveats that stand with a brief picture: the first two, and what the numbers or letters on it mean."""
    drawing = figure.drawing
    marks: tuple[Mark, ...] = ()
    if isinstance(drawing, TimeLine):
        marks = drawing.events
    if isinstance(drawing, SmallMultiples):
        marks = tuple(mark for panel in drawing.panels for mark in panel.marks)
    named = (text for text in figure.caveats[BRIEF:] if any(mark.label in text for mark in marks))
    return (*figure.caveats[:BRIEF], *named)
