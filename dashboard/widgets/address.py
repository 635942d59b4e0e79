"""The view in the address bar: place, language and each page's own choices, so that a link reopens it.

The awkward fact: Streamlit empties the address when the page changes, and would write translated labels
into it if widgets were bound to it. So codes are kept here, in the session, and written back on each run, all at
once at its end: every writing is a step that the reader's back button takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard import beside, drill, links, queries
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import Tray, fault, read
from dashboard.figure import View
from dashboard.figures.catalogue import ENTRIES
from dashboard.figures.request import DEFAULT_PLACE, FROM, POSSIBLE_YEARS, TO, TURNED, Request
from dashboard.i18n import LANGUAGES, Language, language_of_code, t
from dashboard.model import Area, Years
from dashboard.search import names

KEPT = "kept_choices"
UNWRITTEN = "unwritten_choices"
NOTICES = "address_notices"
USUAL_PLACE = "place_is_usual"
DRAWN = "widgets_drawn"
LONGEST_ECHO = 40
FAULTS = {"damaged": "notice.tray_damaged", "many": "notice.tray_many"}  # of a tray
QUIET = tuple(dict.fromkeys(one.name for entry in ENTRIES for one in entry.options if one.is_quiet))  # of one figure
MAY_BE_EMPTY = ("with", FROM, TO, "since", "next", "tray", drill.NAME, *QUIET)  # and then do not stand in the address


def language() -> Language:
    """Return the language of the view; an unknown one in the address gives English and a notice."""
    code = chosen(
        "lang",
        options=LANGUAGES,
        default=LANGUAGES[0],
        unknown="notice.unknown_language",
        meant=links.language_meant,
    )
    return language_of_code(code)


def chosen(
    name: str,
    *,
    options: Sequence[str],
    default: str,
    unknown: str = "notice.unknown_value",
    meant: Callable[[str], str | None] | None = None,
    wish: str | None = None,
) -> str:
    """Return a choice of the view: from the address, else as last chosen, else `default`.

    A value that is not among `options`, nor `meant` as one of them, gives `default` and a plain notice; it never stops
    the page. `wish` is what the address is known to mean.
    """
    remembered: dict[str, str] = st.session_state.setdefault(KEPT, {})
    written = _in_address().get(name)
    wish = wish or (written if written or "" in options else None)
    if wish is not None and wish not in options:
        understood = meant(wish) if meant else links.value_meant(wish, options)
        if understood is None:
            _notice(unknown, name, wish)
        wish = understood or default
    value = wish if wish is not None else remembered.get(name, default)
    value = value if value in options else default
    remembered[name] = value
    if st.query_params.get(name) != value:
        _unwritten()[name] = value
    return value


def asks(name: str) -> bool:
    """Tell whether the address says anything under a name."""
    return bool(_in_address().get(name))


def quiet(name: str, *, options: Sequence[str]) -> str:
    """Return a choice of one figure as the address has it; "" where it has none that the figure admits.

    Such a choice is the address's alone: it is not kept from page to page, and its usual value is not written.
    """
    written = _in_address().get(name, "")
    day = links.day_meant(written)
    code = written if written in options else day.isoformat() if day else links.value_meant(written, options)
    return code if code and code in options else ""


def note_unheld(name: str, *, options: Sequence[str]) -> None:
    """Say that no figure of a page has what the address asks for and take it out, where it is none of their options."""
    written = _in_address().get(name, "")
    if written and not quiet(name, options=options):
        _notice("notice.not_held", name, written)
        _unwritten()[name] = ""


def place(options: Sequence[str], *, build: str) -> str:
    """Return the place of the view; one that no link and no choice has named yet is noted, for `place_is_usual`."""
    named = asks("place") or "place" in st.session_state.setdefault(KEPT, {})
    if not named:
        st.session_state[USUAL_PLACE] = True
    every = links.every_value(_parts()).get("place", ())
    codes = tuple(dict.fromkeys(code for text in every for code in links.places_named(text, build=build)))
    if len(codes) > 1:
        _notice("notice.several_places", "place", ", ".join(every))
    first = next((code for code in codes if code), None)
    called = None if first else next((code for text in every if (code := names.place_called(text))), None)
    first = called if called in options else first
    small = None if first else called or next((c for text in every if (c := drill.meant(text, build=build))), None)
    if small:  # a small area is a choice within its authority
        first = queries.area(small, build=build).within
        _unwritten()[drill.NAME] = st.session_state[KEPT][drill.NAME] = small
    town = None if first else next((one for text in every if (one := names.town_meant(text))), None)
    if town:
        first = town.place
        _notice("notice.town", "place", ", ".join(every))
    return chosen(
        "place",
        options=options,
        default=DEFAULT_PLACE,
        unknown="notice.unknown_place",
        meant=lambda written: links.place_meant(written, build=build),
        wish=first,
    )


def others(place: Area, *, build: str) -> tuple[Area, ...]:
    """Return the places beside ours: from the address, else as last chosen; what may not stand there gets a notice."""
    remembered: dict[str, str] = st.session_state.setdefault(KEPT, {})
    written = _in_address().get("with")
    codes = beside.meant(remembered.get("with", "") if written is None else written)
    areas, refusal = beside.read(codes, place=place, build=build)
    if written and refusal:
        _notice(f"compare.notice.{refusal}", "with", written)
    remembered["with"] = beside.written(areas)
    if st.query_params.get("with", "") != remembered["with"]:
        _unwritten()["with"] = remembered["with"]
    return areas


def small_area(place: Area, *, build: str) -> Area | None:
    """Return the small area of the place that the reader has chosen; None for the whole of it."""
    codes = drill.small_areas(place, build=build)
    meant = partial(small_area_meant, codes, build=build)
    code = chosen(drill.NAME, options=("", *codes), default="", meant=meant)
    return queries.area(code, build=build) if code else None


def small_area_meant(codes: Sequence[str], text: str, *, build: str) -> str | None:
    """Return the one of the small areas held that a link means."""
    code = drill.meant(text, build=build)
    return code if code in codes else None


def years() -> Years:
    """Return the years of the view; those that are none, or turned round, give all years and a notice."""
    first, last = (
        chosen(name, options=("", *POSSIBLE_YEARS), default="", unknown="notice.no_year") for name in (FROM, TO)
    )
    named = Years(first=int(first) if first else None, last=int(last) if last else None)
    if named.are_turned:
        _notice(f"compare.notice.{TURNED}", FROM, f"{first} – {last}")
        for name in (FROM, TO):
            st.session_state[KEPT][name] = _unwritten()[name] = ""
        return Years()
    return named


def since() -> date | None:
    """Return the day after which a release is news, such as the last meeting."""
    return _day_named("since")


def next_meeting() -> date | None:
    """Return the day of the next meeting; one before the last meeting gets a notice."""
    day, last = _day_named("next"), _day_named("since")
    if links.meetings_turned({"since": last, "next": day}):
        _notice("notice.meetings_turned", "next", f"{day} < {last}")
    return day


def _day_named(name: str) -> date | None:
    """Return a day of the view: from the address, else as it was last; what is no day gives none and a notice."""
    remembered: dict[str, str] = st.session_state.setdefault(KEPT, {})
    written = _in_address().get(name)
    day = links.day_meant(remembered.get(name, "") if written is None else written)
    if written and day is None:
        _notice("notice.no_date", name, written)
    remembered[name] = day.isoformat() if day else ""
    if st.query_params.get(name, "") != remembered[name]:
        _unwritten()[name] = remembered[name]
    return day


def tray() -> Tray:
    """Return what lies in my briefing: from the address, else as it was last; what is no part of one gets a notice."""
    remembered: dict[str, str] = st.session_state.setdefault(KEPT, {})
    written = _in_address().get("tray", remembered.get("tray", ""))
    contents, why = read(written, home=home), fault(written)
    if why:
        _notice(FAULTS[why], "tray", written)
    remembered["tray"] = contents.short() if why else written
    if st.query_params.get("tray", "") != remembered["tray"]:
        _unwritten()["tray"] = remembered["tray"]
    return contents


def place_is_usual(code: str) -> bool:
    """Tell whether nobody has named a place yet, so that `code` is merely where the dashboard opens."""
    usual = code == DEFAULT_PLACE and st.session_state.get(USUAL_PLACE, False)
    st.session_state[USUAL_PLACE] = usual
    return bool(usual)


def write() -> None:
    """Write what this run found into the address, in one step; what has been told about, or meant nothing, goes."""
    now = {**_in_address(), **st.session_state.pop(UNWRITTEN, {})}
    now = {name: value for name, value in now.items() if value or name not in MAY_BE_EMPTY}
    if sorted(now.items()) != sorted(_parts()):
        st.query_params.from_dict(now)


def note_strange_parts() -> None:
    """Turn what the address says and nobody can follow into notices: no meaning, or two at once."""
    _, strange = links.understood(_parts())
    for name, value in strange.items():
        _notice("notice.unknown_part", name, f"{name}={value}")
    for name, every in links.every_value(_parts()).items():
        if len({links.letters_of(value) for value in every}) > 1 and name != "place":
            _notice("notice.several_values", name, ", ".join(every))


def _notice(key: str, name: str, value: str) -> None:
    st.session_state.setdefault(NOTICES, []).append((key, name, value[:LONGEST_ECHO]))


def _in_address() -> dict[str, str]:
    """Return the parts of the address as they were meant."""
    return links.understood(_parts())[0]


def _parts() -> list[tuple[str, str]]:
    """Return every part of the address, those that are named twice too."""
    return [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]


def keep(name: str, value: str) -> None:
    """Remember a reader's choice and write it into the address: a step to come back to."""
    st.session_state.setdefault(KEPT, {})[name] = value
    _unwritten().pop(name, None)
    if value != st.query_params.get(name, ""):
        keep_text(name, value)


