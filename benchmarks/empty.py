"""A Streamlit page with nothing on it: the floor that every page is measured against."""

import streamlit as st

st.html("<h1>Nothing</h1>")
