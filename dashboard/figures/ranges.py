"""A figure without its ranges in the picture, where a reader hides them: bars, bands, limits and words over points.

The awkward fact: a number without its range looks surer than it is. So a figure whose ranges are hidden says so first
of all, on the page and in every file; its finding, its rows and its files keep the ranges, and no verdict is changed.
Only what describes the picture is said otherwise, so that nobody is told of a bar that is not there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.caveats import Choice, Range, caveat
from dashboard.charts import AreaMap, Drawing, FunnelChart, IntervalDots, TimeLine
from dashboard.figure import Figure
from dashboard.i18n.text import ByName, Joined, Text, Wording, each, sentences
from dashboard.memory import kept_with

SHOWN, HIDDEN = "shown", "hidden"
_SAID = ("compare.hover.range", "abroad.interval")  # texts that give the ends of a range
_OTHERWISE = {  # texts that describe a range in the picture, and what is said where it is not there
    "abroad.sentence": "abroad.sentence_plain",
    "abroad.subtitle": "abroad.subtitle_plain",
    "alt.intervals": "alt.intervals_plain",
    "compare.chance_only": "compare.chance_only_plain",
    "compare.funnel.alt": "compare.funnel.alt_plain",
}


def without_ranges(figure: Figure[Wording]) -> Figure[Wording]:
    """Return a figure without ranges in its picture, the same each time it is asked for."""
    return kept_with(figure, HIDDEN, partial(_without, figure))


def _without(figure: Figure[Wording]) -> Figure[Wording]:
    note = caveat("ranges.hidden", Choice())
    others = (one for one in figure.caveats if not isinstance(one.explains, Range))
    return replace(
        figure,
        drawing=_plain(figure.drawing),
        subtitle=_otherwise(figure.subtitle),
        alt=sentences(_otherwise(figure.alt), note.text),
        sentence=_otherwise(figure.sentence),
        own_sentence=_otherwise(figure.own_sentence),
        caveats=(note, *(replace(one, text=_otherwise(one.text)) for one in others)),
    )


def _otherwise(words: Wording) -> Wording:
    """Return words with each text that describes a range in the picture said for a picture without one."""
    match words:
        case Text():
            values = tuple((name, v if isinstance(v, int) else _otherwise(v)) for name, v in words.values)
            return replace(words, key=_OTHERWISE.get(words.key, words.key), values=values)
        case Joined():
            return replace(words, parts=each(words.parts, _otherwise))
        case _:
            return words


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
