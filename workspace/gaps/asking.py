"""What can be asked for, of whom, in which words, and which template brings the answer in.

The awkward fact: the list of what is not held was made for readers, and half of it is published somewhere or held by
nobody. So only what a body holds and is likely to give has words of its own; of the rest the newest figures are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.blocks.groups import concerns
from dashboard.blocks.hate_crime import police_area
from dashboard.figure import Subject
from dashboard.figures import equality
from dashboard.i18n import Language
from dashboard.i18n.text import Wording, say, written
from local_figures.templates import named, templates

OUTCOMES = "outcomes"  # a gap that the public list does not have: what came of offences, by authority
BROUGHT_BY = {
    "strands_by_force": "police_figures",
    "incidents": "police_figures",
    OUTCOMES: "outcomes",
    "third_party_local": "third_party_reports",
    "nrm_authority": "nrm_referrals",
    "bullying": "school_bullying",
    "caravans_authority": "caravans",
}
HOLDERS = {**equality.HOLDERS, OUTCOMES: "police", "nrm_authority": "home_office", "caravans_authority": "council"}
OF_OUR_OWN = (OUTCOMES, "nrm_authority", "caravans_authority")  # whose words stand here and not under equality
OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A figure that is not held: what it is, why not, who holds it, and the words that ask for it."""

    code: str
    what: Wording
    why: Wording
    holder: str
    request: Wording

    @property
    def template(self) -> str:
        """Return the template that brings the answer in, "" where there is none."""
        return BROUGHT_BY.get(self.code, "")


def asks(subject: Subject) -> tuple[Ask, ...]:
    """Return what can be asked for about a place: first what has a template, then the rest of the public list."""
    gap_of_code = {gap.code: gap for gap in equality.gaps(subject)}
    ledger = {gap.code: gap for gap in queries.gaps(build=subject.build) if concerns(gap, subject)}
    outcomes = Ask(
        code=OUTCOMES,
        what=say("own.gaps.outcomes.what"),
        why=say("own.gaps.outcomes.why"),
        holder="police",
        request=_request(OUTCOMES, "", subject),
    )
    asks_of = {OUTCOMES: outcomes}
    for code, unheld in gap_of_code.items():
        words = equality.request(unheld, subject) or _request(code, unheld.what, subject)
        asks_of[code] = Ask(code=code, what=unheld.what, why=unheld.why, holder=HOLDERS.get(code, OTHER), request=words)
    for code, gap in ledger.items():
        what = gap.entry.heading
        words = asks_of[code].request if code in asks_of else _request(code, what, subject)
        asks_of[code] = Ask(code=code, what=what, why=gap.entry.text, holder=HOLDERS.get(code, OTHER), request=words)
    return tuple(sorted(asks_of.values(), key=lambda one: (not one.template, one.holder == OTHER)))


def _request(code: str, what: Wording, subject: Subject) -> Wording:
    if code in OF_OUR_OWN:
        return say(f"own.gaps.ask.{code}", place=subject.place.called)
    return say("own.gaps.ask.other", place=subject.place.called, what=what)


def holder_name(holder: str, subject: Subject, lang: Language) -> str:
    """Return who is written to: the force by its name, a council by its place, any other body by what it is."""
    if holder == "police":
        return written(police_area(subject).name, lang)
    if holder == "council" and not subject.place.members:
        return written(say("own.gaps.council", place=subject.place.called), lang)
    return kinds(lang)[holder]


def kinds(lang: Language) -> Mapping[str, str]:
    """Return what each kind of holder is called."""
    return {code: words[lang] for code, words in named("gap_log").column("holder").choices.items()}


def letter(ask: Ask, subject: Subject, lang: Language) -> tuple[str, ...]:
    """Return the paragraphs of a request, for whoever sends it to put a name and an address under."""
    lines = [
        say("own.gaps.letter.to", holder=holder_name(ask.holder, subject, lang)),
        say("own.gaps.letter.subject", what=ask.what),
        ask.request,
    ]
    if ask.template:
        template = templates()[ask.template]
        columns = ", ".join(template.column(name).heading[lang] for name in template.names)
        lines.append(say("own.gaps.letter.columns", columns=columns))
    lines += [say("own.gaps.letter.part"), say("own.gaps.letter.days"), say("own.gaps.letter.from")]
    return tuple(written(line, lang) for line in lines)
