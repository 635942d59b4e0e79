"""A page as its script draws it, kept piece by piece for who writes pages down.

The awkward fact: a page is a script that hands its pieces to Streamlit one after the other, and a copy of it that was
put together a second way would one day say something else. So the copy runs the very script, in a context of
Streamlit's own in which nobody listens but us.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import current_thread
from typing import Any
from urllib.parse import urlencode

from streamlit import config
from streamlit.logger import set_log_level
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext, add_script_run_ctx
from streamlit.runtime.state import SafeSessionState, SessionState

from dashboard.figure import View
from dashboard.navigation import FOLDER, PageEnded
from dashboard.widgets import frame, trail

Draw = Callable[[View], None]
MAIN = Path(__file__).parents[1] / "main.py"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What a page handed over at once: HTML, a text to copy ("code"), or the name of a widget that needs a server."""

    kind: str
    text: str = ""


def recorded(page: str, query: Mapping[str, str], *, draw: Draw | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a page and of what stands around its text, as an address asks for it.

    `draw` draws the text in place of the page's own script.
    """
    with ThreadPoolExecutor(1) as apart:  # a context stays with its thread, and so goes with it
        return apart.submit(_recorded, page, query, draw or partial(_run, page)).result()


def _run(page: str, _: View) -> None:
    with suppress(PageEnded):
        runpy.run_path(str(MAIN.parent / FOLDER / f"{page}.py"))


def _recorded(page: str, query: Mapping[str, str], draw: Draw) -> tuple[Piece, ...]:
    handed: list[ForwardMsg] = []
    context = _context(handed)
    add_script_run_ctx(current_thread(), context)
    context.reset(query_string=urlencode(query))
    view = frame.current_view()
    trail.show(view, None, page=page)
    draw(view)
    frame.bottom(view)
    return tuple(_piece(one.delta.new_element) for one in handed if _is_element(one))


def quiet() -> None:
    """Have Streamlit say nothing of a page that is drawn without its server."""
    config.set_option("global.showWarningOnDirectExecution", False)
    set_log_level("error")


def _context(handed: list[ForwardMsg]) -> ScriptRunContext:
    return ScriptRunContext(
        session_id="copy",
        _enqueue=handed.append,
        query_string="",
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager("/none"),
        main_script_path=str(MAIN),
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(str(MAIN)),
    )


def _is_element(message: ForwardMsg) -> bool:
    return message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element"


def _piece(element: Any) -> Piece:
    kind = str(element.WhichOneof("type"))
    texts = {"html": lambda: element.html.body, "code": lambda: element.code.code_text}
    return Piece(kind=kind, text=str(texts[kind]()) if kind in texts else "")
