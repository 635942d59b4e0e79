"""What is coming for a place, on the page: weeks with what is held for each, releases, the calendar; and sets of cards.

The awkward fact: a list of twenty weeks with all their figures is longer than the page it stands on. So each is a line
of when and what, and what is held for it is folded below.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.age import today
from dashboard.figure import View
from dashboard.figures.catalogue import BY_CODE, with_usual
from dashboard.figures.coming import Expected, Week, expected, held_words, release_words, weeks
from dashboard.figures.request import in_address
from dashboard.i18n import LANGUAGES, Language, t, tn
from dashboard.i18n.periods import day_name, release_label
from dashboard.memory import remembered
from dashboard.model import Area
from dashboard.web.card_sets import MINE, TOPICS, TRAY
from dashboard.web.coming import CALENDAR, FEED
from dashboard.widgets import address
from dashboard.widgets.folded import folded
from dashboard.widgets.html import filled
from dashboard.widgets.raw_html import Ready


def card_sets(view: View) -> None:
    """Show the sets of cards there are for the place: one for each topic, and one of what lies in the tray."""
    st.html(Ready(filled("card_sets", sets=_sets(view), text=t("briefings.cards_text", lang=view.lang))))


def _sets(view: View) -> list[tuple[str, str]]:
    query = {"place": view.place.code, "lang": view.lang, **in_address((), view.years)}
    addresses = [(_cards(code, query), t(f"card_set.{code}", lang=view.lang)) for code in TOPICS]
    tray = address.tray()
    if any(piece.code in BY_CODE for piece in tray.pieces):
        addresses.append((_cards(MINE, {**query, TRAY: tray.short()}), t(f"card_set.{MINE}", lang=view.lang)))
    return addresses


def _cards(code: str, query: dict[str, str]) -> str:
    return f"cards/{code}.zip?{urlencode(query, safe='*,')}"


def listed(view: View) -> None:
    """Show what is coming within a year, and where its calendar and its feed are."""
    st.html(Ready(_listed(view.place, view.build, view.lang, today())))


@remembered(most=32)
def _listed(place: Area, build: str, lang: Language, day: date) -> Markup:
    view = View(place=place, build=build, lang=lang)
    query = f"?place={place.code}&lang="
    files = {"calendar": CALENDAR, "feed": FEED}
    calendars = [
        (f"{path[1:]}{query}{one}", t(f"briefings.coming_{name}.{one}", lang=lang))
        for name, path in files.items()
        for one in LANGUAGES
    ]
    return filled(
        "coming",
        say={key: t(f"briefings.coming_{key}", lang=lang) for key in ("text", "weeks", "releases")},
        calendars=calendars,
        weeks=[_week(one, view) for one in weeks(view.subject, day=day)],
        releases=[_release(one, lang) for one in expected(place, build=build, day=day)],
    )


def _week(one: Week, view: View) -> dict[str, object]:
    """Return one line: when and what, whether its date must be checked, and what is held for it, folded."""
    lang, campaign = view.lang, one.occasion.campaign
    links = [_figure(code, view) for code in one.figures]
    if one.facts:
        links.append((f"facts?place={view.place.code}&lang={lang}", t("nav.facts", lang=lang)))
    if one.cards:
        name = tn("ahead.cards", count=len(one.cards), lang=lang)
        links.append((_cards(one.code, {"place": view.place.code, "lang": lang}), name))
    links_html = filled("links", links=links)
    return {
        "when": _when(one, lang),
        "name": campaign.name.text(lang),
        "note": _note(one, lang),
        "held": folded(held_words(one, view.place).text(lang), links_html, kind="ct-how") if links else "",
        "source": (campaign.source_url, t("ahead.where_read", lang=lang)),
    }


def _note(one: Week, lang: Language) -> str:
    """Say of what has no day yet that it must be checked, and in its month that it may be over."""
    if one.occasion.is_dated:
        return ""
    note = t("ahead.rule.each_year", lang=lang)
    return f"{note} {t('ahead.may_be_over', lang=lang)}" if one.may_be_over else note


def _figure(code: str, view: View) -> tuple[str, str]:
    """Return where a figure stands and the question it answers."""
    entry = BY_CODE[code]
    page = "./" if entry.page == "home" else entry.page
    return f"{page}?place={view.place.code}&lang={view.lang}#{code}", entry.asks(with_usual(code, view))


def _when(one: Week, lang: Language) -> str:
    """Name the day, the days, the month or the months of an occasion."""
    occasion = one.occasion
    if occasion.campaign.rule in ("month", "each_year"):
        months = dict.fromkeys(f"{day:%Y-%m}" for day in (occasion.first, occasion.last))
        return " – ".join(release_label(one, lang=lang) for one in months)
    ends = dict.fromkeys((occasion.first, occasion.last))
    return " – ".join(day_name(day).text(lang) for day in ends)


def _release(one: Expected, lang: Language) -> dict[str, str]:
    when = release_label(f"{one.first:%Y-%m}", lang=lang)
    return {"when": when, "name": one.publication.text(lang), "text": release_words(one).text(lang)}
