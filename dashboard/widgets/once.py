"""What a page says once: caveats that are true of all its figures, and who stands beside none or few of them.

The awkward fact: a figure is also read alone, from a link or a file. So what is said above the figures is never the
heaviest caveat of one of them, and in files each figure still says everything itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from dashboard.figure import Figure

OPEN = 3  # caveats that stand open under a figure; the others fold


@dataclass(frozen=True, kw_only=True)
class UnderFigure:
    """What stands under a figure on a page: its sentence, and its caveats, open and folded.

    `elsewhere` is True where the page has said above the figures who does not stand beside.
    """

    sentence: str
    open: tuple[str, ...]
    folded: tuple[str, ...]
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Once:
    """What is said above the figures of a page: caveats true of all, and refusals with the number of figures each."""

    caveats: tuple[str, ...] = ()
    refusals: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    opened: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def under(self, figure: Figure) -> UnderFigure:
        """Return what is left to say under one of the figures."""
        opened = self.opened.get(figure.code, figure.told_at_once(OPEN))
        left = [one for one in figure.refused if one not in self.refusals]
        above = len(left) < len(figure.refused)
        return UnderFigure(
            sentence=" ".join((figure.own_sentence, *left)) if above else figure.sentence,
            open=opened,
            folded=tuple(text for text in figure.caveat_texts if text not in (*opened, *self.caveats)),
            elsewhere=above,
        )


def of(figures: Sequence[Figure]) -> Once:
    """Return what a page with these figures says once."""
    refused = _counted(dict.fromkeys(one.refused) for one in figures)
    counts = _counted(dict.fromkeys(one.caveat_texts) for one in figures)
    heaviest = {text for one in figures for text in one.told_at_once(1)}
    shared = tuple(text for text, n in counts.items() if n == len(figures) > 1 and text not in heaviest)
    return Once(
        caveats=shared,
        refusals={text: n for text, n in refused.items() if n > 1},
        opened=dict(_opened(figures, already=shared)),
    )


def _counted(texts: Iterable[Iterable[str]]) -> Counter[str]:
    return Counter(text for each in texts for text in each)


def _opened(figures: Iterable[Figure], *, already: Iterable[str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield which caveats stand open under each figure: its heaviest, and those that no figure above it has open."""
    above = set(already)
    for one in figures:
        first = one.told_at_once(1)
        opened = tuple(text for text in one.told_at_once(OPEN) if text in first or text not in above)
        above |= set(opened)
        yield one.code, opened
