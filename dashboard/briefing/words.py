"""The lines every form of a briefing carries: when it was made, of which data, from which sources, in which languages.

The awkward fact: these lines are the first thing a layout cuts when space is short. They are written here once, and
the tests ask each form for all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.briefing.model import Briefing, Item, KeyMessages, Picture, Rows, Section, file_stem
from dashboard.figure import Figure, in_language
from dashboard.i18n import LANGUAGES, NOT_YET_CHECKED, Language, t
from dashboard.i18n.periods import period_label, release_label
from dashboard.i18n.text import PerLanguage, Translatable
from dashboard.model import Source

OPEN_LICENCE = "Open Government Licence v3.0"  # what the foot of every file names
WHOLE = "briefing.citation"  # the key of a source in one line
SHORTER = "briefing.citation_short"
SHORT = ("page", "pages", "column")  # layouts whose sources are told in short
BRIEF = 2  # caveats that stand with a brief picture


@dataclass(frozen=True, kw_only=True)
class OtherLanguage:
    """Where the same briefing is in the other language: a text in it, an address where one is known, a file's stem."""

    text: str
    lang: Language
    url: str
    stem: str


def standing(briefing: Briefing, *, lang: Language) -> tuple[str, ...]:
    """Return the lines every form begins with: edition, days covered, day made, build; in Welsh, who checked it.

    What is brief has the day it was made alone.
    """
    notice = (t("frame.translation_notice", lang=lang),) if lang in NOT_YET_CHECKED else ()
    if briefing.look.brief:  # each figure in it says its own days, and the file's properties name the build
        day_made = period_label(start=briefing.made_on, months=0, lang=lang, style="long")
        return t("briefing.made", lang=lang, day=day_made), *notice
    day_made, first, last = (
        period_label(start=day, months=0, lang=lang, style="long")
        for day in (briefing.made_on, briefing.first, briefing.last)
    )
    edition = briefing.edition.text(lang)
    one_day = t("briefing.covers_day", lang=lang, day=first)
    covers = one_day if first == last else t("briefing.covers", lang=lang, first=first, last=last)
    return (
        *((edition,) if edition else ()),
        *(() if first == last == day_made else (covers,)),
        t("briefing.made", lang=lang, day=day_made),
        t("briefing.build", lang=lang, build=briefing.build),
        *notice,
    )


def standing_of_figures(briefing: Briefing, *, lang: Language) -> tuple[str, ...]:
    """Return those lines that are about figures, which on slides stand with the sources: edition, days, build."""
    day_made = period_label(start=briefing.made_on, months=0, lang=lang, style="long")
    apart = {t("briefing.made", lang=lang, day=day_made), t("frame.translation_notice", lang=lang)}
    return tuple(line for line in standing(briefing, lang=lang) if line not in apart)


def citation(source: Source, *others: Source, lang: Language, key: str = WHOLE) -> str:
    """Return a source in one line: publisher, title, edition, release, how it reached us, licence.

    The `others` are of the same edition and name their titles alone. What is published nowhere has no address, and is
    on show since a day.
    """
    if key == WHOLE and not source.url:
        key = "briefing.citation_own"
    titles = dict.fromkeys(one.title.text(lang) for one in (source, *others))
    return t(
        key,
        lang=lang,
        publisher=source.publisher.text(lang),
        title="; ".join(titles),
        edition=source.edition.text(lang),
        released=release_label(source.released, lang=lang),
        grade=t(f"grade.{source.grade}", lang=lang),
        licence=source.licence.text(lang),
    )


def citations(sources: Iterable[Source], *, lang: Language) -> tuple[str, ...]:
    """Return the lines of some sources, each once."""
    return tuple(dict.fromkeys(citation(source, lang=lang) for source in sources))


@dataclass(frozen=True, kw_only=True)
class Reference:
    """An entry of the numbered list at the end: a source in one line, with what to be careful of, and its address."""

    number: int
    text: str
    url: str


def references(briefing: Briefing, *, lang: Language) -> tuple[Reference, ...]:
    """Return the numbered sources of a briefing, each with its caution; on paper they are cited in short."""
    numbers = numbers_of(briefing)
    by_number: dict[int, list[Source]] = {}
    for source in briefing.sources:
        by_number.setdefault(numbers[source.code], []).append(source)
    return tuple(
        Reference(number=n, text=f"{n}. {_reference(sources, briefing, lang)}", url=sources[0].url)
        for n, sources in by_number.items()
    )


