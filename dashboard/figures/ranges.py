"""A figure without its ranges, where a reader hides them: bars, bands and limits, what is said of them, their columns.

The awkward fact: a number without its range looks surer than it is. So a figure whose ranges are hidden says so first
of all, on the page and in every file, and no verdict that rests on them is changed.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.caveats import caveat
from dashboard.charts import AreaMap, Drawing, FunnelChart, IntervalDots, TimeLine
from dashboard.figure import Figure, Table
from dashboard.i18n.text import ByName, Joined, Text, Wording, sentences

SHOWN, HIDDEN = "shown", "hidden"
ENDS = ("lower", "upper")
_SAID = ("compare.hover.range", "abroad.interval")  # texts that give the ends of a range


def without_ranges(figure: Figure[Wording]) -> Figure[Wording]:
    """Return a figure without its ranges, the same each time it is asked for."""
    kept: dict[str, Figure[Wording]] = vars(figure).setdefault("plain", {})
    if HIDDEN not in kept:
        told = caveat("ranges.hidden")
        kept[HIDDEN] = replace(
            figure,
            drawing=_plain(figure.drawing),
            alt=sentences(figure.alt, told.text),
            caveats=(told, *figure.caveats),
            table=_without_ends(figure.table),
        )
    return kept[HIDDEN]


def _plain(drawing: Drawing[Wording]) -> Drawing[Wording]:
    match drawing:
        case TimeLine():
            return replace(drawing, bands=(), expected=())
        case IntervalDots():
            rows = (
                replace(r, lower=None, upper=None, hover=_unsaid(r.hover), label=_unsaid(r.label)) for r in drawing.rows
            )
            return replace(drawing, rows=tuple(rows))
        case FunnelChart():
            spots = tuple(replace(spot, hover=_unsaid(spot.hover)) for spot in drawing.spots)
            return replace(drawing, limits=(), spots=spots)
        case AreaMap():
            return replace(drawing, points=tuple(replace(p, hover=_unsaid(p.hover)) for p in drawing.points))
        case _:
            return drawing


def _unsaid(words: Wording) -> Wording:
    """Return words without the parts that give the ends of a range."""
    if not isinstance(words, Joined) or isinstance(words.parts, ByName):
        return words
    left = (part for part in words.parts if not (isinstance(part, Text) and part.key in _SAID))
    return replace(words, parts=tuple(_unsaid(part) for part in left))


def _without_ends(table: Table[Wording]) -> Table[Wording]:
    kept = [n for n, column in enumerate(table.columns) if column.key not in ENDS]
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    return Table(columns=tuple(table.columns[n] for n in kept), rows=rows)
