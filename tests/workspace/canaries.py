"""Numbers, words and names that stand nowhere else, laid into a workspace, and the places where none may turn up.

The awkward fact: a search that looks nowhere finds nothing. So each place is a function that gives what stands there,
and `test_canaries` plants a leak in each of them once and sees it found.
"""

from __future__ import annotations

import gc
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import _lru_cache_wrapper
from html import unescape
from io import BytesIO
from itertools import chain
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard import store as published
from dashboard.age import today
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.forms import FORMS, as_file, drawn_as
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import read as tray_of
from dashboard.i18n import Language
from dashboard.memory import Cache
from local_figures import door
from local_figures.store import editions
from local_figures.store.editions import Act
from local_figures.store.engine import Store
from local_figures.templates import named
from tests import files
from tests.said import html
from tests.workspace.conftest import CARDIFF, ROOT, act
from workspace.figures import catalogue

NUMBERS = ("71933", "71911", "71893", "71881")
NOTE, COURSE, ITEM, LOGGED, GAP = "quaggaword", "okapicourse", "dugongitem", "pangolinasked", "tapirmissing"
TITLES = {"en": "numbattitle", "cy": "numbatteitl"}
WHO, WORKSPACE = "axolotlperson", "narwhalcouncil"
CANARIES = (
    *(form for n in NUMBERS for form in (n, f"{n[:2]},{n[2:]}")),
    *(NOTE, COURSE, ITEM, LOGGED, GAP, *TITLES.values(), WHO, WORKSPACE),
)
OURS = ("dashboard", "workspace", "local_figures", "cohesion")
POLICE = {"area_code": CARDIFF, "crime_or_incident": "crime", "extracted_on": "2026-10-12"}
ROWS: dict[str, list[dict[str, str]]] = {
    "police_figures": [
        POLICE | {"quarter": quarter, "strand": strand, "count": count}
        for quarter in ("2026-04-01", "2026-07-01")
        for strand, count in zip(("total", "race", "religion"), NUMBERS, strict=False)
    ],
    "training": [
        {"quarter": "2026-07-01", "department": "Schools", "course": COURSE}
        | {"attended": NUMBERS[0], "feedback_n": NUMBERS[1], "more_confident_n": NUMBERS[3]}
    ],
    "tension_log": [
        {"week_start": "2026-11-16", "area_code": CARDIFF, "tension_kind": "experienced", "theme": "race"}
        | {"level": "2", "action": NOTE, "count": NUMBERS[2]}
    ],
    "local_events": [
        {"date": "2026-10-10", "area_code": CARDIFF, "event_kind": "campaign"}
        | {f"title_{lang}": title for lang, title in TITLES.items()}
    ],
    "scorecard": [
        {"outcome": "1", "item": ITEM, "quadrant": "how_much", "period": "2025/26", "value": NUMBERS[3]}
        | {"unit": "schools", "note": NOTE}
    ],
    "meeting_log": [
        {"meeting_date": "2026-09-01", "number": "1", "meeting_kind": kind, "words": LOGGED}
        | {"owner_role": "lead", "status": "open"}
        for kind in ("question",)
    ],
    "gap_log": [{"gap": GAP, "holder": "council", "answer": "not_asked"}],
}  # fmt: skip
PIECES = ".".join(f"own-{code}" for code in catalogue.BY_CODE)
_ADDRESS = re.compile(r"""(?:href|src|action|data-[a-z-]*(?:url|link|file))=["']([^"']*)""")
Texts = Mapping[str, str]


def lay(store: Store) -> None:
    """Lay the canaries into the workspace, and put on show what can be."""
    editions.set_role(store, act(), person=WHO, role=editions.EDITOR)
    for template, rows in ROWS.items():
        lines = {at: dict.fromkeys(named(template).names, "") | row for at, row in enumerate(rows, start=2)}
        number = editions.upload(store, _by_who(), template=template, lines=lines)
        if template == "scorecard":
            door.approve_scorecard(store, act(), number, level="public")
        elif named(template).may_be_shown:
            door.approve(store, act(), template, number)


def _by_who() -> Act:
    return act(WHO)


def none_in(text: str) -> list[str]:
    """Return the canaries that a text holds, however it is cased."""
    folded = text.casefold()
    return [canary for canary in CANARIES if canary in folded]


def leaks(texts: Texts) -> dict[str, list[str]]:
    """Return where canaries stand, with those that do."""
    return {where: found for where, text in texts.items() if (found := none_in(text))}


def told(app: AppTest) -> str:
    """Return everything that a page shows."""
    return unescape(html(app)) + repr(app.main) + repr(app.sidebar)


# ---- Places


def public_pages(pages: Iterable[str], lang: Language) -> Texts:
    """Return what each public page says and puts into its address, to a member of the workspace too."""
    return dict(_opened(f"../pages/{page}.py", lang) for page in pages)


