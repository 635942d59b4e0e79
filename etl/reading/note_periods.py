"""From a publisher's prose to the months it names: "between April and September 2025", "Q1 2025/26", "since June"."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MAY = 5  # also a verb
FIRST, LAST = 2000 * 12, 2100 * 12  # months counted from year 0: "until" begins there, and "since" ends there
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_TOKEN = re.compile(
    rf"(?P<ending>years?[ -](?:ending|to|ended)(?: in)?(?: \d{{1,2}}(?:st)?)? (?P<em>{_MONTH})\.?,? (?P<ey>20\d\d))"
    r"|(?P<financial>\b(?P<f1>20\d\d)\s?[/_-]\s?(?P<f2>(?:20)?\d\d)\b)"
    r"|(?P<quarter>\b(?:q(?:uarters?|trs?)?\.? ?(?P<qn>[1-4])\b(?!\d)|(?P<qw>first|second|third|fourth) quarter))"
    rf"|(?P<month>\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?P<mm>{_MONTH})\b\.?(?:,? (?P<my>20\d\d))?)"
    r"|(?P<year>\b(?P<yy>20\d\d)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"^\W*(?:to|until|till|through|up to|-)\W*(?:the |and including |end of )*\W*$|^\s*-\s*$", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:since|from|after|starting|as of)\W+(?:the |in |quarter |of |start of |beginning of |end of )*$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|up to|before|prior to)\W+(?:the |end of |and including )*$", re.IGNORECASE)
_ONWARDS = re.compile(r"^\W*(?:onwards?|and later|and after|and since)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\W+(?:the )?$", re.IGNORECASE)
_AND = re.compile(r"^\W*and\W+(?:the )?$", re.IGNORECASE)
_WORDS = ("first", "second", "third", "fourth")


@dataclass(kw_only=True)
class _Span:
    """A piece of a text that names a period: its first and last month, where it stands, what it still lacks."""

    at: tuple[int, int]
    first: int = 0
    last: int = 0
    quarter: int = 0  # of a financial year that stands beside it
    month: int = 0  # of a year that stands after it
    year: int = 0  # the financial year, for quarters that stand beside it
    named: bool = True


def months_named(text: str) -> frozenset[int]:
    """Return the months a text names, counted from year 0; none where a part of it cannot be told."""
    spans = [_span(match) for match in _TOKEN.finditer(_numbered(text))]
    text = _numbered(text)
    spans = _with_years(spans)
    if any(not span.named for span in spans):
        return frozenset()
    months: set[int] = set()
    at = 0
    while at < len(spans):
        span = spans[at]
        before, after = text[: span.at[0]], text[span.at[1] :]
        following = spans[at + 1] if at + 1 < len(spans) else None
        first, last = span.first, span.last
        if following is not None:
            gap = text[span.at[1] : following.at[0]]
            if _RANGE.match(gap) or (_BETWEEN.search(before) and _AND.match(gap)):
                last, at = following.last, at + 1
                following = None
                after = ""
        if last == span.last and (_SINCE.search(before) or _ONWARDS.match(after)):
            last = LAST
        elif _UNTIL.search(before):
            first = FIRST
        months |= set(range(first, last + 1))
        at += 1
    return frozenset(months)


def _numbered(text: str) -> str:
    """Return a text with "quarters 1 and 2" and "years ending March 2025 and March 2026" said once for each."""
    text = re.sub(r"[\u2010-\u2015]", "-", text)
    text = re.sub(
        r"\bquarters? ([1-4])((?:\s*(?:,|and|to|&|-)\s*(?:quarter |q)?[1-4]\b(?!\d))+)",
        _each_quarter,
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(r"\bq([1-4])((?:\s*(?:,|and|to|&|-)\s*[1-4]\b(?!\d))+)", _each_quarter, text, flags=re.IGNORECASE)
    again = (
        rf"(years? ending ({_MONTH}) 20\d\d(?:,| and| to| &| or)+ )(?:(?:the )?years? ending )?(?:{_MONTH} )?(20\d\d)\b"
    )
    return re.sub(again, r"\1year ending \2 \3", text, flags=re.IGNORECASE)


def _each_quarter(match: re.Match[str]) -> str:
    return f"Q{match[1]}" + re.sub(r"(?:quarter |q)?([1-4])", r"Q\1", match[2], flags=re.IGNORECASE)


def _span(match: re.Match[str]) -> _Span:
    at = match.span()
    if match["ending"]:
        last = int(match["ey"]) * 12 + _number(match["em"])
        return _Span(at=at, first=last - 11, last=last)
    if match["financial"]:
        start = int(match["f1"])
        whole = (start + 1) % 100 == int(match["f2"]) % 100
        return _Span(at=at, first=start * 12 + 3, last=start * 12 + 14, year=start, named=whole)
    if match["quarter"]:
        number = int(match["qn"]) if match["qn"] else _WORDS.index(match["qw"].casefold()) + 1
        return _Span(at=at, quarter=number, named=False)
    if match["month"]:
        number = _number(match["mm"])
        if not match["my"]:
            return _Span(at=at, month=number + 1, named=False)
        month = int(match["my"]) * 12 + number
        return _Span(at=at, first=month, last=month)
    first = int(match["yy"]) * 12
    return _Span(at=at, first=first, last=first + 11)


def _number(month: str) -> int:
    return MONTHS.index(month[:3].casefold())


def _with_years(spans: list[_Span]) -> list[_Span]:
    """Give quarters the financial year beside them, which they then stand for, and months the year of the next."""
    used: set[int] = set()
    for n, span in enumerate(spans):
        if span.quarter:
            near = [*range(n + 1, len(spans)), *range(n - 1, -1, -1)]
            year = next((m for m in near if spans[m].year), None)
            if year is not None:
                used.add(year)
                span.first = spans[year].year * 12 + 3 * span.quarter
                span.last, span.named = span.first + 2, True
    for n in reversed(range(len(spans))):
        span, following = spans[n], spans[n + 1 : n + 3]
        nxt = next((other for other in following if other.named), None)
        if span.month and nxt is not None and nxt.year:
            span.first = span.last = nxt.year * 12 + span.month - 1 + (12 if span.month < 4 else 0)
            used |= {m for m in range(n, len(spans)) if spans[m] is nxt}
            span.named = True
        elif span.month and nxt is not None and not span.named:
            end = nxt.first
            span.first = span.last = end // 12 * 12 + span.month - 1 - (12 if span.month - 1 > end % 12 else 0)
            span.named = True
    dated = any(span.named and n not in used for n, span in enumerate(spans))
    return [
        span
        for n, span in enumerate(spans)
        if n not in used and not (not span.named and (span.month == MAY or (span.quarter and dated)))
    ]
