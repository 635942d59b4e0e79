"""What is folded away until a reader opens it: the figures under a message, sources, a council's own tables.

The awkward fact: Streamlit has every piece of HTML cleaned in the browser, element by element, and on a page with
thirteen tables that nobody has opened this took a third of the time of a click. So what is inside travels in an
attribute, and `static/folded.js` puts it in place: before it opens, or when the browser is idle. It is ours and
escaped where it was made; HTML `details` open without a rerun, print, and can be searched. Tables under charts do not
travel at all until they are asked for (web/rows.py).
"""

from __future__ import annotations

from markupsafe import Markup

from dashboard.widgets.html import part


def folded(summary: str, inside: Markup, *, kind: str, code: str = "") -> Markup:
    """Return HTML `inside` folded under a `summary`; `kind` is its class, `code` what links land on."""
    carried = Markup(str(inside).replace("&", "&amp;").replace('"', "&quot;"))  # noqa: S704 - escaped for an attribute
    return part("parts", "folded", kind=kind, code=code, inside=carried, summary=summary)
