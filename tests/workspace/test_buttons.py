"""What is done is done once: a second click finds another button, and is still told what the first one did."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from workspace import buttons


def page() -> None:
    import streamlit as st

    from workspace import buttons

    done = st.session_state.setdefault("done", [])
    st.text(buttons.take_said())
    if st.button("Do it", key=buttons.key("do")):
        buttons.once(lambda: done.append("done"), lambda _: "It is done.")
    if st.button("Fail", key="fail"):
        buttons.once(lambda: 1 / 0, lambda _: "Never said.")


def test_a_button_is_another_one_once_its_act_is_done(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(buttons.time, "monotonic", lambda: now[0])
    app = AppTest.from_function(page).run()
    app.button(key="own_do_0").click().run()
    assert app.session_state["done"] == ["done"]
    assert [one.key for one in app.button] == ["own_do_1", "fail"]
    assert app.text[0].value == "It is done."
    app.run()  # as a second click has it
    assert (app.text[0].value, app.session_state["done"]) == ("It is done.", ["done"])
    now[0] += buttons.SECOND_CLICK
    assert app.run().text[0].value == ""


def test_what_failed_is_as_if_nobody_had_asked():
    app = AppTest.from_function(page).run()
    app.button(key="fail").click().run()
    assert app.exception
    assert app.session_state[buttons.TURN] == buttons.Turn(until=pytest.approx(app.session_state[buttons.TURN].until))