def _opened(page: str, lang: Language) -> tuple[str, str]:
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=120)
    for name, value in {"place": CARDIFF, "lang": lang, "tray": PIECES, "kind": "mine"}.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception, page
    return page, told(app) + repr(app.query_params)


def addresses(app: AppTest) -> str:
    """Return the address of a page and every address that it leads to or loads from."""
    return "\n".join([repr(app.query_params), *_ADDRESS.findall(unescape(html(app)))])


def public_addresses(lang: Language) -> list[str]:
    """Return addresses of every public route: of own figures, of published ones, of nothing."""
    asks = f"place={CARDIFF}&lang={lang}"
    codes = ("asylum_support", *catalogue.BY_CODE)
    by_code = [f"/figures/{code}.{form}?{asks}" for code in codes for form in ("csv", "xlsx", "svg")]
    by_code += [f"/{what}?{asks}" for code in codes for what in (f"cards/{code}.png", f"embed/{code}")]
    lists = ("measures", "categories", "areas", "periods", "observations", "breaks", "sources", "gaps", "figures")
    api = [f"/api/v1/{name}{form}?area={CARDIFF}&measure=hate_crimes" for name in lists for form in ("", ".csv")]
    return [
        *by_code,
        *api,
        *("/api/v1", "/api/v1/", "/api/v1/openapi.json", "/robots.txt", "/sitemap.xml", "/scripts/page.js"),
        *(f"/{name}?{asks}" for name in ("feed.atom", "coming.ics", "coming.atom", "present")),
        *(f"/cards/{name}.zip?{asks}&tray={PIECES}" for name in ("mine", "hate_crime")),
        *(f"/rows/{code}?{asks}" for code in codes),
        f"/present?{asks}&tray={PIECES}",
        f"/download/asylum_support.csv?{asks}",
        f"/download/{next(iter(catalogue.BY_CODE))}.csv?{asks}",
    ]


def answers(routes: Iterable[BaseRoute], wanted: Iterable[str]) -> Texts:
    """Return what addresses answer, with their headers."""
    visitor = TestClient(Starlette(routes=[*routes]), follow_redirects=False)
    found = {}
    for address in wanted:
        answer = visitor.get(address)
        found[address] = text_of(answer.content) + repr(answer.headers)
    return found


def private_addresses(lang: Language) -> list[str]:
    """Return addresses of every file of a workspace."""
    asks = f"place={CARDIFF}&lang={lang}"
    papers = {"scorecard": ("pdf", "docx", "xlsx"), "minutes": ("docx", "pdf"), "slides": ("pptx", "presenter", "pdf")}
    return [
        *(f"/own/files/{what}?{asks}&meeting=1&form={form}" for what, forms in papers.items() for form in forms),
        *(f"/own/figures/{code}.{form}?{asks}" for code in catalogue.BY_CODE for form in ("csv", "xlsx", "svg")),
        *(f"/own/briefing/{form}?{asks}&tray={PIECES}" for form in FORMS),
    ]


def public_briefings(lang: Language, forms: Iterable[str]) -> Texts:
    """Return an officer's briefing as everybody makes it, with own figures in its tray, and the ready-made deck."""
    own = Own(tray=tray_of(f"hate_crime-rra_quarterly.{PIECES}", home=home))
    build, found = published.build_id(), {}
    for form in forms:
        whole = compose(kind=drawn_as("mine", form), place=CARDIFF, build=build, made_on=today(), own=own)
        file = as_file(whole, form=form, languages=lang)
        found[form] = f"{file.name} {text_of(file.content)}"
    return found


def text_of(content: bytes) -> str:
    """Return every text in a file: of a PDF its words, of a packed file those of each part."""
    if content.startswith(b"%PDF"):
        return files.pdf_text(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return " ".join(f"{name} {text_of(packed.read(name))}" for name in packed.namelist())
    return content.decode("utf-8", errors="ignore")


def remembered() -> Iterator[object]:
    """Yield the keys of everything that our own code remembers by its arguments."""
    for one in gc.get_objects():
        if isinstance(one, _lru_cache_wrapper) and str(one.__module__).split(".")[0] in OURS:
            held = (found for found in gc.get_referents(one) if isinstance(found, dict) and found is not vars(one))
            yield from chain.from_iterable(held)
        elif isinstance(one, Cache):
            yield from one._values


def written_since(moment: float, folders: Iterable[Path]) -> Texts:
    """Return what was written into folders since a moment."""
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes().decode("latin-1") for path in paths if path.stat().st_mtime >= moment}


def public_folders() -> tuple[Path, ...]:
    """Return where builds, tables and public files lie."""
    return published.DATA / "build", ROOT / "data" / "tidy", ROOT / "dashboard" / "static"