def closing(briefing: Briefing, *, lang: Language) -> tuple[str, ...]:
    """Return what stands at the end of every form: publishers' warnings that no section says, and the sources."""
    warnings = (text.text(lang) for text in briefing.warnings)
    return (*warnings, *(one.text for one in references(briefing, lang=lang)))


def _reference(sources: Sequence[Source], briefing: Briefing, lang: Language) -> str:
    if briefing.look.layout not in SHORT:
        beware = [text for source in sources for text in _cautions(source, lang=lang)]
        return " ".join((citation(sources[0], lang=lang), *dict.fromkeys(beware)))
    if not sources[0].url:
        return citation(sources[0], lang=lang)
    is_page = briefing.look.brief
    is_titled = briefing.look.by_publication
    key = "briefing.citation_page" if is_page else SHORTER
    short = _of_publication(sources, lang=lang) if is_titled else citation(*sources, lang=lang, key=key)
    is_told = is_titled or sources[0].grade in ("ABC" if is_page else "A")
    grade = () if is_told else (_grade(sources[0], in_full=is_page, lang=lang),)
    older = dict.fromkeys(text for source in sources for text in _superseded(source, lang=lang))
    licence = (f"{sources[0].licence.text(lang)}.",) if sources[0].licence.en != OPEN_LICENCE else ()
    return " ".join((short, *grade, *licence, *older))


def _of_publication(editions: Sequence[Source], *, lang: Language) -> str:
    """Return editions of one publication by what it is called, with the code of a table that has one, and their days.

    Titles of tables are too long for a sheet of one page or two; the publication is what a reader can look for.
    """
    typed_by_day: dict[str, set[bool]] = {}
    for source in editions:
        typed_by_day.setdefault(release_label(source.released, lang=lang), set()).add(source.grade == "T")
    return t(
        SHORTER,
        lang=lang,
        publisher=editions[0].publisher.text(lang),
        title=_publication(editions[0], lang=lang),
        released="; ".join(_release(day, are_typed=are_typed, lang=lang) for day, are_typed in typed_by_day.items()),
    )


def _release(day: str, *, are_typed: set[bool], lang: Language) -> str:
    """Return the day of a release, and whether what we hold of it was typed, or a part of it."""
    if True not in are_typed:
        return day
    return t("briefing.typed_of" if are_typed == {True} else "briefing.typed_in_part", lang=lang, day=day)


def _publication(source: Source, *, lang: Language) -> str:
    if source.rhythm is None:
        return source.title.text(lang)
    name = source.rhythm.publication.text(lang)
    return f"{name} ({source.table_code})" if source.table_code else name


def _grade(source: Source, *, in_full: bool, lang: Language) -> str:
    """Say how figures reached us; longer papers explain the letters where they say how figures are made."""
    if in_full:
        return t("briefing.typed", lang=lang)
    return t("briefing.grade", lang=lang, grade=source.grade)


def numbers_of(briefing: Briefing) -> Mapping[str, int]:
    """Return the number of each source by its code; tables of one publication and edition share theirs.

    Where sources are told in short, so do the tables of one published edition that have titles of their own, and on
    those that name publications the editions of one.
    """
    lines = {one.code: _cited_together(one, briefing) for one in briefing.sources}
    numbers = {line: n for n, line in enumerate(dict.fromkeys(lines.values()), start=1)}
    return {code: numbers[line] for code, line in lines.items()}


def _cited_together(source: Source, briefing: Briefing) -> Hashable:
    """Return what sources have in common that share a number."""
    if briefing.look.layout not in SHORT or not source.url:
        return citation(source, lang=LANGUAGES[0])
    if briefing.look.by_publication:
        called = source.table_code or _publication(source, lang=LANGUAGES[0])
        return source.publisher, called, source.licence, source.vintage
    return source.publisher, source.edition, source.released, source.grade, source.licence


def _cautions(source: Source, *, lang: Language) -> tuple[str, ...]:
    texts = tuple(text for text in (source.caution.text(lang), *_superseded(source, lang=lang)) if text)
    return (t("briefing.beware", lang=lang), *texts) if texts else ()


def _superseded(source: Source, *, lang: Language) -> tuple[str, ...]:
    return (t("chip.older_series", lang=lang) + ".",) if source.vintage == "superseded" else ()


