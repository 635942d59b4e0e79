"""Cards of a place as a set, in one zip: both languages, both shapes, alternative texts, and a text for each post.

The awkward fact: a figure that makes no card for this place (not held, of too few people, places side by side by
hate crime) is missed by who asked for it. So the zip says in both languages which are left out and why.

`python -m dashboard.web.card_sets --place W06000015 --set refugee_week -o FOLDER` makes the same without a server.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from cohesion.files import written_whole
from dashboard import queries, store
from dashboard.briefing.archive import packed
from dashboard.briefing.model import in_file_name
from dashboard.briefing.pieces import home
from dashboard.briefing.tray import Piece, fault
from dashboard.briefing.tray import read as tray_of
from dashboard.figure import Figure, NotHeld, in_language
from dashboard.figures.carded import refusal
from dashboard.figures.catalogue import BY_CODE, codes_of, unread
from dashboard.figures.request import Request, usual
from dashboard.figures.request import read as request_of
from dashboard.files import NoFileError, answered, check_once, keeping, refused
from dashboard.i18n import LANGUAGES, Language, t
from dashboard.i18n.text import Translatable, Wording, joined, say, translatable
from dashboard.web.cards import SHAPES, alt_of, card_png, post_text
from dashboard.web.site import absolute

PATH = "/cards/{name}.zip"
MINE, TRAY, MOST = "mine", "tray", 24  # cards of a set
NAMES = ("place", "from", "to", "build", TRAY)
MADE = date(2000, 1, 1)  # stands in every zip: two servers make the same of the same figures
TOPICS = {  # what each set tells, in the order it is posted: chosen by us, and no property of a figure
    "hate_crime": codes_of("rra_quarterly", "rra_authority", "strands_wales", "strands_force"),
    "sanctuary": codes_of("asylum_support", "asylum_accommodation", "ukraine", "afghan_programme", "resettlement"),
    "population": codes_of(
        *("population_change", "population_change_map", "census_country_of_birth", "census_year_of_arrival"),
    ),
    "people": codes_of(
        *("census_country_of_birth", "census_ethnic_group", "census_religion", "census_main_language"),
        *("census_welsh", "census_disability", "census_sexual_orientation"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Card:
    """One figure of a set as it was asked for: drawn, or left out for a reason."""

    request: Request
    code: str
    figure: Figure[Wording] | None
    why: Translatable | None = None


def ready_made(*, build: str) -> dict[str, tuple[str, ...]]:
    """Return the sets there are and the figures of each: one for each topic, and one for each week or day ahead."""
    weeks = {one.code: one.figures for one in queries.campaigns(build=build) if one.figures}
    return {**TOPICS, **weeks}


def cards(request: Request, pieces: Sequence[Piece]) -> tuple[Card, ...]:
    """Return the cards of some figures for a place and years, each with its choices, and none beyond `MOST`."""
    beyond = [piece for piece in pieces if piece.code in BY_CODE][MOST:]
    why = say("card_set.too_many", most=str(MOST))
    return tuple(
        Card(request=request, code=piece.code, figure=None, why=why) if piece in beyond else _card(request, piece)
        for piece in pieces
    )


def _card(request: Request, piece: Piece) -> Card:
    if piece.code not in BY_CODE:
        return Card(request=request, code=piece.code, figure=None, why=say("card_set.no_figure"))
    chosen, notices = usual(request, dict(piece.options), options=BY_CODE[piece.code].options)
    block = None if notices else unread(piece.code, chosen)
    if isinstance(block, Figure):
        why = refusal(block, chosen)
        return Card(request=chosen, code=piece.code, figure=None if why else block, why=why)
    why = joined(block.title, ": ", block.reason) if isinstance(block, NotHeld) else say("files.not_of_this_place")
    return Card(request=chosen, code=piece.code, figure=None, why=translatable(why))


def zip_bytes(name: str, cards_of: Sequence[Card], *, root: str = "") -> bytes:
    """Return the zip of a set; `root` is where the dashboard answers, for the link in each post."""
    parts: dict[str, bytes] = {"README.txt": _readme(name, cards_of).encode("utf-8-sig")}
    drawn = [(n, one, one.figure) for n, one in enumerate(cards_of, start=1) if one.figure]
    for lang in LANGUAGES:
        for number, card, figure in drawn:
            parts |= dict(_files(f"{lang}/{number:02}_{card.code}", card, in_language(figure, lang), lang, root))
    return packed(parts, made_on=MADE)


def _files(stem: str, card: Card, figure: Figure, lang: Language, root: str) -> Iterator[tuple[str, bytes]]:
    for shape in SHAPES.values():
        yield f"{stem}_{shape.code}.png", card_png(figure, lang=lang, shape=shape)
    yield f"{stem}_alt.txt", alt_of(figure, lang=lang).encode("utf-8-sig")
    yield f"{stem}_post.txt", post_text(figure, lang=lang, link=_link(card, lang, root)).encode("utf-8-sig")


def _link(card: Card, lang: Language, root: str) -> str:
    """Return where a figure stands with its choices; "" where nobody knows where the dashboard answers."""
    entry = BY_CODE[card.code]
    query = {"place": card.request.place.code, "lang": lang, **card.request.chosen}
    return f"{root}/{'' if entry.page == 'home' else entry.page}?{urlencode(query)}#{card.code}" if root else ""


def _readme(name: str, cards_of: Sequence[Card]) -> str:
    """Say in both languages what lies in the zip, what does not, and how the pictures may be used."""
    return "\r\n\r\n".join("\r\n".join(_readme_in(lang, name, cards_of)) for lang in LANGUAGES) + "\r\n"


def _readme_in(lang: Language, name: str, cards_of: Sequence[Card]) -> Iterator[str]:
    place = cards_of[0].request.place.name.text(lang)
    yield t("card_set.title", lang=lang, place=place, set=set_name(name, build=cards_of[0].request.build).text(lang))
    yield t("card_set.files", lang=lang)
    yield t("footer.licence", lang=lang)
    yield from (f"{n:02} {in_language(one.figure, lang).title}" for n, one in enumerate(cards_of, 1) if one.figure)
    out = [one for one in cards_of if one.why]
    if out:
        yield t("card_set.left_out", lang=lang)
        yield from (f"{_called(one, lang)} {one.why.text(lang)}" for one in out if one.why)


def _called(card: Card, lang: Language) -> str:
    """Return the question of a figure that is left out; of what is no figure, its code as it was asked for."""
    entry = BY_CODE.get(card.code)
    return entry.asks(replace(card.request, lang=lang)) if entry else f"{card.code}:"


def set_name(name: str, *, build: str) -> Translatable:
    """Return what a set is called: after its topic, its week or day, or as an officer's own."""
    weeks = {one.code: one.name for one in queries.campaigns(build=build)}
    return weeks.get(name) or say(f"card_set.{name}")


