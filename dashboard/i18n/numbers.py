"""Numbers as text: thousands commas, a true minus sign, and a plain word where there is no figure.

The awkward fact: Welsh official statistics write 1,234.5 as English does, so only the words for a
missing figure depend on the language, and rounding is half away from zero, not Python's half to even.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from dashboard.i18n import Language, t

Number = int | float | Decimal

_MINUS = "\N{MINUS SIGN}"


def whole(value: Number | None, *, lang: Language) -> str:
    """Write a number with no decimals: 1234 is "1,234", -12 is "−12", None is "not available"."""
    return decimal(value, places=0, lang=lang)


def decimal(value: Number | None, *, places: int, lang: Language) -> str:
    """Write a number with exactly `places` decimals: 1234.55 at 1 place is "1,234.6".

    None and NaN give the catalogue's "not available"; ValueError for an infinite number.
    """
    if places == 0 and value is not None and value == value // 1:  # most figures are counts
        return f"{_MINUS if value < 0 else ''}{abs(int(value)):,}"
    rounded = _rounded(value, places=places)
    return t("number.not_available", lang=lang) if rounded is None else _written(rounded)


def signed(value: Number | None, *, lang: Language, places: int = 0) -> str:
    """Write a change with its sign: "+12", "−12", and "0" bare; missing and infinite as for `decimal`."""
    rounded = _rounded(value, places=places)
    if rounded is None:
        return t("number.not_available", lang=lang)
    return f"+{_written(rounded)}" if rounded > 0 else _written(rounded)


def percent(value: Number | None, *, lang: Language, places: int = 0, with_sign: bool = False) -> str:
    """Write a percentage given in per cent, not as a share: 15.0 is "15%", with its sign "+15%".

    Missing and infinite as for `decimal`.
    """
    if _rounded(value, places=places) is None:
        return t("number.not_available", lang=lang)
    number = signed(value, lang=lang, places=places) if with_sign else decimal(value, places=places, lang=lang)
    return f"{number}%"


@dataclass(frozen=True)
class Numeral:
    """A number that is written when a language is asked for: as `decimal`, `signed` or `percent` writes it."""

    value: Number | None
    places: int = 0
    signed: bool = False
    percent: bool = False

    def text(self, lang: Language) -> str:
        """Return the number as text."""
        if self.percent:
            return percent(self.value, lang=lang, places=self.places, with_sign=self.signed)
        return (signed if self.signed else decimal)(self.value, places=self.places, lang=lang)


@lru_cache(maxsize=8192)  # a figure is written in its chart at two widths, its sentence, its table and its files
def _rounded(value: Number | None, *, places: int) -> Decimal | None:
    if value is None:
        return None
    # Through text, so that 2.675 rounds as it is printed and not as its binary neighbour.
    exact = Decimal(str(value))
    if exact.is_nan():
        return None
    if not exact.is_finite():
        raise ValueError(f"expected a finite number; got {value!r}")
    return exact.quantize(_last_digit(places), rounding=ROUND_HALF_UP)


@cache
def _last_digit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _written(rounded: Decimal) -> str:
    # abs() also clears the sign of a rounded -0.4, which is 0 and not minus 0.
    return f"{_MINUS if rounded < 0 else ''}{abs(rounded):,f}"
