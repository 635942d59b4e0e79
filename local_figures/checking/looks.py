"""How the numbers of a workbook are dressed: what is seen in a cell may be another number than the one it holds.

The awkward fact: a note's sign raised behind a number is one more digit to whoever reads the text (7 with a raised 1 is
71), and 0.7 is seen as 70% or as 1. Nothing of it can be read off the value, only off the text's runs and the style.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from lxml import etree

from cohesion.runs import is_struck

AS_PERCENT = frozenset({9, 10})  # the formats of a percentage that no workbook needs to write out
_NOT_FORM = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a format: what stands beside the number as it is
_SCALED = re.compile(r"[0#?],+(?![,0#?])")  # 0, leaves out thousands, and #,##0 does not


def looks_of(elements: Iterable[etree._Element]) -> list[str]:
    """Return for each style of cells, by its number, the key of what is otherwise with a number in it, or ""."""
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
    return ["struck" if font < len(struck) and struck[font] else _form_key(form, forms[form]) for font, form in styles]


def _form_key(number: int, form: str) -> str:
    plain = _NOT_FORM.sub("", form)
    if number in AS_PERCENT or "%" in plain:
        return "as_percent"
    return "scaled" if _SCALED.search(plain) else ""
