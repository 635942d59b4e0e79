"""The deck on a projector: one HTML file with both languages in it, a slide to a screen, turned with the arrow keys.

The awkward fact: the room's computer is strange to the presenter, often without a network and never without people
watching. So the file needs nothing but a browser, shows no controls until somebody reaches for them, and every
function has a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from cohesion.sharing_out import evenly
from dashboard.briefing import bilingual_pairs
from dashboard.briefing.model import Briefing, Bullets, Item, Picture, Remark, Rows, Section, file_stem
from dashboard.briefing.parts import LOGS
from dashboard.briefing.templating import Room, fixed_texts, kind_of, policy, render, script, style
from dashboard.briefing.words import (
    Note,
    closing,
    notes,
    other_language,
    slide_source,
    standing,
    standing_of_figures,
)
from dashboard.charts import AreaMap
from dashboard.figure import Table
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.bilingual import ORDER
from dashboard.i18n.text import PerLanguage, Translatable, say

BOTH = "both"  # the code of the deck in both languages
PHONE = Room(widths=(330,))
ROOMS = {  # by a slide's layout: where its chart stands, on a screen and on a telephone
    "map": {"wide": Room(widths=(320,), tall=160), "narrow": PHONE},
    "flow": {"wide": Room(widths=(620,), tall=112), "narrow": PHONE},
    "stacked": {"wide": Room(widths=(500,), tall=150), "narrow": PHONE},
}
MOST_CITED, MOST_ROWS = 3, 7  # sources with their cautions, and rows, on one slide: more would be too small to read
LONGEST_ON_SLIDE = 300  # characters of an introduction; a longer one stands in the notes of the first slide
SAID = {
    "back": "presenter.back",
    "blank": "presenter.blank",
    "blanked": "presenter.blanked",
    "controls": "presenter.controls",
    "desk": "presenter.desk",
    "elapsed": "presenter.elapsed",
    "following": "presenter.following",
    "no_window": "presenter.no_window",
    "to_zero": "presenter.to_zero",
    "full_screen": "presenter.full_screen",
    "help": "presenter.help",
    "language": "frame.language_switch",
    "letters": "presenter.letters",
    "next": "presenter.next",
    "add_row": "presenter.add_row",
    "save": "presenter.save",
}


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One screen: a section with its `counter` ("4 / 10"), what is announced of it, and its items in blocks.

    `remarked_in` is the language of an officer's comment: the other one where it is all that the slide holds.
    `layout` is "map" (with its words beside it), "stacked" (a chart with a table below), "columns" (texts under
    headings of their own), "dense" (long lists, for reference) or "flow".
    """

    number: int
    section: Section
    counter: str
    announced: str
    layout: str
    remarked_in: Language
    blocks: tuple[tuple[Item, ...], ...]
    sources: str
    notes: tuple[Note, ...]


def presenter_html(briefing: Briefing, *, lang: Language | None = "en") -> bytes:
    """Return the deck as one self-contained HTML file that opens in `lang` and holds both languages, UTF-8.

    Where `lang` is None it opens with both on each slide, and each alone is a key away.
    """
    code = talk_script()
    decks = [_deck(briefing, lang=one) for one in LANGUAGES]
    return render(
        "presenter",
        briefing=briefing,
        lang=lang or ORDER[0],
        code=lang or BOTH,
        order=ORDER,
        decks=decks if lang else [_in_both(briefing), *decks],
        longest_on_slide=LONGEST_ON_SLIDE,
        logs=tuple(LOGS),
        rooms=ROOMS,
        style=style("base", "presenter"),
        script=code,
        policy=policy(script=code),
    )


def talk_script() -> Markup:
    """Return the script that turns the slides, and the one that writes in the tables of a meeting, as one."""
    return script("presenter") + script("actions")


def _deck(briefing: Briefing, *, lang: Language) -> dict[str, Any]:
    """Return what the template needs of the deck in one language."""
    contact = briefing.officer.reached(lang)
    apart = standing_of_figures(briefing, lang=lang)  # which stand with the sources
    return {
        "lang": lang,
        "code": lang,
        "title": briefing.title.text(lang),
        "file": f"{file_stem(briefing, lang=lang)}.html",
        "slides": tuple(slides(briefing, lang=lang)),
        "standing": tuple(line for line in standing(briefing, lang=lang) if line not in apart),
        "contact": t("briefing.contact", lang=lang, contact=contact) if contact else "",
        "mark": briefing.mark.text(lang),
        "other": other_language(briefing, lang=lang),
        "say": fixed_texts(lang, **SAID),
    }


