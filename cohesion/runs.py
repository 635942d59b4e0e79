"""A number in a workbook with signs that are raised or struck out: as plain text, 7 with a raised 1 is 71.

The awkward fact: a note's sign behind a number is dress alone in XLSX, and whoever reads the text has one more digit.
"""

from __future__ import annotations

import re

from lxml import etree

NUMBER = re.compile(r"[-\u2212]?[0-9][0-9.,\s]*")
_OFF = ("0", "false", "none")


def apart(text: etree._Element) -> str:
    """Return a number with what is raised in it as a note and what is struck out named; "" for any other text."""
    written = [(run.findtext("{*}t") or "", run.find("{*}rPr")) for run in text.findall("{*}r")]
    runs = [(words, _dress(look) if words.strip() else "") for words, look in written]  # a raised space is no sign
    if not any(dress for _, dress in runs) or not NUMBER.fullmatch("".join(words for words, _ in runs).strip()):
        return ""
    return "".join(f" [{dress} {words.strip()}] " if dress else words for words, dress in runs).strip()


def _dress(look: etree._Element | None) -> str:
    if look is None:
        return ""
    place = look.find("{*}vertAlign")
    if is_struck(look):
        return "struck"
    return "note" if place is not None and place.get("val") in ("superscript", "subscript") else ""


def is_struck(font: etree._Element) -> bool:
    """Return whether letters of a font have a line through them."""
    line = font.find("{*}strike")
    return line is not None and line.get("val") not in _OFF
