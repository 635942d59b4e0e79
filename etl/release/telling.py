"""What came of a refresh, for whoever did not look on: a record, a report in both languages, a feed, and a letter.

The awkward fact: a timer asks each day, and a release waits for weeks until somebody has time for it. So a letter and
an entry of the feed are written when there is something to tell that the last one did not tell, and not each day again.
And a report that cannot be written stops no refresh: what was done is said on the terminal too.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from cohesion.files import written_whole
from cohesion.releases import CHANGES, RECORD, STAGE, Refusal, Stage
from etl.contract import ContractError
from etl.pipeline.diff import diff_markdown, diff_record
from etl.release import newsfeed
from etl.release.editions import in_words
from etl.release.refresh import LISTED, REFUSED, Outcome

LANGUAGES = ("en", "cy")  # in the order of every pair of texts below
REPORT, LETTER = "new-releases.md", "new-releases-{day}.eml"
SUBJECT = ("New figures for Cohesion Trends", "Ffigurau newydd ar gyfer Tueddiadau Cydlyniant")
TROUBLE = ("Cohesion Trends: new figures need a look", "Tueddiadau Cydlyniant: mae angen edrych ar ffigurau newydd")
CALM = ("Cohesion Trends: nothing new", "Tueddiadau Cydlyniant: dim byd newydd")
NONE = ("Nothing new.", "Dim byd newydd.")
NEW = (
    "These would come in; `python -m etl refresh` brings them in:",
    "Byddai'r rhain yn dod i mewn; mae `python -m etl refresh` yn dod â nhw i mewn:",
)
SHOWN = ("These came in, and are on show:", "Daeth y rhain i mewn, ac maent i'w gweld:")
STOPPED = (
    "These were refused, and their figures stay as they are. The check says:",
    "Gwrthodwyd y rhain, ac mae eu ffigurau'n aros fel y maent. Dywed y gwiriad (yn Saesneg):",
)
UNREACHED = (
    "These publishers were not reached; they are asked again next time:",
    "Ni chafwyd ateb gan y cyhoeddwyr hyn; gofynnir iddynt eto y tro nesaf (yn Saesneg):",
)
COUNTED = (
    "{title}: {before} → {now}. Figures that are new: {new}; revised: {revised}; given by another table now: "
    "{replaced}; no longer there: {lost}.",
    "{title}: {before} → {now}. Ffigurau sy'n newydd: {new}; a ddiwygiwyd: {revised}; a roddir gan dabl arall nawr: "
    "{replaced}; nad ydynt yno mwyach: {lost}.",
)
NOT_HELD = ("none held", "dim yn cael ei gadw")
DETAILS = "Details, with the codes of the tables / Manylion, gyda chodau'r tablau"


@dataclass(frozen=True, kw_only=True)
class Teller:
    """Where what came of a command is written, and to whom its letter goes."""

    folder: Path
    day: date
    letter_to: Sequence[str] = ()

    def stage(self, stage: Stage) -> None:
        """Say what is being done now, for whoever waits and watches the folder."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            written_whole(self.folder / STAGE, stage.encode())

    def tell(self, outcome: Outcome) -> None:
        """Write the record and the report; an entry of the feeds and a letter where the last record did not tell it."""
        try:
            self._write(outcome)
        except OSError as error:
            print(f"{self.folder}: expected a folder to write the report into; came {error}", file=sys.stderr)

    def _write(self, outcome: Outcome) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        digest, text = _digest(outcome), report(outcome, day=self.day)
        is_news = digest not in ("", _digest_before(self.folder / RECORD))
        written_whole(self.folder / REPORT, text.encode())
        self._renew_feeds(outcome, mark=digest, is_news=is_news)
        if self.letter_to and is_news:
            mail = letter(outcome, day=self.day, to=self.letter_to, report=text)
            written_whole(self.folder / LETTER.format(day=self.day), mail)
        content = {"told": digest} | record(outcome)
        written_whole(self.folder / RECORD, json.dumps(content, ensure_ascii=False).encode())

    def _renew_feeds(self, outcome: Outcome, *, mark: str, is_news: bool) -> None:
        """Put what was found, if anything was, into each feed that has not told it yet."""
        days = in_words(self.day.isoformat())
        for n, lang in enumerate(LANGUAGES):
            path = self.folder / newsfeed.FEED.format(lang=lang)
            before = path.read_bytes() if path.exists() else b""
            title = f"{_subject(outcome)[n]}, {days[n]}"
            news = newsfeed.News(mark=mark, day=self.day, title=title, parts=_parts(outcome, n))
            is_told = newsfeed.is_whole(before) and not is_news
            after = newsfeed.feed(before, news if mark and not is_told else None, lang=lang)
            if after != before:
                written_whole(path, after)


