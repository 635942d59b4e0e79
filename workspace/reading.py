"""What the door gives of a place to somebody, made ready for figures: asked each time, and remembered by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dashboard.model import ALL_YEARS, Area, Words, Years
from local_figures import door
from local_figures.store import editions
from local_figures.store.editions import PARTNER, Act
from local_figures.store.engine import Store
from local_figures.templates import templates
from workspace.figures.inputs import Event, Inputs

EVENTS = "local_events"


def inputs_of(store: Store, act: Act, names: Iterable[str], *, place: Area, years: Years = ALL_YEARS) -> Inputs:
    """Return what may be told of a place to who asks, of some templates; refused for whoever has no role now."""
    is_member = editions.role(store, act) != PARTNER
    counted = dict.fromkeys(name for name in names if templates()[name].may_be_shown)
    on_show = {name: door.show(store, act, name) for name in counted}
    return Inputs(
        place=place,
        editions={name: one for name, one in on_show.items() if one},
        events=tuple(_events(store, act, place)) if is_member else (),
        years=years,
        is_member=is_member,
    )


def _events(store: Store, act: Act, place: Area) -> Iterator[Event]:
    """Yield the local events of a place, or of those it is made of; one in one language stands in both."""
    areas = {place.code, *place.members}
    for line in door.lines(store, act, EVENTS).lines.values():
        if line["area_code"] in areas:
            title = Words(en=line["title_en"], cy=line["title_cy"] or line["title_en"])
            yield Event(day=date.fromisoformat(line["date"]), kind=line["event_kind"], title=title)
