"""LibreOffice, which opens Office files as a reader would; and pages as pictures of grey, as an eye would see them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PROGRAMS = ("soffice", "pdftoppm")
NONE = (
    "no LibreOffice or no pdftoppm on this machine "
    "(Debian: apt install libreoffice-writer libreoffice-impress poppler-utils fonts-liberation)"
)
PATIENCE = 600  # seconds for all the files of one call
PIXELS_AN_INCH, INK = 36, 215  # and the lightest grey that is a letter's or a line's


def program() -> str | None:
    """Return the path of LibreOffice on this machine, None where it or what draws pages is not there."""
    return shutil.which("soffice") if all(map(shutil.which, PROGRAMS)) else None


def as_pdf(files: Mapping[str, bytes], *, folder: Path, fonts: Path | None = None) -> dict[str, Path]:
    """Return files, by their names, as LibreOffice prints them; one call opens them all.

    With `fonts` the letters of that folder are the only ones on the machine.
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = [str(folder / name) for name in files]
    command = [program() or "soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *paths]
    alone = {"FONTCONFIG_FILE": str(_font_list(fonts, folder=folder))} if fonts else {}
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE, env=os.environ | alone)
    return {name: (folder / name).with_suffix(".pdf") for name in files}


def _font_list(fonts: Path, *, folder: Path) -> Path:
    written = folder / "fonts.conf"
    written.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>")
    return written


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where the ink of a page stands, as shares of its width and height; all 0 where there is none."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


def looks(pdf: Path, *, foot: float = 0.0) -> list[Look]:
    """Return how each page of a PDF looks, without the share of it at its `foot`."""
    stem = pdf.with_suffix("")
    command = ["pdftoppm", "-r", str(PIXELS_AN_INCH), "-gray", str(pdf), str(stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    found = []
    for file in sorted(stem.parent.glob(f"{stem.name}-*.pgm")):
        with Image.open(file) as page:
            shown = page.crop((0, 0, page.width, round(page.height * (1 - foot))))
            box = shown.point(lambda grey: 255 if grey < INK else 0).getbbox()
            sides = (
                (box[0] / page.width, box[1] / page.height, box[2] / page.width, box[3] / page.height) if box else ()
            )
        file.unlink()
        found.append(Look(**dict(zip(("left", "top", "right", "bottom"), sides, strict=False))))
    return found