def publishers(sources: Iterable[Source], *, briefing: Briefing, lang: Language) -> str:
    """Name publishers with the numbers of their sources, "Sources: Home Office (1, 3)."; "" where there is none."""
    numbers = numbers_of(briefing)
    by_name: dict[str, set[int]] = {}
    for source in sources:
        by_name.setdefault(source.publisher_inside(lang), set()).add(numbers[source.code])
    named = ", ".join(
        f"{name} ({', '.join(map(str, sorted(source_numbers)))})" for name, source_numbers in by_name.items()
    )
    return t("briefing.sources_of", lang=lang, named=named) if named else ""


def other_language(briefing: Briefing, *, lang: Language) -> OtherLanguage:
    """Return where the same briefing is in the other language."""
    other = next(one for one in LANGUAGES if one != lang)
    return OtherLanguage(
        text=t("briefing.other_language", lang=lang),
        lang=other,
        url=briefing.links.text(other),
        stem=file_stem(briefing, lang=other),
    )


@dataclass(frozen=True, kw_only=True)
class Note:
    """A part of a presenter's notes: its heading and its paragraphs; what is not read `aloud` is there to know."""

    heading: str
    lines: tuple[str, ...]
    aloud: bool = False


def notes(section: Section, *, lang: Language) -> tuple[Note, ...]:
    """Return what the presenter reads: the script with its minutes, what leads on, the hard question; then the rest."""
    talk = section.talk
    heading = _minutes(talk.minutes, lang=lang) if talk else t("briefing.notes.script", lang=lang)
    parts = [Note(heading=heading, lines=tuple(text.text(lang) for text in section.script), aloud=True)]
    if talk and talk.bridge:
        parts.append(Note(heading=t("briefing.notes.bridge", lang=lang), lines=(talk.bridge.text(lang),), aloud=True))
    if talk and talk.question and talk.answer:
        hard_question = t("briefing.notes.hard", lang=lang, question=talk.question.text(lang))
        parts.append(Note(heading=hard_question, lines=(talk.answer.text(lang),), aloud=True))
    parts.append(Note(heading=t("briefing.notes.more", lang=lang), lines=beyond_the_slide(section, lang=lang)))
    return tuple(note for note in parts if note.lines)


def _minutes(minutes: float, *, lang: Language) -> str:
    if minutes == 1:
        return t("briefing.script.minute", lang=lang)
    return t("briefing.script.minutes", lang=lang, n=f"{minutes:g}")


def slide_source(section: Section) -> Translatable:
    """Return a slide's one line of source: "Home Office, May 2026, August 2026; Welsh Government, July 2025"."""
    return PerLanguage(partial(_slide_source, section))


def _slide_source(section: Section, lang: Language) -> str:
    days: dict[str, dict[str, None]] = {}
    for one in section.sources:
        days.setdefault(one.publisher.text(lang), {})[release_label(one.released, lang=lang)] = None
    cited = (
        t("briefing.citation_page", lang=lang, publisher=publisher, released=", ".join(of_it)).rstrip(".")
        for publisher, of_it in days.items()
    )
    return "; ".join(cited)


def beyond_the_slide(section: Section, *, lang: Language) -> tuple[str, ...]:
    """Return what a slide has no room for and its script does not say: chips, further caveats, what a table means."""
    spoken = {text.text(lang) for text in section.script}
    texts = (text for item in section.items for text in _beyond(item, lang=lang))
    return tuple(text for text in dict.fromkeys(texts) if text not in spoken)


def told_of_pictures(section: Section, *, lang: Language) -> tuple[str, ...]:
    """Return every chip and caveat of a section's pictures, each once."""
    texts = (text for item in section.items if isinstance(item, Picture) for text in _beyond(item, lang=lang))
    return tuple(dict.fromkeys(texts))


def _beyond(item: Item, *, lang: Language) -> tuple[str, ...]:
    if isinstance(item, Picture):
        return (*in_language(item.figure, lang).chips, *in_language(item.figure, lang).caveat_texts)
    if isinstance(item, Rows):
        return tuple(note.text(lang) for note in item.notes)
    if isinstance(item, KeyMessages):
        return tuple(text for message in item.messages for text in message.note_texts(lang))
    return ()


def sentence_of(figure: Figure, briefing: Briefing, *, lang: Language) -> str:
    """Return what a figure's sentence adds; "" where a message of the briefing already says it."""
    is_in_a_message = any(figure.sentence in text for text in briefing.message_texts(lang))
    return "" if is_in_a_message else figure.sentence


def most_caveats(briefing: Briefing) -> int:
    """Return how many caveats stand with a brief picture: where all is brief the heaviest alone."""
    return 1 if briefing.look.brief else BRIEF
