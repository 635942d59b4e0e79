"""LibreOffice, which opens Office files as a reader would and tells how many pages they come to."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pypdf import PdfReader

NONE = "no LibreOffice on this machine (Debian: apt install libreoffice-writer libreoffice-impress)"
PATIENCE = 300  # seconds for all the files of one call


def program() -> str | None:
    """Return the path of LibreOffice on this machine, or None."""
    return shutil.which("soffice")


def as_pdf(files: Mapping[str, bytes], *, folder: Path) -> dict[str, PdfReader]:
    """Return files, by their names, as LibreOffice prints them; one call opens them all."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = [str(folder / name) for name in files]
    command = [program() or "soffice", own, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return {name: PdfReader((folder / name).with_suffix(".pdf")) for name in files}
