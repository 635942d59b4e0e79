"""Pages are written in turns: never two at once, and none waits for ever."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from dashboard import page_queue


def test_no_two_pages_are_written_at_once():
    inside, most = [], []

    def write(number: int) -> None:
        with page_queue.turn():
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.002)
            inside.remove(number)

    with ThreadPoolExecutor(8) as visitors:
        list(visitors.map(write, range(24)))
    assert most == [1] * 24


def test_a_page_that_fails_gives_its_turn_up():
    with pytest.raises(ValueError, match="a page failed"), page_queue.turn():
        raise ValueError("a page failed")
    with ThreadPoolExecutor(1) as other:
        assert other.submit(_in_turn, Event()).result(timeout=5)


def test_long_work_outside_python_lets_others_by_and_comes_back_in_turn():
    with ThreadPoolExecutor(1) as other, page_queue.turn():
        done = Event()
        with page_queue.aside():
            assert other.submit(_in_turn, done).result(timeout=5)
        waiting = other.submit(_in_turn, Event())
        time.sleep(0.02)
        assert done.is_set()
        assert not waiting.done()


def test_a_page_that_hangs_does_not_stop_the_others_for_good(monkeypatch):
    monkeypatch.setattr(page_queue, "PATIENCE", 0.05)
    with page_queue.turn(), ThreadPoolExecutor(2) as others:
        first, second = (others.submit(_in_turn, Event()) for _ in range(2))
        assert first.result(timeout=5)
        assert second.result(timeout=5)
    monkeypatch.setattr(page_queue, "PATIENCE", 5)
    test_no_two_pages_are_written_at_once()  # what was never held is not given back


def test_aside_without_a_turn_gives_none_back():
    with page_queue.aside():
        pass
    test_no_two_pages_are_written_at_once()


def _in_turn(done: Event) -> bool:
    with page_queue.turn():
        done.set()
    return done.is_set()
