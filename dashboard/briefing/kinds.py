"""Every kind of briefing, a row each: what it holds, in which forms, how it is set, and where the page offers it.

The awkward fact: a kind is asked about by a dozen modules, from the typesetter to the command. So whatever any of them
needs to know stands in the kind's row; by its name a kind is asked for only where an officer's own tray is drawn, or
slides are made of one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.briefing.evidence import EQUALITY, WELLBEING
from dashboard.briefing.tray import EMPTY, Tray, of
from dashboard.figures.catalogue import GROUPS, in_data
from dashboard.findings.strands import strand_name
from dashboard.i18n.text import Translatable, say

# How it is set: one page, the first section over it and the others in two columns; pages of such; one column in the
# order of reading; an officer's own, in pairs; pages turned on their side, for tables to write in; slides; or tables
# alone.
Layout = Literal["page", "pages", "column", "order", "across", "slides", "tables"]
Shelf = Literal["read", "present", "evidence", "keep", "own"]  # what people want it for, under which the page offers it
PAPER, TABLES = ("pdf", "docx", "html"), ("xlsx", "ods", "csv")
EDITED = ("docx", "pdf", "html")  # of what an officer goes on writing


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a kind is also about, such as one strand: its name in an address, its picker's text, its values.

    The usual value comes first.
    """

    name: str
    label: str
    codes: tuple[str, ...]
    called: Callable[[str], Translatable]

    def meant(self, code: str) -> str:
        """Return the value for a code, the usual one for ""; ValueError for a code that is none."""
        if code and code not in self.codes:
            raise ValueError(f"expected as {self.name} one of {', '.join(self.codes)}; came {code[:60]!r}")
        return code or self.codes[0]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of briefing: its code, its shelf, its tray, its forms (the usual one first), and how it is set.

    `body` is the size of its letters in points, and `pages` the most it comes to, None for as long as it is. One that
    is `brief` says little of itself: its day, one caveat to a picture, publishers without titles. Sections of words
    that stand beside each other go on no second page where they are `unbroken`. Sources are told `by_publication` where
    there is room for what a reader can look for and none for titles of tables. `usual_for` are forms that give this
    kind where none is named.
    """

    code: str
    shelf: Shelf
    tray: Tray = EMPTY
    forms: tuple[str, ...] = PAPER
    layout: Layout = "pages"
    body: float = 10.5
    pages: int | None = None
    brief: bool = False
    unbroken: bool = False
    by_publication: bool = False
    choice: Choice | None = None
    usual_for: tuple[str, ...] = ()

    @property
    def is_printed(self) -> bool:
        """Whether it is a document of words and figures, neither slides nor tables."""
        return self.layout not in ("slides", "tables")

    def chosen(self, code: str) -> str:
        """Return the value of its choice for a code, "" where it has none; ValueError for a code that is no value."""
        if self.choice is None and code:
            raise ValueError(f"expected no choice for the kind {self.code}, which has none; came {code[:60]!r}")
        return self.choice.meant(code) if self.choice else ""


STRAND = Choice(
    name="strand",
    label="choice.strand",
    codes=("race", "religion", "sexual_orientation", "disability", "transgender"),
    called=strand_name,
)
GROUP = Choice(
    name="group",
    label="by_group.picker",
    codes=GROUPS,
    called=lambda code: say(f"by_group.group.{code}"),
)
CHOICES = (STRAND, GROUP)
APPENDIX = "appendix"  # on slides what lies in this section stands behind the talk
_TABLES = {  # every figure of the catalogue that has a place among them, and the small tables after those
    "messages": ("headlines", "evidence"),
    "hate_crime": (*in_data("hate_crime"), "offences_year", "accounts"),
    "migration": in_data("migration"),
    "sanctuary": (*in_data("sanctuary"), "routes"),
    "people": (*in_data("people"), "context"),
}
ROWS = (
    Kind(
        code="one_page",
        shelf="read",
        layout="page",
        body=11,
        pages=1,
        brief=True,
        by_publication=True,
        tray=of(
            {
                "messages": ("in_short",),
                "hate_crime": ("aggravated",),
                "unknown": ("recorded",),
                "migration": ("newest_shown",),
                "support": ("support",),
            }
        ),
    ),
    Kind(
        code="four_pages",
        shelf="read",
        pages=4,
        usual_for=PAPER,
        tray=of(
            {
                "summary": ("summary",),
                "unknown": ("unknown", "linked"),
                "questions": ("questions",),
                "support": ("support",),
                "gaps": ("gaps",),
                "changes": ("changes",),
                "methods": ("methods",),
                "hate_crime": ("aggravated", "strands_wales", "forces", "offences_year"),
                "migration": ("newest", "changed_beside", "population_change_map", "born_shown"),
                "sanctuary": ("routes",),
                "people": ("composition",),
            }
        ),
    ),
    Kind(
        code="councillor",
        shelf="read",
        body=11,
        pages=2,
        brief=True,
        unbroken=True,
        by_publication=True,
        tray=of(
            {
                "lines": ("lines",),
                "changed": ("aggravated", "of_newest_day"),
                "services": ("services",),
                "not_say": ("not_to_say",),
                "sanctuary": ("sanctuary_drawn", "routes_said"),
                "coming": ("coming",),
                "ring": ("ring",),
                "support": ("support",),
            }
        ),
    ),
    Kind(
        code="community",
        shelf="read",
        layout="column",
        body=12,
        pages=2,
        brief=True,
        tray=of(
            {
                "plain_people": ("plain_people",),
                "plain_hate_crime": ("plain_hate_crime",),
                "plain_report": ("plain_report",),
                "plain_help": ("plain_help",),
                "ring": ("plain_ask",),
            }
        ),
    ),
    Kind(
        code="strand",
        shelf="read",
        pages=2,
        brief=True,
        choice=STRAND,
        tray=of(
            {
                "strand": ("strand_told",),
                "strand_held": ("strand_held",),
                "gaps": ("strand_gaps",),
                "strand_ask": ("strand_ask",),
                "support": ("strand_support",),
                "strand_years": ("strand_drawn", "strand_outcomes"),
            }
        ),
    ),
    Kind(
        code="deck",
        shelf="present",
        layout="slides",
        forms=("pptx", "presenter", "pdf"),
        tray=of(  # nine slides, which the ground rules make ten, and the appendix
            {
                "messages": ("three_things",),
                "since": ("news", "agreed", "unanswered"),
                "hate_crime": ("aggravated", "forces", "strands_wales"),
                "migration": ("what_changed", "population_change_map"),
                "sanctuary": ("sanctuary_shown",),
                "actions": ("actions", "support"),
                APPENDIX: ("raised", "unseen", "accounts", "offences_year", "routes", "context", "methods"),
            }
        ),
    ),
    Kind(code="equality", shelf="evidence", layout="across", forms=(*EDITED, *TABLES), tray=EQUALITY),
    Kind(code="wellbeing", shelf="evidence", layout="across", forms=(*EDITED, *TABLES), tray=WELLBEING),
    Kind(
        code="data",
        shelf="keep",
        layout="tables",
        forms=TABLES,
        usual_for=TABLES,
        tray=of(_TABLES),
    ),
    Kind(
        code="group",
        shelf="keep",
        choice=GROUP,
        forms=(*PAPER, *TABLES),
        tray=of({"group": ("group_drawn", "group_gaps"), "group_evidence": ("group_evidence",)}),
    ),
    Kind(code="mine", shelf="own", layout="order"),  # what an officer puts together
)
# How a paper is set that is not made of a tray: words, and tables over pages turned on their side.
TABLED = Kind(code="tabled", shelf="own", layout="across", forms=(*EDITED, "xlsx"))
BY_CODE: Mapping[str, Kind] = {row.code: row for row in (*ROWS, TABLED)}
READY_MADE = tuple(row for row in ROWS if row.shelf != "own")
SHELVES: tuple[Shelf, ...] = ("read", "present", "evidence", "keep", "own")


def on_shelf(shelf: str) -> tuple[Kind, ...]:
    """Return the kinds that the page offers together."""
    return tuple(row for row in ROWS if row.shelf == shelf)