def keep_place(code: str, *, build: str) -> None:
    """Remember a place, or a small area with the authority it lies in: one step to come back to.

    A place that stood beside ours has become ours.
    """
    small = code if drill.is_small(code, build=build) else ""
    place = queries.area(small, build=build).within or code if small else code
    remembered = st.session_state.setdefault(KEPT, {})
    now = _in_address().get("with") or remembered.get("with", "")
    left = beside.APART.join(one for one in now.split(beside.APART) if one and one != place)
    keep_all({"place": place, drill.NAME: small, "with": left})


def keep_all(changed: Mapping[str, str]) -> None:
    """Remember several choices and write them into the address as one step; an empty one goes."""
    remembered: dict[str, str] = st.session_state.setdefault(KEPT, {})
    for name, value in changed.items():
        _unwritten().pop(name, None)
        remembered.pop(name, None)
        remembered |= {name: value} if value or name in MAY_BE_EMPTY else {}
    parts = {name: value for name, value in {**_in_address(), **changed}.items() if value}
    if sorted(parts.items()) != sorted(_parts()):
        st.query_params.from_dict(parts)


def forget(name: str) -> None:
    """Drop a choice, so that the next run takes its default: for one that another choice has made meaningless."""
    st.session_state.setdefault(KEPT, {}).pop(name, None)
    _unwritten().pop(name, None)
    if name in st.query_params:
        del st.query_params[name]


