"""The origin of a table read from a newer release than the one its module was written for.

The awkward fact: what a module says about its edition, its coverage and how it was checked was true of one file. Said
of another it would be a lie, so a newer file gets what can be known of it, in both languages, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from cohesion.periods import last_day
from etl.contract import ContractError
from etl.pipeline.history import Accepted
from etl.pipeline.origin import Origin
from etl.pipeline.origin_files import EveryEdition
from etl.pipeline.published_files import Edition
from etl.reading.periods import day_words, month_words
from etl.reading.release_days import stated


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One publication file at hand; `released` is a day or a month ("2026-07-23", "2026-07"), "" where nobody says.

    `typed` is the day of release that a person says, which overrules what the file and its page say; `newer_looking`
    are files beside it that look newer and that we have no name for.
    """

    path: Path
    sha256: str
    released: str
    url: str = ""
    typed: str = ""
    newer_looking: tuple[str, ...] = ()


def released_in_name(name: str) -> str:
    """Return the day at the end of a file's name ("prc-pfa-…-tables-230726.ods" -> "2026-07-23"), or ""."""
    matched = re.search(r"-(\d{2})(\d{2})(\d{2})\.\w+$", name)
    if matched is None:
        return ""
    try:
        return date(2000 + int(matched[3]), int(matched[2]), int(matched[1])).isoformat()
    except ValueError:
        return ""


_RELEASED = re.compile(r"\d{4}(-\d{2}){0,2}")  # a day; a month or a year where nobody says more


def release_day(text: str, *, where: str, today: date) -> str:
    """Return a day, month or year of release as it stands; raise for another spelling, and for one still to come.

    A day in the future would refuse every true release after it as an older one.
    """
    try:
        if not _RELEASED.fullmatch(text):
            raise ValueError(text)
        first = date.fromisoformat(f"{text}-01-01"[: len("2026-07-23")])
    except ValueError as error:
        expected = "a day of release such as 2026-07-23"
        raise ContractError(f"{where}: expected {expected}; came {text!r}", kind="day") from error
    if first > today:
        raise ContractError(f"{where}: expected a day of release up to today, {today}; came {text}", kind="day")
    return text


def periods_have_ended(tidy: pd.DataFrame, *, arrival: Arrival, today: date) -> None:
    """Raise when a figure's period ends after its release, or after today: a slip in a title, or another's clock."""
    precision = {4: "Y", 7: "M"}.get(len(arrival.released), "D")
    latest = pd.Period(arrival.released, freq=precision).end_time.date()
    periods = tidy[["measure", "period_start", "period_months"]].astype(str).drop_duplicates()
    for measure, start, months in periods.itertuples(index=False, name=None):
        end = last_day(date.fromisoformat(start), months=int(months))
        if end > min(latest, today):
            raise ContractError(
                f"{arrival.path.name}: expected periods that had ended by the release of {arrival.released}; "
                f"came {measure} of {start}, {months} months, to {end}",
                kind="future",
            )


def release_of(arrival: Arrival, *, edition: Edition | None, today: date) -> str:
    """Return when a file came out: as a person says, or the file, or else its name or page, or its edition's habit.

    Raises for none, for a spelling that is no day and for a day still to come, naming the sheet that states it.
    """
    habit = edition.released if edition else ""
    exact = habit if len(habit) == len("2026-07-23") else ""
    if not (arrival.typed or exact) and (cover := stated(arrival.path)):
        return release_day(cover.day, where=f"{arrival.path.name}, {cover.where}", today=today)
    where = f"{arrival.path.name}{', its notes' if exact and not arrival.typed else ''}"
    released = arrival.typed or exact or arrival.released or habit
    if not released:
        raise ContractError(
            f"{arrival.path.name}: expected its day of release; came none; say it with --released", kind="no_day"
        )
    return release_day(released, where=where, today=today)


def latest_release(released: str, *, origin: Mapping[str, str], edition: Edition | None) -> str:
    """Return the day of release to keep: a correction that says an earlier day moves its edition's day not back."""
    before = str(origin.get("released", ""))
    same = edition is not None and edition.english == origin.get("edition")
    return before if same and before and _compare(released, before) < 0 else released


def not_older(name: str, *, origin: Mapping[str, str], arrival: Arrival, edition: Edition | None) -> None:
    """Raise when a file was released before the edition held; a correction of that very edition may say any day."""
    released = str(origin.get("released", ""))
    if edition and edition.english == origin.get("edition"):
        return
    if released and _compare(arrival.released, released) < 0:
        raise ContractError(
            f"{arrival.path.name}: expected a release for {name} of {released}, which we hold, or newer; "
            f"came an older one, of {arrival.released}",
            kind="older",
        )


def is_older(released: str, *, than: str) -> bool:
    """Tell whether a release came out before another, as far as the coarser of the two says."""
    return bool(than) and _compare(released, than) < 0


