import threading
from pathlib import Path

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from dashboard.widgets.recorded import recorded

ROOT = Path(__file__).parents[3]


def test_what_is_recorded_of_a_page_is_what_the_live_one_sends(build):
    query = {"place": "W06000014", "lang": "cy"}
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=300)
    app.query_params.update(query)
    sent = [element.proto.body for element in app.run().get("html")]
    trail, *inside = recorded("home", query)
    texts = [piece.text for piece in inside if piece.kind == "html"]
    assert len(texts) > 8
    first = sent.index(texts[0])
    assert texts == sent[first : first + len(texts)]
    assert trail.text in sent


def test_a_page_is_drawn_apart_and_leaves_no_context_behind(build):
    recorded("facts", {"place": "W06000014", "lang": "en"})
    assert get_script_run_ctx(suppress_warning=True) is None
    assert not [one for one in threading.enumerate() if one.name.startswith("ThreadPoolExecutor")]