def keep_text(name: str, text: str) -> None:
    """Write a free text into the address, or take it out when it is empty."""
    if text:
        st.query_params[name] = text
    elif name in st.query_params:
        del st.query_params[name]


def select(
    name: str,
    *,
    now: str,
    label: str,
    options: Sequence[str],
    words: Callable[[str], str],
    lang: Language,
    width: int,
    take: Callable[[str], None] | None = None,
) -> None:
    """Show a picker whose choice goes into the address as a code; it stands on the address's own choice, `now`.

    Its key is one per language, for labels are remembered with a widget. `take` is what is done with a choice, where
    that is more than to remember it.
    """
    take = take or partial(keep, name)
    key = f"{name}_picker_{lang}"
    lost = not was_drawn(key)
    if not lost:
        st.session_state[key] = now
    chosen_here = st.selectbox(
        label,
        options=options,
        index=options.index(now) if lost else 0,
        format_func=words,
        key=key,
        on_change=lambda: take(st.session_state[key]),
        width=width,
    )
    if lost and chosen_here != now:
        take(chosen_here)
        st.rerun()


def was_drawn(key: str) -> bool:
    """Tell whether this session drew the widget before, and note that it does now.

    A browser that comes back after its session was lost sends a choice for a widget that this session does not know:
    no callback runs, and what was chosen must be taken from what the widget returns.
    """
    drawn: set[str] = st.session_state.setdefault(DRAWN, set())
    was_there = key in drawn
    drawn.add(key)
    return was_there


