"""`docs/data-catalogue.md`, written from the data so that it cannot say what is not there."""

from __future__ import annotations

import pandas as pd

from etl.fetching.addresses import Config, read_config
from etl.pipeline.tables import Tables

_HEAD = """# Data catalogue

Made by `python -m etl catalogue` from `data/`; `python3 run.py check` fails when it is not true any more.

Grades: **A** the official file · **B** an official table re-saved as CSV by a third party, checked ·
**C** official figures reshaped by a third party's code, checked against another copy ·
**T** typed from a published text, checked.
"""


def catalogue_text(tables: Tables) -> str:
    """Return the page: one table of all sources, then one section each, then the measures and the breaks."""
    parts = [_HEAD, "## Tables\n", _overview(tables), "## Each table\n"]
    parts += [_section(row, tables) for _, row in tables.source.sort_values("source").iterrows()]
    parts += ["## Reference tables\n", *(_reference(row) for _, row in tables.reference_source.iterrows())]
    parts += ["## Measures\n", _measures(tables), "## Breaks\n", _breaks(tables)]
    parts += ["## Loaders of the publishers' own files\n", loaders_text(read_config())]
    return "\n".join(parts)


def loaders_text(config: Config) -> str:
    """Return a row for each publication: what is read from it, and whether our code has met its live file yet."""
    rows = [
        "A loader that has not met its live file was written from a description of the layout and from copies; it "
        "refuses what is otherwise.\n",
        "| publication | datasets read from it | has met the live file | what is known |",
        "|---|---|---|---|",
    ]
    for publication in config.publications.values():
        fed = ", ".join(f"`{name}`" for name in publication.datasets) or "none: found and downloaded on demand"
        met = "yes" if publication.verified else "not yet"
        rows.append(f"| `{publication.id}` | {fed} | {met} | {publication.note} |")
    return "\n".join(rows) + "\n"


def _overview(tables: Tables) -> str:
    rows = ["| table | publisher | edition | grade | figures | first to last period |", "|---|---|---|---|---:|---|"]
    for _, source in tables.source.sort_values("source").iterrows():
        figures = _figures_of(source["source"], tables)
        span = f"{figures['period_start'].min()} to {figures['period_start'].max()}"
        cells = (
            f"`{source['source']}`",
            source["publisher_en"],
            source["edition"],
            source["grade"],
            f"{len(figures):,}",
            span,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _figures_of(source: str, tables: Tables) -> pd.DataFrame:
    return tables.observation[tables.observation["source"] == source]


def _section(source: pd.Series, tables: Tables) -> str:
    figures = _figures_of(source["source"], tables)
    measures = ", ".join(f"`{m}`" for m in sorted(figures["measure"].unique()))
    lines = [
        f"### {source['source']}\n",
        f"**{source['title_en']}** / *{source['title_cy']}*\n",
        f"- Publisher: {source['publisher_en']} / {source['publisher_cy']}",
        f"- Edition: {source['edition']}; released {source['released']}; licence: {source['licence']}",
        f"- Page: <{source['url']}>",
        f"- Read from `{source['file']}` (SHA-256 `{source['sha256'][:16]}…`), {source['retrieved']}",
        f"- Grade {source['grade']}; series: {source['vintage']}; line: `{source['line']}`",
        f"- Measures: {measures}",
        f"- {figures['area_code'].nunique():,} areas; {figures['marker'].ne('').sum():,} figures carry a marker",
        f"- Counts: {source['counts_en']} / {source['counts_cy']}",
        f"- Coverage: {source['coverage_en']} / {source['coverage_cy']}",
        f"- Cautions: {_cautions(source)}",
        f"- Checked: {source['checked_en']} / {source['checked_cy']}",
    ]
    return "\n".join(lines) + "\n"


def _reference(source: pd.Series) -> str:
    lines = [
        f"- `{source['source']}`: **{source['title_en']}** / *{source['title_cy']}*",
        f"  - {source['publisher_en']}, edition {source['edition']}; grade {source['grade']}; {source['licence']}",
        f"  - Page: <{source['url']}>",
        f"  - {source['counts_en']} / {source['counts_cy']}",
        f"  - Cautions: {_cautions(source)}",
        f"  - Read from `{source['file']}` (SHA-256 `{source['sha256'][:16]}…`), {source['retrieved']}",
        f"  - Checked: {source['checked_en']} / {source['checked_cy']}",
    ]
    return "\n".join(lines) + "\n"


def _cautions(source: pd.Series) -> str:
    """Return the cautions in both languages; left out of an origin, they are missing among the origins of all."""
    return "none" if pd.isna(source["caution_en"]) else f"{source['caution_en']} / {source['caution_cy']}"


def _measures(tables: Tables) -> str:
    rows = [
        "| measure | name | enw | counts | kind | may be added over areas | categories add to the total | over time |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for _, m in tables.reference["measure"].iterrows():
        cells = (m["name_en"], m["name_cy"], m["counts"], m["kind"], m["sum_areas"], m["sum_categories"], m["sum_time"])
        rows.append(f"| `{m['measure']}` | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _breaks(tables: Tables) -> str:
    rows = [
        "| measure | area | date | kind | severity | what it does | beth mae'n ei wneud |",
        "|---|---|---|---|---|---|---|",
    ]
    for _, b in tables.reference["break"].iterrows():
        cells = (b["area_code"], b["date"], b["kind"], b["severity"], b["effect_en"], b["effect_cy"])
        rows.append(f"| `{b['measure']}` | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"
