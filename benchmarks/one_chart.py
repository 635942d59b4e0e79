"""A Streamlit page with one chart and a button that counts: what any page must wait for that draws one."""

import streamlit as st


def _count() -> None:
    st.session_state["count"] += 1


st.html("<h1>One chart</h1>")
st.button(f"Again ({st.session_state.setdefault('count', 0)})", key="language_switch", on_click=_count)
values = [2, 1, 3 + st.session_state["count"]]
st.plotly_chart({"data": [{"type": "scatter", "x": [1, 2, 3], "y": values}], "layout": {}})
