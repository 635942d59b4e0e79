"""The same pages in Chromium, Firefox and WebKitGTK, side by side: `python -m tests.browser.three_engines [FOLDER]`.

One picture for each view, small enough to stand in the documentation (`docs/screenshots` unless another folder is
named): what differs between the engines is seen at a glance, and which is which is written above.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

from tests.browser import driving, engines

WIDTH, HEIGHT = 1100, 1500  # of the screen that each engine draws for, in CSS pixels
SHOWN = 620  # pixels that its picture is wide beside the others
GAP, HEAD = 16, 34
QUALITY = 55  # of WebP: letters of 8 pixels can be read
NAMES = {"chromium": "Chromium", "firefox": "Firefox ESR", "webkit": "WebKitGTK"}
INK, PAPER = "#0B0C0C", "#DDDDDD"
Picture = Callable[[str, str], Image.Image]  # of an address, scrolled to what a selector names


class View(NamedTuple):
    """A page as somebody opens it, and the part of it that is looked at."""

    page: str
    lang: str
    place: str
    at: str

    @property
    def name(self) -> str:
        """Return the name of its picture."""
        return f"three_engines_{self.page}_{self.lang}.webp"


VIEWS = (
    View("home", "en", "W06000015", "h1#content"),
    View("hate_crime", "cy", "XCAV", "#block_rra_quarterly"),
    View("sanctuary", "en", "W06000022", "#block_asylum_map"),
)


def main() -> None:
    """Look at every view in every engine that is there, and write a picture of each view."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else driving.ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    seen: dict[View, dict[str, Image.Image]] = {view: {} for view in VIEWS}
    with driving.serving() as site:
        for engine in ("chromium", *engines.present()):
            with _looking(engine) as picture:
                for view in VIEWS:
                    address = driving.link(site, view.page, lang=view.lang, place=view.place)
                    seen[view][engine] = picture(address, view.at)
    for view, pictures in seen.items():
        path = folder / view.name
        beside(pictures).save(path, "WEBP", quality=QUALITY, method=6)
        sys.stdout.write(f"{path.name}: {', '.join(NAMES[one] for one in pictures)}; {path.stat().st_size:,} bytes\n")


@contextmanager
def _looking(engine: str) -> Iterator[Picture]:
    """Start an engine; yield what takes a picture in it."""
    if engine != "chromium":
        with engines.opened(engine) as tab, tempfile.TemporaryDirectory() as folder:
            tab.size(WIDTH, HEIGHT)
            file = Path(folder) / "seen.png"

            def seen(address: str, at: str) -> Image.Image:
                tab.open(address)
                engines.settle(tab)
                tab.run(_to(at))
                engines.settle(tab)
                tab.picture(file)
                return Image.open(BytesIO(file.read_bytes()))

            yield seen
        return
    with sync_playwright() as playwright:
        chrome = driving.launch(playwright)
        page = chrome.new_page(viewport={"width": WIDTH, "height": HEIGHT})

        def drawn(address: str, at: str) -> Image.Image:
            page.goto(address)
            driving.settle(page).evaluate(_to(at))
            return Image.open(BytesIO(driving.settle(page).screenshot()))

        yield drawn
        chrome.close()


def _to(selector: str) -> str:
    return f"document.querySelector({selector!r}).scrollIntoView({{ block: 'start', behavior: 'instant' }})"


def beside(pictures: dict[str, Image.Image]) -> Image.Image:
    """Return the pictures of engines beside one another, each under its engine's name."""
    small = [one.convert("RGB").resize((SHOWN, round(one.height * SHOWN / one.width))) for one in pictures.values()]
    size = (GAP + (SHOWN + GAP) * len(small), HEAD + max(one.height for one in small) + GAP)
    whole = Image.new("RGB", size, PAPER)
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(20)
    for number, (engine, one) in enumerate(zip(pictures, small, strict=True)):
        left = GAP + number * (SHOWN + GAP)
        draw.text((left, 4), NAMES[engine], fill=INK, font=font)
        whole.paste(one, (left, HEAD))
    return whole


if __name__ == "__main__":
    main()
