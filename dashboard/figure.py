"""What a page shows as one block: a figure with everything it may not be shown without, or the honest lack of one.

The awkward fact: a chart travels. It is copied into slides without its page, so title, caveat, table and
source belong to the figure itself, and one cannot be made without them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.charts import Drawing
from dashboard.charts.plotly import WIDE, Plot, plot
from dashboard.charts.scale import are_whole
from dashboard.charts.spec import drawn_values
from dashboard.i18n import Language
from dashboard.i18n.people import FEWEST
from dashboard.model import Area, Observation, Source

Cell = str | float | None


@dataclass(frozen=True, kw_only=True)
class View:
    """Who is looking at what: a place and those beside it, a language, and the build the figures come from."""

    place: Area
    lang: Language
    build: str
    beside: tuple[Area, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table; those not `shown` on the page still stand in the downloads."""

    key: str
    label: str
    kind: Literal["text", "number"] = "text"
    decimals: int = 0
    signed: bool = False
    shown: bool = True


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows behind a figure: exact numbers, not yet formatted; None only where a marker column says why."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart with its finding, its words, its rows and its sources; `code` names it in links and files.

    `newest` are the newest published figures drawn, of what is counted alone: not the people a rate is per. `age` is
    what the subtitle says of theirs, for files that have no subtitle; "" where they are up to date.
    """

    code: str
    title: str
    subtitle: str
    chips: tuple[str, ...]
    drawing: Drawing
    alt: str
    sentence: str
    caveats: tuple[str, ...]
    table: Table
    sources: tuple[Source, ...]
    config: dict[str, Any] = field(default_factory=dict)
    newest: tuple[Observation, ...] = ()
    age: str = ""

    def __post_init__(self) -> None:
        """Refuse a figure without its words, rows or sources."""
        needed: dict[str, object] = {
            "title": self.title,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "sentence": self.sentence,
        }
        needed |= {"caveats": self.caveats, "rows": self.table.rows, "sources": self.sources}
        empty = [name for name, value in needed.items() if not value]
        if empty:
            raise ValueError(f"figure {self.code}: expected {', '.join(empty)}; came nothing")

    @property
    def has_chart(self) -> bool:
        """Whether a chart is shown: not of counts that never pass five, whose sentence and table say as much."""
        values = [value for value in drawn_values(self.drawing) if value is not None]
        return not are_whole(values) or max(map(abs, values)) > FEWEST

    @property
    def plot(self) -> Plot:
        """The drawing as Plotly takes it, for the narrowest telephone."""
        return plot(self.drawing)

    @property
    def wide_layout(self) -> Plot:
        """What of its layout is otherwise where there is a page's width."""
        narrow, wide = self.plot["layout"], plot(self.drawing, width=WIDE)["layout"]
        return {name: value for name, value in wide.items() if value != narrow.get(name)}


@dataclass(frozen=True, kw_only=True)
class NotHeld:
    """A figure people will look for that is not held: why, and where it can be had. Never an estimate."""

    code: str
    title: str
    reason: str
    how: str
    url: str
    url_label: str


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A small table that is read on its own, without a chart: its caption, rows, sources and what it does not tell."""

    code: str
    caption: str
    table: Table
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


Block = Figure | NotHeld
