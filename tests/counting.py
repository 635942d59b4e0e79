"""How many questions something asks of the database when nothing is remembered yet."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper

from dashboard import store
from dashboard.memory import Cache

FIGURES = re.compile(r"\b(FROM|JOIN) (observation|packed)\b")
STAYS = ("dashboard.i18n", "dashboard.charts")  # texts and letters, which are of no build


def forget() -> None:
    """Empty every memory of the dashboard that answers are kept in; the connections stay."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("dashboard.") or name.startswith(STAYS):
            continue
        for one in vars(module).values():
            if isinstance(one, _lru_cache_wrapper) and one not in (store._connection, store._digest):
                one.cache_clear()
            elif isinstance(one, Cache):
                one.clear()


@contextmanager
def questions() -> Iterator[list[str]]:
    """Collect the questions that are asked of the database inside the block."""
    asked: list[str] = []
    answer = store._answer

    def counted(sql: str, *args: object, **kwargs: object) -> object:
        asked.append(sql)
        return answer(sql, *args, **kwargs)

    store._answer = counted
    try:
        yield asked
    finally:
        store._answer = answer


def cold(ask: Callable[[], object]) -> int:
    """Return how many questions about figures `ask` takes with every memory empty; names are read once in a build."""
    forget()
    with questions() as asked:
        ask()
    return len([one for one in asked if FIGURES.search(one)])
