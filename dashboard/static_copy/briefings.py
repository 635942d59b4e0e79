"""The briefings that are ready for a place, and the page that leads to them.

The awkward fact: the live page puts a briefing together by forty choices. Here are those that need none, each as one
file that holds all it needs; whatever is chosen is the live dashboard's.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.briefing.compose import compose
from dashboard.briefing.forms import FORMS, as_file, name_and_type
from dashboard.briefing.kinds import BY_CODE
from dashboard.briefing.model import Officer
from dashboard.figure import View
from dashboard.i18n import LANGUAGES, t
from dashboard.static_copy.extent import Extent, Spot
from dashboard.widgets import coming, words

FORM = "html"
OF_CHOICES = ("mine",)  # a kind that is what somebody put into it
KINDS = tuple(kind for kind in FORMS[FORM].kinds if BY_CODE[kind].choice is None and kind not in OF_CHOICES)


def draw(view: View, *, here: Spot) -> None:
    """Draw the page: links to what is ready, as they are written where it stands, and what is coming."""
    words.page_title("briefings", view)
    words.paragraph("static.briefings", view)
    words.heading("static.ready", view, code="ready")
    words.files(_ready(here))
    words.heading("briefings.coming", view, code="coming")
    coming.listed(view)


def _ready(here: Spot) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        target = here.way_to(path(kind, place=here.place, lang=here.lang))
        yield target, t(f"briefings.kind.{kind}", lang=here.lang)


def path(kind: str, *, place: str, lang: str) -> str:
    """Return where a briefing stands: both languages of a place in one folder, for they lead to each other."""
    return f"briefings/{place}/{kind}-{lang}.html"


def files(here: Spot, extent: Extent) -> dict[str, bytes]:
    """Return the briefings of a place in the language of a page by their paths, and in one that has no page here."""
    languages = [one for one in LANGUAGES if one == here.lang or one not in extent.languages]
    place = here.place
    content_by_path: dict[str, bytes] = {}
    for kind in KINDS:
        whole = compose(
            kind=kind, place=place, build=extent.build, made_on=extent.day, officer=Officer(), address=extent.live
        )
        for lang in languages:
            content = as_file(whole, form=FORM, languages=lang).content
            for other in LANGUAGES:  # a name with the day in it would be another each time
                name = path(kind, place=place, lang=other).rpartition("/")[2]
                content = content.replace(name_and_type(whole, form=FORM, languages=other)[0].encode(), name.encode())
            content_by_path[path(kind, place=place, lang=lang)] = content
    return content_by_path
