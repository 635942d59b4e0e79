"""Numbers as sentences carry them: three significant figures at most, and "around" when that changed them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboard.statistics.inputs import Reason, is_held

MOST_FIGURES = 3


@dataclass(frozen=True, kw_only=True)
class Rounded:
    """A number for a sentence; `around` is True when rounding changed it and the sentence must say so."""

    value: float | None
    around: bool = False
    reason: Reason | None = None


def round_for_prose(*, value: float | None, figures: int = MOST_FIGURES) -> Rounded:
    """Return `value` to `figures` significant figures, halves away from zero: 2,868 becomes around 2,870.

    246 stays 246 and is not "around". ValueError unless `figures` is 1, 2 or 3. Tables keep exact
    figures. Source: the Government Analysis Function's guidance on writing about statistics.
    """
    if not 1 <= figures <= MOST_FIGURES:
        raise ValueError(f"expected 1 to {MOST_FIGURES} significant figures, came {figures}")
    if not is_held(value):
        return Rounded(value=None, reason="missing_value")
    exact = Decimal(str(float(value)))
    last_kept = Decimal(1).scaleb(exact.adjusted() - figures + 1)
    rounded = exact.quantize(last_kept, rounding=ROUND_HALF_UP)
    return Rounded(value=float(rounded), around=rounded != exact)
