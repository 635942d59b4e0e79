"""A Streamlit page with plain charts and a button that changes each: what any page waits for that draws as many.

The environment variable CHARTS says how many.
"""

import os

import streamlit as st


def _count() -> None:
    st.session_state["count"] += 1


st.html("<h1>Plain charts</h1>")
st.button(f"Again ({st.session_state.setdefault('count', 0)})", key="language_switch", on_click=_count)
for number in range(int(os.environ["CHARTS"])):
    values = [2, 1, number + st.session_state["count"]]
    st.plotly_chart({"data": [{"type": "scatter", "x": [1, 2, 3], "y": values}], "layout": {}}, key=f"chart_{number}")
