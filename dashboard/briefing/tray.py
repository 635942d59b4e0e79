"""A tray: what an officer put together for a briefing, in sections and in order, as an address can carry it.

The awkward fact: an address is kept for years and typed by hand, and figures come and go. So reading one never fails:
a code that nobody knows stays in its place, and whoever composes says that it was left out.

A tray is written `section-piece-piece.section-piece`, a piece with its choices `compare_dots*measure*hate_crimes`. A
piece without a section (`.-rra_map`, what a page adds) goes where its page's figures go. A long one is squeezed.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

MOST = 120  # pieces of a tray
LONG = 300  # letters of a tray; a longer one is squeezed where it is kept or sent
LARGEST = 20_000  # letters that a squeezed tray may come to
SEGMENTS, OPENED = 1_000, 4  # of an address that are read, and how many squeezed ones among them
SECTION, PIECE, CHOICE = ".", "-", "*"
SQUEEZED = CHOICE  # what a squeezed tray begins with
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
_VALUE = re.compile(r"[A-Za-z0-9_~]{1,120}")
_ESCAPED = re.compile(r"~([0-9a-f]{2})")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A figure with the choices that are not its usual ones, or another part of a briefing, by its code."""

    code: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """The piece as an address has it."""
        chosen = (part for option in self.options if all(option) for part in option)
        return CHOICE.join((self.code, *map(escaped, chosen)))


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section: its code, which names it until the officer does, and its pieces."""

    code: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Tray:
    """Sections in their order; each code stands once, and so does each piece."""

    parts: tuple[Part, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece, in order."""
        return tuple(piece for part in self.parts for piece in part.pieces)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its pieces."""
        return frozenset(piece.code for piece in self.pieces)

    def written(self) -> str:
        """Return the tray as an address has it."""
        return SECTION.join(PIECE.join((part.code, *(p.written for p in part.pieces))) for part in self.parts)

    def short(self) -> str:
        """Return the tray as an address has it, squeezed where it is long."""
        text = self.written()
        if len(text) <= LONG:
            return text
        return SQUEEZED + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")

    def without(self, piece: Piece) -> Tray:
        """Return the tray without a piece; a section that has no other goes with it."""
        return _tidy(replace(part, pieces=tuple(p for p in part.pieces if p != piece)) for part in self.parts)

    def without_part(self, code: str) -> Tray:
        """Return the tray without a section."""
        return Tray(parts=tuple(part for part in self.parts if part.code != code))

    def moved(self, piece: Piece, *, by: int) -> Tray:
        """Return the tray with a piece one place further up (-1) or down (1): past an edge, in the next section."""
        at = next(n for n, part in enumerate(self.parts) if piece in part.pieces)
        pieces = list(self.parts[at].pieces)
        place = pieces.index(piece)
        pieces.pop(place)
        parts = list(self.parts)
        if 0 <= place + by <= len(pieces):
            pieces.insert(place + by, piece)
            parts[at] = replace(parts[at], pieces=tuple(pieces))
        elif 0 <= at + by < len(parts):
            there = parts[at + by].pieces
            parts[at] = replace(parts[at], pieces=tuple(pieces))
            parts[at + by] = replace(parts[at + by], pieces=(*there, piece) if by < 0 else (piece, *there))
        return _tidy(parts)

    def moved_part(self, code: str, *, by: int) -> Tray:
        """Return the tray with a section one place further up (-1) or down (1)."""
        parts = list(self.parts)
        at = next(n for n, part in enumerate(parts) if part.code == code)
        if 0 <= at + by < len(parts):
            parts[at], parts[at + by] = parts[at + by], parts[at]
        return Tray(parts=tuple(parts))

    def joined(self, piece: Piece, *, home: str) -> Tray:
        """Return the tray with a piece at the end of the section `home`, which is made where there is none."""
        if piece in self.pieces:
            return self
        if home not in {part.code for part in self.parts}:
            return Tray(parts=(*self.parts, Part(code=home, pieces=(piece,))))
        return Tray(parts=tuple(_with(part, piece) if part.code == home else part for part in self.parts))


EMPTY = Tray()


def is_code(text: str) -> bool:
    """Tell whether a text can be the code of a section or a piece."""
    return _CODE.fullmatch(text) is not None


def escaped(text: str) -> str:
    """Return a choice without the signs that divide a tray: "wimd_decile-total" is "wimd_decile~2dtotal"."""
    return re.sub(r"[^A-Za-z0-9_]", lambda sign: "".join(f"~{byte:02x}" for byte in sign[0].encode()), text)


def _meant(text: str) -> str:
    """Return a choice as it was; what cannot be printed is no part of any."""
    plain = bytes(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text), "latin-1").decode(errors="replace")
    return "".join(letter for letter in plain if letter.isprintable())


def _with(part: Part, piece: Piece) -> Part:
    return replace(part, pieces=(*part.pieces, piece))


def _tidy(parts: Iterator[Part] | list[Part]) -> Tray:
    return Tray(parts=tuple(part for part in parts if part.pieces))


def read(text: str, *, home: Callable[[Piece], str]) -> Tray:
    """Return the tray that an address has; `home` tells the section of a piece that stands in none.

    What is no piece at all is left out, and so is all that comes after the first `MOST`: `fault` tells of both.
    """
    parts: dict[str, list[Piece]] = {}
    distinct: set[Piece] = set()
    for section, piece in _pieces(text):
        if piece is None or piece in distinct or len(distinct) == MOST:
            continue
        distinct.add(piece)
        parts.setdefault(section or home(piece), []).append(piece)
    return Tray(parts=tuple(Part(code=code, pieces=tuple(pieces)) for code, pieces in parts.items()))


def fault(text: str) -> str:
    """Return why not all that an address has is in its tray: "damaged", "many", or "" where all of it is."""
    pieces = [piece for _, piece in _pieces(text)]
    if None in pieces or (text.strip() and not pieces):
        return "damaged"
    return "many" if len(set(pieces)) > MOST else ""


def _pieces(text: str) -> Iterator[tuple[str, Piece | None]]:
    """Yield each piece with its section, and None for what is none: also what is squeezed once more, or goes on and on.

    Squeezed text may hold squeezed text without end, so it is stretched once alone, and not often.
    """
    segments = [segment for segment in text.strip().split(SECTION) if segment]
    left = OPENED
    for segment in segments[:SEGMENTS]:
        if not segment.startswith(SQUEEZED):
            yield from _in_segment(segment)
            continue
        inside = _stretched(segment) if left else None
        left = max(0, left - 1)
        if inside is None:
            yield "", None
            continue
        for one in filter(None, inside.strip().split(SECTION)[:SEGMENTS]):
            yield from _in_segment(one)
    if len(segments) > SEGMENTS:
        yield "", None


def _in_segment(segment: str) -> Iterator[tuple[str, Piece | None]]:
    if segment.startswith(SQUEEZED):
        yield "", None
        return
    section, *pieces = segment.split(PIECE)
    if section and not is_code(section):
        section = ""
        if not pieces:
            yield "", None
    for one in filter(None, map(str.strip, pieces)):
        code, *choices = one.split(CHOICE)
        meant = [_meant(choice) for choice in choices]
        again = (escaped(choice) for choice in meant)  # what would be written of it must be read again
        if not is_code(code) or not all(map(_VALUE.fullmatch, (*choices, *again))):
            yield section, None
            continue
        yield section, Piece(code=code, options=tuple(zip(meant[::2], meant[1::2], strict=False)))


def _stretched(segment: str) -> str | None:
    """Return what was squeezed; None for what is damaged, cut short or too large: half a tray would be another one."""
    data = segment.removeprefix(SQUEEZED)
    stretching = zlib.decompressobj()
    try:
        packed = urlsafe_b64decode(data + "=" * (-len(data) % 4))
        text = stretching.decompress(packed, LARGEST + 1)
        return None if stretching.unconsumed_tail or not stretching.eof or len(text) > LARGEST else text.decode()
    except (ValueError, zlib.error):
        return None


def of(sections: Mapping[str, tuple[str, ...]]) -> Tray:
    """Return a tray of sections with the codes of their pieces, each without a choice."""
    parts = (Part(code=code, pieces=tuple(Piece(code=one) for one in codes)) for code, codes in sections.items())
    return Tray(parts=tuple(parts))
