"""Numbers as text: thousands commas, a true minus sign, and a plain word where there is no figure.

The awkward fact: Welsh official statistics write 1,234.5 as English does, so only the words for a
missing figure depend on the language, and rounding is half away from zero, not Python's half to even.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from dashboard.i18n import Language, t

Number = int | float | Decimal

_MINUS = "\N{MINUS SIGN}"
PLAIN, TIE = 1e9, 1e-6  # last digits that a float tells apart, and how near to a half they may be a tie


def whole(value: Number | None, *, lang: Language) -> str:
    """Write a number with no decimals: 1234 is "1,234", -12 is "−12", None is "not available"."""
    return decimal(value, places=0, lang=lang)


def decimal(value: Number | None, *, places: int, lang: Language) -> str:
    """Write a number with exactly `places` decimals: 1234.55 at 1 place is "1,234.6".

    None and NaN give the catalogue's "not available"; ValueError for an infinite number.
    """
    text = _text(value, places)
    return t("number.not_available", lang=lang) if text is None else text


def decimals(values: Iterable[Number | None], *, places: int, lang: Language) -> list[str]:
    """Write many numbers as `decimal` writes one: a page has thousands."""
    absent = t("number.not_available", lang=lang)
    return [absent if (text := _text(value, places)) is None else text for value in values]


def signed(value: Number | None, *, lang: Language, places: int = 0) -> str:
    """Write a change with its sign: "+12", "−12", and "0" bare; missing and infinite as for `decimal`."""
    text = _text(value, places)
    if text is None:
        return t("number.not_available", lang=lang)
    return _with_sign(text)


def _with_sign(text: str) -> str:
    return text if text[0] == _MINUS or not text.strip("0.") else f"+{text}"


def percent(value: Number | None, *, lang: Language, places: int = 0, with_sign: bool = False) -> str:
    """Write a percentage given in per cent, not as a share: 15.0 is "15%", with its sign "+15%".

    Missing and infinite as for `decimal`.
    """
    text = _text(value, places)
    if text is None:
        return t("number.not_available", lang=lang)
    return f"{_with_sign(text) if with_sign else text}%"


def share(value: Number | None, *, lang: Language, places: int = 1) -> str:
    """Write a share in per cent: none is "0%", and some that would be written as none is "under 0.1%".

    With one decimal at most (ValueError for more); missing and infinite as for `decimal`.
    """
    if places > 1:
        raise ValueError(f"expected a share with one decimal at most; came {places}")
    text = _text(value, places)
    if value and value > 0 and text is not None and not text.strip("0."):
        return t("share.under" if places else "share.under_one", lang=lang)
    return percent(value, lang=lang, places=places if value else 0)


@dataclass(frozen=True)
class PerCent:
    """A share in per cent that is written when a language is asked for, as `share` writes it."""

    value: Number | None
    places: int = 1

    def text(self, lang: Language) -> str:
        """Return the share as text."""
        return share(self.value, lang=lang, places=self.places)


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
def _text(value: Number | None, places: int) -> str | None:
    """Write a number; None where there is none. What is no tie is rounded as a float, which is quicker."""
    if value is None:
        return None
    size = abs(float(value))
    in_last_digits = size * 10**places
    if in_last_digits < PLAIN and abs(in_last_digits % 1 - 0.5) > TIE:
        digits = f"{size:,.{places}f}"
        return f"{_MINUS}{digits}" if value < 0 and digits.strip("0.") else digits
    exact = round_half_up(value, places=places)
    return None if exact is None else _written(exact)


def round_half_up(value: Number, *, places: int) -> Decimal | None:
    """Round a number as it is written, half away from zero; None of NaN, ValueError for an infinite number."""
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


def _written(exact: Decimal) -> str:
    # abs() also clears the sign of a rounded -0.4, which is 0 and not minus 0.
    return f"{_MINUS if exact < 0 else ''}{abs(exact):,f}"
