"""A set of briefings for many places from one small file, and a letter for each that only has to be sent.

The awkward fact: the file is written by hand and run at night. So everything in it is checked before anything is made,
and a letter is a file that a mail program opens: nothing here knows how to send one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from itertools import chain, count
from pathlib import Path

from dashboard import beside, links, queries
from dashboard.briefing.compose import Own, compose
from dashboard.briefing.documents import ready, unplaced
from dashboard.briefing.forms import BOTH, File, as_file, drawn_as, forms_of, is_bilingual
from dashboard.briefing.kinds import BY_CODE, CHOICES
from dashboard.briefing.model import EVERY_KIND, Briefing
from dashboard.briefing.parts import ACTIONS, RAISED
from dashboard.briefing.pieces import home
from dashboard.briefing.saved_briefing import ALL, SavedBriefing, SavedBriefingError, quoted, read
from dashboard.briefing.tray import MOST, Tray, fault
from dashboard.briefing.tray import read as tray_of
from dashboard.i18n import LANGUAGES, t
from dashboard.i18n.periods import day_name
from dashboard.i18n.text import say
from dashboard.model import Years

_IN_FILE = {ACTIONS: "actions", RAISED: "questions"}  # tables of a meeting, as a file names them
LONGEST_LINE = 998  # letters of a letter's line, by its rules: no title is folded


@dataclass(frozen=True, kw_only=True)
class Order:
    """One briefing of one place to be made: checked, so that making it fails for no word of the file.

    `notes` say what of the file it goes without.
    """

    entry: SavedBriefing
    kind: str
    choice: str
    form: str
    languages: tuple[str, ...]
    place: str
    own: Own | None
    notes: tuple[str, ...] = ()


def orders(path: Path, *, build: str) -> tuple[Order, ...]:
    """Return all that a file asks for; raise `SavedBriefingError` with the file's name for what cannot be made."""
    try:
        every = read(path.read_text(encoding="utf-8"))
        return tuple(order for n, one in enumerate(every, start=1) for order in _orders(one, n, build=build))
    except UnicodeDecodeError as error:
        raise SavedBriefingError(
            f"{path.name}: expected a text in UTF-8; came byte {error.start + 1} that is none"
        ) from error
    except SavedBriefingError as error:
        raise SavedBriefingError(f"{path.name}: {error}") from error


def _orders(one: SavedBriefing, number: int, *, build: str) -> Iterator[Order]:
    where = f"briefing {number}"
    kind = _among(one.kind or ("mine" if one.tray else "one_page"), EVERY_KIND, what="kind", where=where)
    offered = {form.code: form for form in forms_of(kind)}
    form = _among(one.form or next(iter(offered)), tuple(offered), what=f"form of {kind}", where=where)
    language = _among(one.language or BOTH, (*LANGUAGES, BOTH), what="language", where=where)
    about = BY_CODE[kind].choice
    about_code = one.about.get(about.name, "") if about else ""
    choice = _among(about_code or about.codes[0], about.codes, what=about.name, where=where) if about else ""
    tray = tray_of(one.tray, home=home)
    if kind == "mine" and tray.pieces and fault(one.tray):
        came = quoted(one.tray)
        raise SavedBriefingError(f"{where}: expected a tray of at most {MOST} pieces that can all be read; came {came}")
    if kind == "mine" and not tray.pieces:
        raise SavedBriefingError(f"{where}: expected a tray with at least one piece; came {quoted(one.tray)}")
    every_place = queries.places(build=build)
    places = every_place if ALL in one.places else one.places
    if not places:
        raise SavedBriefingError(f'{where}: expected places, such as ["W06000015"] or ["{ALL}"]; came none')
    unused = tuple(_unused(one, tray, kind, where=where))
    for place in places:
        _among(place, every_place, what="place", where=where)
        alike = bool(beside.similar_to(queries.area(place, build=build), build=build))
        named = one if alike else replace(one, beside=tuple(code for code in one.beside if code != beside.SIMILAR))
        own = _own(named, tray, place, where=where, build=build) if kind == "mine" else _meeting(one, kind)
        in_one = is_bilingual(drawn_as(kind, form), form=form, languages=language)
        lacks = kind == "mine" and named != one
        lacking = f"{where}: left out {beside.SIMILAR} beside {place}, which has no areas like it"
        yield Order(
            entry=one,
            kind=kind,
            choice=choice,
            form=form,
            languages=LANGUAGES if language == BOTH and not in_one else (language,),
            place=place,
            own=own,
            notes=(*unused, lacking) if lacks else unused,
        )


