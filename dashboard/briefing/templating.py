"""What the HTML forms share: one template engine that escapes everything, the charts, the fonts, and the parts' looks.

The awkward fact: an officer's words stand in these files beside our own markup, and the file is opened from a disk
where no server guards it. So nothing is written without being escaped, and each file carries a policy that lets no
request leave and no script run but the one whose digest it names.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from dashboard.briefing import bilingual_pairs
from dashboard.briefing.model import Absent, Bullets, Contact, Item, KeyMessages, Picture, Prose, Remark, Rows, Terms
from dashboard.briefing.words import BRIEF, citation
from dashboard.charts import AreaMap
from dashboard.charts.letters import FONTS
from dashboard.charts.measure import stays_whole
from dashboard.charts.svg import NARROWEST, size_of, svg
from dashboard.engine import environment
from dashboard.figure import Figure, Table, in_language
from dashboard.i18n import Language, t
from dashboard.i18n.periods import release_label
from dashboard.model import Source
from dashboard.tables import as_read, marker_key

WHOLE, ASIDE = 630, 610  # pixels of a drawing over a whole bilingual slide, or of one whose words stand beside it
WHOLE_TALL, TALLS = 110, (175, 155, 135, 115, 95)  # pixels of a line or a map there, the tallest that its room holds
PLOT_HIGH, GUTTER = 300.0, 24.0  # points that a bilingual slide has for a picture, and between it and its words
HERE = Path(__file__).parent
TEMPLATES, FONT_FILE = HERE / "templates", FONTS / "CohesionSans.woff2"
_NAMES: dict[type, str] = {
    Absent: "absent",
    Bullets: "bullets",
    Contact: "prose",
    KeyMessages: "messages",
    Picture: "picture",
    Prose: "prose",
    Remark: "remark",
    Rows: "rows",
    Terms: "terms",
}
SAID = {
    "app": "app.title",
    "does_not_tell": "figure.does_not_tell",
    "licence": "footer.licence",
    "never_estimated": "not_held.never_estimated",
    "notes": "figure.notes",
    "show_table": "figure.show_table",
    "introduction": "briefing.introduction",
    "sources": "briefing.sources",
}


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as it is read: the shown columns' labels and kinds, and the written cells with theirs.

    A kind is "text", "number" or "text dated", which goes on no second line: "30 June 2026" would stand in two parts.
    """

    head: tuple[tuple[str, str], ...]
    body: tuple[tuple[tuple[str, str], ...], ...]
    key: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where a chart is to stand: the widths it may be drawn in (pixels, ascending), and its width over its height.

    A drawing's letters have one size, so a narrower drawing, enlarged, is read from further away. `tall` is the height
    of a map, or between the axes of a line.
    """

    widths: tuple[int, ...]
    flatness: float = 0
    tall: int | None = None


def render(template: str, **values: Any) -> bytes:
    """Fill `templates/<template>.html` and return the file; `jinja2.UndefinedError` names a value that is missing."""
    return _environment().get_template(f"{template}.html").render(**values).encode("utf-8")


def fixed_texts(lang: Language, **more: str) -> Mapping[str, str]:
    """Return the fixed texts of a file in one language by their short names; `more` adds keys of the catalogue."""
    return {name: t(key, lang=lang) for name, key in (SAID | more).items()}


def style(*names: str) -> Markup:
    """Return style sheets of `templates/` as one, with the font inside."""
    return Markup("\n").join([_font_face(), *(Markup(_read(f"{name}.css")) for name in names)])  # noqa: S704


def script(name: str) -> Markup:
    """Return a script of `templates/`."""
    return Markup(_read(f"{name}.js"))  # noqa: S704


def policy(*, script: str = "") -> str:
    """Return the content security policy of a file: nothing is fetched, and only `script`, if any, may run."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    runs = f"'sha256-{digest}'" if script else "'none'"
    return (
        f"default-src 'none'; script-src {runs}; style-src 'unsafe-inline'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def css_text(text: str) -> Markup:
    """Return a text in quotation marks as a style sheet has it, each sign that could end it by its number."""
    return Markup('"' + re.sub(r"[^\w .,:;-]", lambda sign: f"\\{ord(sign[0]):x} ", text) + '"')  # noqa: S704


def kind_of(item: Item) -> str:
    """Return the name by which the templates know an item."""
    return _NAMES[type(item)]


def grid(table: Table, lang: Language) -> Grid:
    """Return the shown part of a table with its cells written, and what its markers mean."""
    read = as_read(table, lang=lang)
    kinds = [column.kind for column in read.columns]
    return Grid(
        head=tuple((column.label, column.kind) for column in read.columns),
        body=tuple(tuple(zip(row, map(_cell_kind, row, kinds), strict=True)) for row in read.rows),
        key=marker_key(table, lang=lang),
    )


def _cell_kind(text: str, kind: str) -> str:
    return f"{kind} dated" if kind == "text" and stays_whole(text) else kind


def chart(figure: Figure, room: Room) -> Markup:
    """Return a figure's drawing as SVG, in the first of the room's widths that makes it as flat as the room."""
    *first, last = room.widths
    drawing = figure.drawing
    if room.tall and isinstance(drawing, AreaMap):
        drawing = replace(drawing, height=room.tall)
    drawn = (svg(drawing, width=width, tall=room.tall) for width in first)
    flat_enough = next((text for text in drawn if flatness(text) >= room.flatness), None)
    return Markup(flat_enough or svg(drawing, width=last, tall=room.tall))  # noqa: S704


def beside(figure: Figure, share: float) -> Markup:
    """Return a drawing for its share of a bilingual slide, where its letters are as large as beside words."""
    if share == 1:
        return chart(figure, Room(widths=(WHOLE,), tall=WHOLE_TALL))
    width = max(NARROWEST, round(ASIDE * share))
    flat = (bilingual_pairs.WIDTH * share - GUTTER) / PLOT_HIGH
    drawn = [chart(figure, Room(widths=(width,), tall=tall)) for tall in TALLS]
    return next((one for one in drawn if flatness(one) >= flat), drawn[-1])


def flatness(drawn: str) -> float:
    """Return how many times as wide as high a drawing is."""
    width, height = size_of(drawn)
    return width / height


def source_lines(sources: Iterable[Source], lang: Language) -> tuple[str, ...]:
    """Return where a figure comes from in the lines that the pages write under it, each once."""
    return tuple(dict.fromkeys(_source_line(source, lang) for source in sources))


def _source_line(source: Source, lang: Language) -> str:
    return t(
        "figure.source_line",
        lang=lang,
        publisher=source.publisher_inside(lang),
        title=source.title.text(lang),
        edition=source.edition.text(lang),
        released=release_label(source.released, lang=lang),
        licence=source.licence.text(lang),
    )


def cited_sources(sources: Iterable[Source], lang: Language) -> tuple[tuple[str, str], ...]:
    """Return some sources as the list of sources writes them, each once, with the publisher's address."""
    return tuple(dict.fromkeys((citation(source, lang=lang), source.url) for source in sources))


@cache
def _environment() -> Environment:
    """Return the one engine of the files: read-only once made, so that any number of threads may use it."""
    engine = environment(TEMPLATES)
    engine.globals |= {"in_language": in_language, "brief": BRIEF}
    engine.filters |= {
        "kind": kind_of,
        "grid": grid,
        "chart": chart,
        "source_lines": source_lines,
        "cited": cited_sources,
        "share": bilingual_pairs.share_of,
        "in_both": bilingual_pairs.figure_of,
        "over": bilingual_pairs.stands_over,
        "table_in_both": bilingual_pairs.table_in_both,
        "beside": beside,
        "flatness": flatness,
        "css": css_text,
    }
    return engine


@cache
def _font_face() -> Markup:
    data = base64.b64encode(FONT_FILE.read_bytes()).decode("ascii")
    return Markup(
        '@font-face {{ font-family: "Source Sans"; font-weight: 200 900; '
        'src: url("data:font/woff2;base64,{}") format("woff2"); }}'
    ).format(data)


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