def stopped(error: Exception) -> Outcome:
    """Return the outcome of a command that was stopped whole, with nothing replaced."""
    kind = error.kind if isinstance(error, ContractError) else "unexpected"
    return Outcome(refused=[Refusal(kind=kind, words=str(error) or type(error).__name__)])


def record(outcome: Outcome) -> dict[str, Any]:
    """Return what came of a command as JSON holds it; lists of figures are cut, their counts are whole."""
    return {
        "code": outcome.code,
        "build": outcome.build,
        "rehearsed": outcome.rehearsed,
        "recognised": [{"title": one, "title_cy": other} for one, other in outcome.recognised.values()],
        "same": outcome.same,
        "tables_of": _tables_of(outcome),
        "refused": [asdict(one) for one in outcome.refused],
        "unreached": outcome.unreached,
        **diff_record(outcome.every_change, most=LISTED),
    }


def _tables_of(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the tables of every publication that was taken: titles, editions before and now, and counts."""
    return [table for entry in outcome.history for table in entry["tables"]]


def report(outcome: Outcome, *, day: date) -> str:
    """Return what came of a command as Markdown, in English and Welsh, with every change below."""
    days = in_words(day.isoformat())
    summaries = [f"# {_subject(outcome)[n]}, {days[n]}\n\n{_summary(outcome, n)}" for n in (0, 1)]
    details = diff_markdown(outcome.changed) if outcome.changed else ""
    return "\n".join([*summaries, *([f"# {DETAILS}\n", details] if details else [])])


def letter(outcome: Outcome, *, day: date, to: Sequence[str], report: str) -> bytes:
    """Return a letter that has only to be sent, with the report as a file beside it."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mail["To"] = ", ".join(to)
    mail["Subject"] = " / ".join(_subject(outcome))
    mail["X-Unsent"] = "1"  # Outlook then opens it as one that was not sent yet
    mail.set_content("\n".join(_summary(outcome, n) for n in (0, 1)))
    mail.add_attachment(report.encode(), maintype="text", subtype="markdown", filename=REPORT)
    for part in mail.walk():
        if part.is_multipart():
            part.set_boundary(f"==new-releases-{day}")  # the same letter has the same bytes
    return mail.as_bytes()


def _subject(outcome: Outcome) -> tuple[str, str]:
    if outcome.code == REFUSED or outcome.unreached:
        return TROUBLE
    return SUBJECT if _tables_of(outcome) else CALM


def _summary(outcome: Outcome, n: int) -> str:
    """Return what came of a command in English (0) or Welsh (1) as Markdown, a list under each sentence."""
    lines = [line for heading, items in _parts(outcome, n) for line in (heading, "", *map("- {}".format, items), "")]
    return "\n".join(lines or [NONE[n], ""])


def _parts(outcome: Outcome, n: int) -> list[tuple[str, list[str]]]:
    """Return each sentence that is true of what came of a command, in English (0) or Welsh (1), with its list."""
    counted = [_counted(table, n) for table in _tables_of(outcome)]
    every = (
        ((NEW if outcome.rehearsed else SHOWN)[n], counted if outcome.rehearsed or outcome.build else []),
        (STOPPED[n], [one.words for one in outcome.refused]),
        (UNREACHED[n], outcome.unreached),
    )
    return [(heading, [" ".join(item.split()) for item in items]) for heading, items in every if items]


def _counted(table: Mapping[str, Any], n: int) -> str:
    end = ("", "_cy")[n]
    return COUNTED[n].format(
        title=table[f"title{end}"],
        before=table[f"edition_before{end}"] or NOT_HELD[n],
        now=table[f"edition{end}"] or NOT_HELD[n],
        **{change: f"{table[change]:,}" for change in CHANGES},
    )


def _digest(outcome: Outcome) -> str:
    """Return what tells one finding from another, "" for none; an unreached publisher's words change with each try."""
    editions = [
        [table[part] for part in ("table", "edition", "new", "revised", "lost")] for table in _tables_of(outcome)
    ]
    unreached = [text.partition(":")[0] for text in outcome.unreached]
    news = [editions, [one.words for one in outcome.refused], unreached]
    return hashlib.sha256(json.dumps(news).encode()).hexdigest() if any(news) else ""


def _digest_before(record_of_last: Path) -> str:
    try:
        return str(json.loads(record_of_last.read_text(encoding="utf-8"))["told"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
