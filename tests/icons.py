"""Cuts Streamlit's icon font down to the icons that its own scripts name: `python -m tests.icons`.

The awkward fact: the font draws a name, letter by letter, as one sign, and whoever is shown one fetches all 4,000.
It needs the package brotli, which nothing else here does; the result is committed (dashboard/vendor/README.md).
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from dashboard.scripts import VENDOR

STREAMLIT = Path(str(files("streamlit"))) / "static" / "static"
FEW = VENDOR / "MaterialSymbols-few.woff"
NAME = re.compile(r":material/([a-z0-9_]+)")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def named() -> set[str]:
    """Return the icons that Streamlit's scripts name."""
    texts = (path.read_text(encoding="utf-8") for path in (STREAMLIT / "js").glob("*.js"))
    return {name for text in texts for name in NAME.findall(text)}


def signs(font: TTFont) -> dict[str, str]:
    """Return the sign that a font draws for each name it knows."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for one in ligatures:
                    found["".join(letters.get(part, "?") for part in (first, *one.Component))] = one.LigGlyph
    return found


def main() -> None:
    """Write the few icons, at the weight and size that Streamlit shows them."""
    (whole,) = (STREAMLIT / "media").glob("MaterialSymbols-Rounded.*.woff2")
    font = TTFont(whole)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes})
    drawn = signs(font)
    cut = subset.Subsetter(subset.Options(layout_features=["*"], layout_closure=False, hinting=False))
    cut.populate(text=LETTERS, glyphs=[drawn[name] for name in sorted(named()) if name in drawn])
    cut.subset(font)
    font.flavor = "woff"  # which is read without that package
    font.save(FEW)
    print(f"{FEW.name}: {FEW.stat().st_size} bytes")


if __name__ == "__main__":
    main()
