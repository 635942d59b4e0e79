"""Papers of a workspace: words and tables as PDF, Word, a web page or a workbook, each page with who may see it.

The awkward fact: a paper is left on a table. So who may see it stands on every page of it, and its name tells what it
is of, the place and the day, never whose workspace it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dashboard.age import today
from dashboard.briefing.forms import FORMS, File
from dashboard.briefing.kinds import TABLED
from dashboard.briefing.model import Briefing, Item, Prose, Rows, Section, file_stem
from dashboard.figure import Column, Table
from dashboard.i18n import Language
from dashboard.i18n.text import Translatable, Wording, say, translatable
from dashboard.model import Area
from local_figures.door import Level

NONE = "–"  # in a cell with nothing to tell: an empty one is to be written in


def paper(
    *,
    title: Translatable,
    subtitle: Translatable,
    paper: Translatable,
    called: Translatable,
    sections: Iterable[Section],
    level: Level,
    place: Area,
    build: str,
) -> Briefing:
    """Return a paper as the house's briefings are, made today, marked with what it is and who may see it."""
    day = today()
    return Briefing(
        kind=TABLED.code,
        place=place,
        build=build,
        made_on=day,
        first=day,
        last=day,
        edition=translatable(""),
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        mark=say("own.marked_paper", paper=paper, mark=say(f"own.mark.{level}")),
        names=place.name,
        called=called,
    )


def file(briefing: Briefing, *, form: str, lang: Language | None) -> File:
    """Return a paper or slides in a form; slides may be in both languages, for None."""
    content = FORMS[form].make(briefing, lang=lang)
    name = f"{file_stem(briefing, lang=lang or 'cy')}{'' if lang else '+en'}.{FORMS[form].suffix}"
    return File(name=name, mime=FORMS[form].mime, content=content)


def table(
    code: str,
    caption: Translatable,
    heads: Mapping[str, Wording],
    rows: Sequence[Sequence[Wording]],
    *,
    level: Level = "private",
) -> Rows:
    """Return a table of texts under the names of its columns; a cell with nothing to tell says so.

    Rows are copied alone, so each says who may see it; and what carries that mark is remembered by nobody.
    """
    columns = tuple(Column(key=key, label=label) for key, label in heads.items())
    mark = Column(key="mark", label=say("own.column.mark"), is_shown=False)
    cells = tuple((*(cell or NONE for cell in row), say(f"own.mark.{level}")) for row in rows)
    return Rows(code=code, caption=caption, table=Table(columns=(*columns, mark), rows=cells), sources=())


def to_write_in(code: str, caption: Translatable, heads: Mapping[str, Wording], *, rows: int) -> Rows:
    """Return a table of empty rows."""
    columns = tuple(Column(key=key, label=label) for key, label in heads.items())
    return Rows(code=code, caption=caption, table=Table(columns=columns, rows=(("",) * len(heads),) * rows), sources=())


def section(code: str, heading: Translatable, items: Iterable[Item], *, otherwise: Translatable) -> Section:
    """Return a section, which says in words where it holds nothing."""
    contents = tuple(items)
    return Section(code=code, heading=heading, items=contents or (Prose(text=otherwise),))
