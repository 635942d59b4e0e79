"""What a build is called, where it is looked for, and which questions it answers."""

from __future__ import annotations

# Grows when questions of today could not be asked of an earlier build, or those of earlier code not of this one:
# whoever runs other code leaves such a build alone and stays with the last that it can read.
SCHEMA = 2
SETTING = "COHESION_WAREHOUSE"  # postgresql://user@host/database, or chdb:///folder
FETCHED = (
    "COHESION_BUILDS"  # whence finished builds are fetched (deploy/cohesion-builds.service): a server then makes none
)
LIST = "cohesion"  # in a warehouse, the schema that holds SHOWN
SHOWN = "shown"  # build, schema number, moment: the newest row that can be read names the build on show


def schema_of(build: str) -> str:
    """Return the name of the schema that holds the tables of a build in a warehouse."""
    return f"cohesion_{build}"
