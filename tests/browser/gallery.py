"""Pictures of every page, to look at: `python -m tests.browser.gallery [FOLDER]`.

Every page × language × a wide and a narrow screen, whole, and each page as the browser would print it. The folder is
`gallery/` unless another is named; git ignores it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from dashboard.i18n import LANGUAGES
from tests.browser import driving

WIDTHS = (1400, 360)
TALLEST = 16_000  # Chromium draws no taller picture
PLACE = "XCAV"


def main() -> None:
    """Serve the dashboard, open everything, and say where the pictures are."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else driving.ROOT / "gallery")
    folder.mkdir(parents=True, exist_ok=True)
    with driving.serving() as site, sync_playwright() as playwright:
        chrome = driving.launch(playwright)
        for width in WIDTHS:
            for lang in LANGUAGES:
                _pictures(chrome, site, lang=lang, width=width, folder=folder)
        chrome.close()
    print(f"{len(list(folder.glob('*.png')))} pictures and {len(list(folder.glob('*.pdf')))} prints in {folder}")


def _pictures(chrome: Browser, site: str, *, lang: str, width: int, folder: Path) -> None:
    context = chrome.new_context(viewport={"width": width, "height": 900})
    context.set_default_timeout(driving.PATIENCE)
    tab = context.new_page()
    for page in driving.PAGES:
        driving.visit(tab, site, page, lang=lang, place=PLACE)
        height = tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        tab.set_viewport_size({"width": width, "height": min(height + 40, TALLEST)})
        driving.settle(tab).wait_for_timeout(1000)  # charts are drawn anew at the new size
        tab.screenshot(path=folder / f"{page}_{lang}_{width}.png")
        tab.set_viewport_size({"width": width, "height": 900})
        if width == WIDTHS[0]:
            tab.pdf(path=folder / f"{page}_{lang}.pdf", format="A4", print_background=True)
    context.close()


if __name__ == "__main__":
    main()
