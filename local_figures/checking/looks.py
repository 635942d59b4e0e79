"""How the numbers of a workbook are dressed: what is seen in a cell may be another number than the one it holds.

The awkward fact: a note's sign raised behind a number is one more digit to whoever reads the text (7 with a raised 1 is
71), and 0.7 is seen as 70% or as 1. Nothing of it can be read off the value, only off the text's runs and the style.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from cohesion.runs import is_struck

AS_PERCENT = frozenset({9, 10})  # the formats of a percentage that no workbook needs to write out
_PART = re.compile(
    r'(?:"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|[^;"\\\[_*])*'
)  # of a format: between semicolons that are none of its words
_NOT_FORM = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a format: what stands beside the number as it is
_PADDING = re.compile(r"\[[^\]]*\]|_.|\*.|[\"\\\s]")  # of a format: colours, conditions, room
_CONDITION = re.compile(r"\[[<>=]")
_OF_NOUGHT = re.compile(r"\[=0\]")
_SCALED = re.compile(r"[0#?],+(?![,0#?])")  # 0, leaves out thousands, and #,##0 does not
_SHOWS = re.compile(r"[0#?@ymdhse]|general", re.IGNORECASE)  # a number, a day or the text itself
_NOUGHT = re.compile(r"[-\u2010-\u2015\u2212]+|nil|none|nought|zero|dim|sero", re.IGNORECASE)  # what is written for 0


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is otherwise with what stands in a cell, by what it is: the key of it, or ""."""

    positive: str = ""
    negative: str = ""
    zero: str = ""
    text: str = ""


def looks_of(elements: Iterable[etree._Element]) -> list[Look]:
    """Return for each style of cells, by its number, what is otherwise with what is seen in it."""
    styles: list[tuple[int, int]] = []
    struck: list[bool] = []
    forms: dict[int, str] = defaultdict(lambda: "General")
    for element in elements:
        parent = element.getparent()
        kind = etree.QName(element).localname, etree.QName(parent).localname if parent is not None else ""
        if kind == ("font", "fonts"):
            struck.append(is_struck(element))
        elif kind == ("numFmt", "numFmts"):
            forms[int(element.get("numFmtId", 0))] = element.get("formatCode", "")
        elif kind == ("xf", "cellXfs"):
            styles.append((int(element.get("fontId", 0)), int(element.get("numFmtId", 0))))
    through = Look(positive="struck", negative="struck", zero="struck", text="struck")
    return [through if font < len(struck) and struck[font] else _of_form(form, forms[form]) for font, form in styles]


def _of_form(number: int, form: str) -> Look:
    """Return what a format makes of a number of each sign and of a text: it has a part for each, or for the first."""
    if number in AS_PERCENT:
        return Look(positive="as_percent", negative="as_percent")
    parts = _parts(form or "General")
    keys = [_key(part) for part in parts[:3]]
    text = "unseen" if len(parts) > 3 and not _SHOWS.search(_NOT_FORM.sub("", parts[3])) else ""
    if len(parts) > 1 and _OF_NOUGHT.search(parts[0]) and not any(map(_CONDITION.search, parts[1:])):  # [=0]"-";#,##0
        key = next(filter(None, keys[1:]), "")
        return Look(positive=key, negative=key, zero=_zero_key(parts[0]), text=text)
    if any(map(_CONDITION.search, parts)):  # which part is whose depends on the number
        key = next(filter(None, keys), "")
        return Look(positive=key, negative=key, zero=key, text=text)
    positive, negative = keys[0], keys[1] if len(keys) > 1 else keys[0]
    zero = _zero_key(parts[2] if len(parts) > 2 else parts[0])
    return Look(positive=positive, negative=negative, zero=zero, text=text)


def _parts(form: str) -> list[str]:
    """Return the parts of a format, which semicolons divide."""
    parts, at = [], 0
    while at <= len(form):
        match = _PART.match(form, at)
        parts.append(match[0] if match else "")
        at += len(parts[-1]) + 1
    return parts


def _zero_key(part: str) -> str:
    """Return the key of a part in which 0 is seen as something else; 0% is 0, and so is a dash."""
    return "unseen" if _key(part) == "unseen" and not _NOUGHT.fullmatch(_PADDING.sub("", part)) else ""


def _key(part: str) -> str:
    plain = _NOT_FORM.sub("", part)
    if not _SHOWS.search(plain):
        return "unseen"
    if "%" in plain:
        return "as_percent"
    return "scaled" if _SCALED.search(plain) else ""