def on_choice(name: str, *, key: str) -> Callable[[], None]:
    """Return the callback that takes a widget's new value (session key `key`) into the address."""

    def take() -> None:
        keep(name, st.session_state[key])

    return take


def take_notices() -> list[tuple[str, str, str]]:
    """Return the notices about unknown values in the address, once."""
    notices: list[tuple[str, str, str]] = st.session_state.pop(NOTICES, [])
    return list(dict.fromkeys(notices))


def link(**others: str) -> str:
    """Return the address of this very view, with `others` laid over it, e.g. "?lang=cy&place=W06000015"."""
    now = {**_in_address(), **_unwritten()}
    now = {name: value for name, value in now.items() if value or name not in MAY_BE_EMPTY}
    parts = {**dict(sorted(now.items())), **others}
    emptied = (name for name in MAY_BE_EMPTY if not parts.get(name) and not st.session_state.get(KEPT, {}).get(name))
    for name in emptied:
        parts.pop(name, None)
    return "?" + urlencode(parts)


def way(page: str, view: View, *, block: str = "", small_area: str | None = None, group: str = "") -> str:
    """Return where a page or a block on it is shown to a view, seen from any page: "./sanctuary?place=…#ukraine".

    `small_area` is one within its place, or "" for none; the reader's own stays where it is None. `group` is the one
    that the page By group is about.
    """
    there = replace(view, beside=tuple(one for one in view.beside if one != view.place))
    path = "" if page == "home" else page
    is_chosen = st.session_state.get(KEPT, {}).get(drill.NAME)
    small = f"&{drill.NAME}={small_area}" if small_area or (small_area == "" and is_chosen) else ""
    about = f"&group={group}" if group else ""
    return f"./{path}?{Request.of(there).address()}{small}{about}{f'#{block}' if block else ''}"


def show_notices(*, lang: Language, place_name: str) -> None:
    """Say plainly which parts of the address were not understood and what is shown instead."""
    for key, name, value in take_notices():
        sentence = as_text(t(key, lang=lang, name=name, value=_HERE, place=place_name))
        st.info(sentence.replace(_HERE, as_letters(value)))


_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&@/])")
_HERE = "\ue000"  # a letter of no language, where the words of an address will stand


def as_text(text: str) -> str:
    """Return a text such that Markdown shows it as it stands: no link, picture, colour, formula or heading of it."""
    return _MARKUP.sub(lambda letter: f"&#{ord(letter[0])};", text)


def as_letters(text: str) -> str:
    """Return somebody else's words as a code span of Markdown, on one line.

    Whatever is escaped, the browser makes links of bare addresses once all is read; in a code span it does not look.
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    fence = "`" * (1 + max(map(len, re.findall("`+", line)), default=0))
    return f"{fence} {line} {fence}" if line else ""


def _unwritten() -> dict[str, str]:
    parts: dict[str, str] = st.session_state.setdefault(UNWRITTEN, {})
    return parts