def file_name(name: str, request: Request) -> str:
    """Return a file name that says in the reader's language what is inside: "caerdydd_cardiau-wythnos-ffoaduriaid"."""
    lang = request.lang
    what = t("card_set.file", lang=lang, set=set_name(name, build=request.build).text(lang))
    return f"{in_file_name(request.place.name.text(lang))}_{in_file_name(what)}_{request.build[:6]}.zip"


def respond(http: HttpRequest) -> Response:
    """Answer with the zip of a set, or with a plain page in both languages that says why there is none."""

    def make() -> Response:
        name = http.path_params["name"]
        check_once(http)
        query = dict(http.query_params)
        names = NAMES if name == MINE else tuple(one for one in NAMES if one != TRAY)
        if not {*query} <= {*names, "lang"}:
            raise NoFileError(400, say("files.unknown_name", allowed=", ".join(names)))
        text = query.pop(TRAY, "")
        request, notices = request_of({"lang": LANGUAGES[0], **query}, options=())
        if notices:
            raise refused(notices[0])
        drawn = cards(request, _pieces(name, text, build=request.build))
        if not any(one.figure for one in drawn):
            raise NoFileError(404, say("card_set.none"))
        content = zip_bytes(name, drawn, root=absolute(http))
        named = {"content-disposition": f'attachment; filename="{file_name(name, request)}"'}
        headers = {"cache-control": keeping(http), "vary": "Host", **named}
        return Response(content, media_type="application/zip", headers=headers)

    return answered(http, none=say("files.none"), make=make)


def _pieces(name: str, text: str, *, build: str) -> list[Piece]:
    """Return the figures of a set, or of a tray; raise `NoFileError` with the sets there are."""
    sets = ready_made(build=build)
    if name == MINE:
        pieces = list(tray_of(text, home=home).pieces)
        if fault(text) or not any(piece.code in BY_CODE for piece in pieces):
            raise NoFileError(400, say("card_set.empty_tray"))
        return pieces
    if name not in sets:
        raise NoFileError(404, say("card_set.unknown", allowed=", ".join((*sets, MINE))))
    return [Piece(code=code) for code in sets[name]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the zip of a set for a place; 0 when it was written, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.web.card_sets", description="Make a set of cards.")
    parser.add_argument("--place", required=True, help="the code of a place, such as W06000015")
    parser.add_argument("--set", required=True, dest="name", help="a topic, a week, or mine with --tray")
    parser.add_argument("--tray", default="", help="what lies in a tray, as an address has it")
    parser.add_argument("--address", default="", help="where the dashboard answers, for the link in each post")
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help="the language of the zip's name")
    parser.add_argument("-o", "--output", type=Path, default=Path(), help="the folder to put the zip into")
    options = parser.parse_args(arguments)
    try:
        build = store.build_id()
        if options.place not in queries.places(build=build):
            raise queries.UnknownCodeError(f"expected a place of {', '.join(queries.places(build=build))}")
        request, _ = request_of({"place": options.place, "lang": options.lang}, options=())
        drawn = cards(request, _pieces(options.name, options.tray, build=build))
    except NoFileError as reason:
        print(reason.why.text(LANGUAGES[0]), file=sys.stderr)
        return 2
    except (queries.UnknownCodeError, store.NoBuildError) as reason:
        print(reason.args[0], file=sys.stderr)
        return 2
    if not any(one.figure for one in drawn):
        print(say("card_set.none").text(LANGUAGES[0]), file=sys.stderr)
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    target = options.output / file_name(options.name, request)
    written_whole(target, zip_bytes(options.name, drawn, root=options.address.rstrip("/")))
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
