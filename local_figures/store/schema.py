"""The tables of the second store; `migrations` makes them, on SQLite and PostgreSQL alike.

The awkward fact: every table carries its workspace, also where another column would lead to it, for PostgreSQL checks
each row by that column whoever asks.
"""

from __future__ import annotations

from typing import get_args

from sqlalchemy import JSON, Boolean, Column, ForeignKeyConstraint, Integer, MetaData, String, Table, true

from local_figures.templates import Level, named

metadata = MetaData()
DRAFT, APPROVED, WITHDRAWN = "draft", "approved", "withdrawn"
STATES = (DRAFT, APPROVED, WITHDRAWN)
LEVELS: tuple[Level, ...] = get_args(Level)
PRIVATE, PARTNERS, PUBLIC = LEVELS
PERSON, GROUP = "person", "group"  # whose a role is
MOMENT = 32  # characters of a moment in ISO form, UTC

workspace = Table(
    "workspace",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("keep_days", Integer, nullable=False),
    Column("made_at", String(MOMENT), nullable=False),
    Column("areas", JSON, nullable=False, server_default="[]"),
)
# an area is one workspace's alone: two that told of the same area would undo each other's hidden counts
holding = Table(
    "holding",
    metadata,
    Column("area", String(16), primary_key=True),
    Column("workspace", String(64), nullable=False),
    ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
)
member = Table(
    "member",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("person", String(254), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("kind", String(8), nullable=False, server_default=PERSON),
    ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
)
acceptance = Table(
    "acceptance",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("person", String(254), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("at", String(MOMENT), nullable=False),
    Column("words", JSON, nullable=False),  # as they were accepted, by language
    ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
)
edition = Table(
    "edition",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("template", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("uploaded_by", String(254), nullable=False),
    Column("uploaded_at", String(MOMENT), nullable=False),
    Column("settled_at", String(MOMENT)),
    Column("seen", Boolean, nullable=False),  # approved once, so that somebody may remember it
    # what was hidden when it was approved, cell by cell with the reason: later editions must not undo it
    Column("mask", JSON),
    Column("level", String(16), nullable=False, server_default=PRIVATE),
    # who else's rows are in it that nobody had approved when it was typed further: they do not approve it either
    Column("also_by", JSON, nullable=False, server_default="[]"),
    ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
)
line = Table(
    "line",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("template", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("cells", JSON, nullable=False),
    ForeignKeyConstraint(
        ["workspace", "template", "number"],
        ["edition.workspace", "edition.template", "edition.number"],
        ondelete="CASCADE",
    ),
)
audit = Table(
    "audit",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", String(MOMENT), nullable=False),
    Column("who", String(254), nullable=False),
    Column("what", String(32), nullable=False),
    Column("template", String(32)),
    Column("number", Integer),
    Column("whom", String(254)),  # whose role was given or taken
    ForeignKeyConstraint(["workspace"], ["workspace.workspace"], ondelete="CASCADE"),
)
# when each sign-in last did something, and those that ended before their cookie: of no workspace, and it names nobody
sign_in = Table(
    "sign_in",
    metadata,
    Column("sign_in", String(64), primary_key=True),  # a digest
    Column("at", Integer, nullable=False),  # seconds, by which it is forgotten
    Column("ended", Boolean, nullable=False, server_default=true()),
)
TABLES = (
    workspace,
    member,
    acceptance,
    edition,
    line,
    audit,
)  # each after those that it leans on; `holding` follows from `areas`


def levels_of(template: str) -> tuple[Level, ...]:
    """Return for whom an edition of a template may be approved, the strictest first."""
    return LEVELS[: LEVELS.index(named(template).widest) + 1]


def narrowed(level: str, template: str) -> str:
    """Return a level as the template lets it be: what was once approved for more people is for them no more."""
    return level if level in levels_of(template) else levels_of(template)[-1]
