"""A briefing as one HTML file that opens from a stick with no network: words, charts, tables, and nothing fetched.

The awkward fact: the file is read on a telephone, on paper and by a screen reader, and none of them may lose a
caveat. So it is one column in reading order, and whatever is folded away for space is still in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from dashboard.briefing.model import Briefing, Rows, Section
from dashboard.briefing.templating import Room, fixed_texts, policy, render, style
from dashboard.briefing.words import most_caveats, other_language, publishers, references, standing
from dashboard.i18n import Language, t

ROOMS = {"wide": Room(widths=(760,)), "narrow": Room(widths=(330,))}  # on a desk and on a telephone
SAID = {
    "skip": "presenter.skip",
    "contents": "briefing.contents",
    "table_and_notes": "presenter.table_and_notes",
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """Sections that stand on paper in as many columns."""

    columns: int
    sections: tuple[Section, ...]


def runs(briefing: Briefing) -> Iterator[Run]:
    """Yield the sections by their columns on paper: the first, and a table alone, over the page; or all of them."""
    first, most = briefing.sections[0], 1 if briefing.look.layout in ("column", "across") else 2
    for columns, run in groupby(briefing.sections, key=lambda one: 1 if one is first or _is_table(one) else most):
        yield Run(columns=columns, sections=tuple(run))


def _is_table(section: Section) -> bool:
    return len(section.items) == 1 and isinstance(section.items[0], Rows)


def html_bytes(briefing: Briefing, *, lang: Language) -> bytes:
    """Return a briefing as one self-contained HTML file in `lang`, UTF-8."""
    contact = briefing.officer.reached(lang)
    return render(
        "document",
        briefing=briefing,
        lang=lang,
        title=briefing.title.text(lang),
        mark=briefing.mark.text(lang),
        standing=standing(briefing, lang=lang),
        contact=t("briefing.contact", lang=lang, contact=contact) if contact else "",
        address=briefing.links.text(lang),
        other=other_language(briefing, lang=lang),
        references=references(briefing, lang=lang),
        runs=tuple(runs(briefing)),
        most_caveats=most_caveats(briefing),
        publishers=partial(publishers, briefing=briefing, lang=lang),
        say=fixed_texts(lang, **SAID),
        rooms=ROOMS,
        style=style("base", "document"),
        policy=policy(),
    )
