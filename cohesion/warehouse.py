"""What a build is called in another database: a schema of its own, and a row in the list of what was put on show."""

from __future__ import annotations

SETTING = "COHESION_WAREHOUSE"  # postgresql://user@host/database, or chdb:///folder
LIST = "cohesion"  # the schema that holds SHOWN
SHOWN = "shown"  # build, at: the newest row names the build on show


def schema_of(build: str) -> str:
    """Return the name of the schema that holds the tables of a build."""
    return f"cohesion_{build}"
