"""A Streamlit page with nothing on it but a button that counts: the floor that every page is measured against."""

import streamlit as st


def _count() -> None:
    st.session_state["count"] += 1


st.html("<h1>Nothing</h1>")
st.button(f"Again ({st.session_state.setdefault('count', 0)})", key="language_switch", on_click=_count)