def _in_both(briefing: Briefing) -> dict[str, Any]:
    """Return what the template needs of the deck in both languages: that of the first, and beside it the other's."""
    first, other = (_deck(briefing, lang=lang) for lang in ORDER)
    stem = file_stem(briefing, lang=ORDER[0]).removesuffix(ORDER[0])
    own = {
        "code": BOTH,
        "title": bilingual_pairs.text_of(briefing.title),
        "mark": bilingual_pairs.text_of(briefing.mark),
        "file": f"{stem}{'+'.join(ORDER)}.html",
    }
    return {**first, **own, "beside": other}


def slides(briefing: Briefing, *, lang: Language) -> Iterator[Slide]:
    """Yield the slides of the talk, then the backup, then the sources with their cautions as the last of it."""
    talk = sum(not section.backup for section in briefing.sections)
    sections = tuple(part for one in (*briefing.sections, *_closing(briefing)) for part in _parts(one))
    for number, section in enumerate(sections, start=1):
        counter, announced, place = "presenter.counter", "presenter.announced", {"n": number, "total": talk}
        if section.backup:
            counter, announced = "presenter.backup_counter", "presenter.backup_announced"
            place = {"n": number - talk, "total": len(sections) - talk}
        yield Slide(
            number=number,
            section=section,
            counter=t(counter, lang=lang, **place),
            announced=t(announced, lang=lang, heading=section.heading.text(lang), **place),
            layout=_layout(section),
            remarked_in=_remarked_in(section, lang),
            blocks=_blocks(section.items, layout=_layout(section)),
            sources=slide_source(section).text(lang) if any(kind_of(i) == "picture" for i in section.items) else "",
            notes=notes(section, lang=lang),
        )


def _remarked_in(section: Section, lang: Language) -> Language:
    """Return in which language comments are shown: two decks have the same slides, and none of them is blank."""
    alone = all(isinstance(item, Remark) for item in section.items)
    written = (
        one
        for one in (lang, *LANGUAGES)
        if any(item.text.text(one) for item in section.items if isinstance(item, Remark))
    )
    return next(written, lang) if alone else lang


def _parts(section: Section) -> Iterator[Section]:
    """Yield a section behind the talk with a long table as several, its rows shared out evenly."""
    long = next((one for one in section.items if isinstance(one, Rows) and len(one.table.rows) > MOST_ROWS), None)
    if long is None or not section.backup:
        yield section
        return
    for number, rows in enumerate(evenly(long.table.rows, most=MOST_ROWS), start=1):
        part = replace(long, table=Table(columns=long.table.columns, rows=tuple(rows)))
        items = tuple(part if one is long else one for one in section.items)
        yield replace(section, heading=_continued(section.heading, number), items=items)


def _closing(briefing: Briefing) -> tuple[Section, ...]:
    """Return the last backup slides: where everything comes from, and what to be careful of, as much as can be read."""
    count = len(_closing_lines(briefing, LANGUAGES[0]))
    texts = tuple(_cited(briefing, number) for number in range(count))
    return tuple(
        Section(
            code="sources",
            heading=_continued(say("briefing.sources"), number),
            items=(Bullets(texts=tuple(part)),),
            backup=True,
        )
        for number, part in enumerate(evenly(texts, most=MOST_CITED), start=1)
    )


def _cited(briefing: Briefing, number: int) -> Translatable:
    return PerLanguage(lambda lang: _closing_lines(briefing, lang)[number])


def _closing_lines(briefing: Briefing, lang: Language) -> tuple[str, ...]:
    return (*standing_of_figures(briefing, lang=lang), *closing(briefing, lang=lang))


def _continued(heading: Translatable, number: int) -> Translatable:
    """Return the heading of a slide, from the second slide on with its number."""
    return heading if number == 1 else say("briefing.continued", heading=heading, n=number)


def _layout(section: Section) -> str:
    """Return how a slide's blocks stand: by what has to be read together."""
    kinds = [kind_of(item) for item in section.items]
    if section.code == "sources":
        return "dense"
    if kinds.count("prose") > 1:
        return "columns"
    if any(isinstance(i, Picture) and isinstance(i.figure.drawing, AreaMap) for i in section.items):
        return "map"
    return "stacked" if kinds[0] in ("picture", "absent") and "rows" in kinds else "flow"


def _blocks(items: tuple[Item, ...], *, layout: str) -> tuple[tuple[Item, ...], ...]:
    """Return the items in blocks: a chart apart from what stands with it, each prose with the list under it."""
    starts = {"columns": ("prose",), "stacked": ("rows",)}.get(layout, ())
    blocks: list[list[Item]] = []
    for item in items:
        if not blocks or kind_of(item) in starts:
            blocks.append([])
        blocks[-1].append(item)
    return tuple(tuple(block) for block in blocks)