def _compare(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return (one[:length] > other[:length]) - (one[:length] < other[:length])


def renewed(
    origin: Origin,
    *,
    arrival: Arrival,
    edition: Edition | None,
    tidy: pd.DataFrame,
    today: date,
    words: EveryEdition,
    caution: tuple[str, str] | None = None,
) -> Origin:
    """Return the origin of what was read from a file that arrived; what the file says of its edition goes first.

    `words` say what its coverage must say beside its periods, `caution` what this very file warns of.
    """
    starts = tidy["period_start"].astype(str)
    (first_en, first_cy), (last_en, last_cy), (today_en, today_cy), (out_en, out_cy) = map(
        in_words, (starts.min(), starts.max(), today.isoformat(), arrival.released)
    )
    return replace(
        origin,
        edition=edition.english if edition else f"Released {out_en}",
        edition_cy=edition.welsh if edition else f"Cyhoeddwyd {out_cy}",
        released=arrival.released,
        url=arrival.url or origin.url,
        grade="A",
        caution_en=caution[0] if caution else origin.caution_en,
        caution_cy=caution[1] if caution else origin.caution_cy,
        coverage_en=f"As released: periods that begin from {first_en} to {last_en}. {words.coverage_en}".strip(),
        coverage_cy=f"Fel y'i cyhoeddwyd: cyfnodau sy'n dechrau o {first_cy} i {last_cy}. {words.coverage_cy}".strip(),
        checked_en=f"Read from the publisher's own file on {today_en}; it passed every check of this table.",
        checked_cy=f"Darllenwyd o ffeil y cyhoeddwr ei hun ar {today_cy}; pasiodd bob gwiriad ar gyfer y tabl hwn.",
    )


def accepted(origin: Origin, *, meant: Accepted, today: date) -> Origin:
    """Return the origin that says how much a person looked at and took for right, contradictions and large changes."""
    english, welsh = in_words(today.isoformat())
    told_en, told_cy = [origin.checked_en], [origin.checked_cy]
    if meant.contradictions:
        told_en.append(
            "Figures that another publication gives otherwise, looked at and accepted on "
            f"{english}: {meant.contradictions}."
        )
        told_cy.append(
            "Ffigurau y mae cyhoeddiad arall yn eu rhoi'n wahanol, yr edrychwyd arnynt a'u derbyn ar "
            f"{welsh}: {meant.contradictions}."
        )
    if meant.large_changes:
        told_en.append(
            "Figures that fell to nothing or rose from it, halved or doubled, and running totals that fell, "
            "looked at and accepted on "
            f"{english}: {meant.large_changes}."
        )
        told_cy.append(
            "Ffigurau a aeth yn ddim neu a gododd o ddim, a hanerodd neu a ddyblodd, a chyfansymiau cronnus a "
            "ostyngodd, yr edrychwyd arnynt a'u derbyn ar "
            f"{welsh}: {meant.large_changes}."
        )
    return replace(origin, checked_en=" ".join(told_en), checked_cy=" ".join(told_cy))


_ONLY_EN, _ONLY_CY = " Only what the release of ", " Dim ond yr hyn na roddir o'r newydd (cyhoeddiad: "


def stepped_back(origin: Origin, *, arrival: Arrival) -> Origin:
    """Return the origin of a table that a newer release has taken figures out of: it says that it holds the rest."""
    english, welsh = in_words(arrival.released)
    return replace(
        origin,
        coverage_en=f"{origin.coverage_en.partition(_ONLY_EN)[0]}{_ONLY_EN}{english} does not give anew.",
        coverage_cy=f"{origin.coverage_cy.partition(_ONLY_CY)[0]}{_ONLY_CY}{welsh}).",
        **_cautioned(origin, added=_SUMS),
    )


_SUMS = (
    "A sum over areas of both releases adds figures of two editions.",
    "Mae swm dros ardaloedd o'r ddau gyhoeddiad yn adio ffigurau dau argraffiad.",
)


def _cautioned(origin: Origin, *, added: tuple[str, str]) -> dict[str, str]:
    """Return the cautions of an origin with a sentence more, unless they say it already."""
    return {
        f"caution_{lang}": before if sentence in before else f"{before} {sentence}".strip()
        for lang, before, sentence in zip(("en", "cy"), (origin.caution_en, origin.caution_cy), added, strict=True)
    }


def in_words(day: str) -> tuple[str, str]:
    """Return a day, a month or a year in English and Welsh ("2026-07-23" -> "23 July 2026", "23 Gorffennaf 2026")."""
    try:
        if re.fullmatch(r"\d{4}", day):
            return day, day
        if re.fullmatch(r"\d{4}-\d{2}", day):
            return month_words(date.fromisoformat(f"{day}-01"))
        return day_words(date.fromisoformat(day))
    except ValueError as error:
        raise ContractError(f"expected a day, a month or a year such as 2026-07-23; came {day!r}") from error