def _unused(one: SavedBriefing, tray: Tray, kind: str, *, where: str) -> Iterator[str]:
    """Yield what of the file says nothing in a briefing of its kind, and what in it contradicts itself."""
    about = BY_CODE[kind].choice
    strange = [one_of.name for one_of in CHOICES if one_of is not about and one_of.name in one.about]
    if strange:
        yield f"{where}: left out {', '.join(strange)}, which a briefing of the kind {kind} is not about"
    if kind in ("mine", "deck") and links.meetings_turned(dict(one.dates)):
        turned = say("presenter.turned", **{name: day_name(day) for name, day in one.dates})
        yield f"{where}: {' / '.join(turned.text(lang) for lang in LANGUAGES)}"
    if kind == "mine":
        lost = unplaced(one.officer, sections={part.code for part in tray.parts}, pieces=tray.codes)
        for name, sections in (("headings", lost.headings), ("comments", lost.comments)):
            if sections:
                yield f"{where}: left out {name} of {', '.join(sections)}, no section of the tray"
        for log in lost.logs:
            yield f"{where}: left out {_IN_FILE[log]}, which stand in the piece {log}; the tray has none"
        return
    lost = unplaced(one.officer, sections=frozenset(), pieces=ready(kind).codes)
    written = {"tray": one.tray, "beside": one.beside, "headings": lost.headings, "comments": lost.comments}
    logged = [_IN_FILE[log] for log in lost.logs]
    days = () if kind == "deck" else dict(one.dates)
    named = [*(name for name, value in written.items() if value), *logged, *dict(one.years), *days]
    if named:
        yield f"{where}: left out {', '.join(named)}, which only a briefing of the kind mine has; its kind is {kind}"


def _among(value: str, allowed: tuple[str, ...], *, what: str, where: str) -> str:
    if value not in allowed:
        raise SavedBriefingError(f"{where}: expected as {what} one of {', '.join(allowed)}; came {quoted(value)}")
    return value


def _meeting(one: SavedBriefing, kind: str) -> Own | None:
    """Return the days of two meetings, of which the ready-made slides tell."""
    days = dict(one.dates)
    return Own(since=days.get("since"), next=days.get("next")) if days and kind == "deck" else None


def _own(one: SavedBriefing, tray: Tray, place: str, *, where: str, build: str) -> Own:
    home_place = queries.area(place, build=build)
    others, refusal = beside.read((code for code in one.beside if code != place), place=home_place, build=build)
    if refusal:
        choices, came = ", ".join(beside.choices(home_place, build=build)[:4]), quoted(beside.APART.join(one.beside))
        raise SavedBriefingError(f"{where}: expected beside {place} up to three places such as {choices}; came {came}")
    years, days = dict(one.years), dict(one.dates)
    chosen = Years(first=years.get("from"), last=years.get("to"))
    if chosen.are_turned:
        raise SavedBriefingError(f"{where}: expected years in their order; came from {chosen.first} to {chosen.last}")
    return Own(tray=tray, beside=others, years=chosen, since=days.get("since"), next=days.get("next"))


def files(order: Order, *, build: str, day: date, address: str = "") -> Iterator[File]:
    """Yield the files of an order, a language each, and the letter with all of them where it names somebody."""
    briefing = compose(
        kind=drawn_as(order.kind, order.form),
        place=order.place,
        build=build,
        made_on=day,
        officer=order.entry.officer,
        address=address,
        own=order.own,
        choice=order.choice,
    )
    every = [as_file(briefing, form=order.form, languages=lang) for lang in order.languages]
    yield from every
    if order.entry.letter_to:
        yield _letter(briefing, order, every)


def _letter(briefing: Briefing, order: Order, every: list[File]) -> File:
    """Return a letter in each language of its files, as a file that a mail program opens as a draft."""
    letter = EmailMessage(policy=SMTP.clone(max_line_length=LONGEST_LINE))
    langs = [lang for lang in LANGUAGES if lang in order.languages or BOTH in order.languages]
    letter["To"] = ", ".join(order.entry.letter_to)
    letter["Subject"] = " / ".join(" ".join(briefing.title.text(lang).split()) for lang in langs)
    letter["X-Unsent"] = "1"  # Outlook then opens it as one that was not sent yet
    lines = [t("kept.letter", lang=lang, title=briefing.title.text(lang)) for lang in langs]
    letter.set_content("\n\n".join(lines))
    for file in every:
        main, _, sub = file.mime.partition("/")
        letter.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    boundary = every[0].name.rpartition(".")[0]
    for n, part in enumerate(part for part in letter.walk() if part.is_multipart()):
        part.set_boundary(f"=={n}_{boundary}")  # the same letter has the same bytes
    return File(name=f"{boundary}.eml", mime="message/rfc822", content=letter.as_bytes())


def told_apart(every: Iterator[File]) -> Iterator[File]:
    """Yield files each under a name of its own: two that are called the same are numbered."""
    names: set[str] = set()
    for file in every:
        stem, dot, end = file.name.partition(".")
        numbered = (f"{stem}_{n}{dot}{end}" for n in count(2))
        name = next(name for name in chain([file.name], numbered) if name not in names)
        names.add(name)
        yield replace(file, name=name)
