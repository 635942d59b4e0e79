"""From one published file to one tidy table and its origin, both written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from cohesion.files import written_whole
from etl.contract import KEY_COLUMNS, TIDY_COLUMNS, ContractError
from etl.pipeline import unknown_places
from etl.pipeline.checks import coverage_did_not_shrink, is_not_an_older_edition
from etl.pipeline.corrections import corrected
from etl.pipeline.dataset import Dataset
from etl.pipeline.origin import origin_text, retrieval_of
from etl.reading.wording import listed


def tidy_table(dataset: Dataset, *, file: Path) -> pd.DataFrame:
    """Return the tidy table of a publication; raise `ContractError` with every check that failed."""
    return tidy_and_apart(dataset, file=file)[0]


def tidy_and_apart(dataset: Dataset, *, file: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    """Read, correct, tidy and check a publication; return its table, and the places that areas.csv does not have."""
    read = corrected(
        dataset.read(file), corrections=dataset.corrections, dataset=dataset.name, edition=dataset.origin.edition
    )
    tidy = dataset.tidy(read)
    failures = [*_doubled(tidy)]
    for check in () if failures else dataset.checks:  # most would speak of a doubled row in words of their own
        try:
            check(read, tidy)
        except ContractError as error:
            failures.append(str(error))
    if failures:
        raise ContractError(f"{dataset.name} from {file.name}:\n" + "\n".join(failures))
    table, names = unknown_places.split(tidy, read=read)
    return _canonical(table), names


def _doubled(tidy: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence where the publication gives one figure twice, which no sum or share of it would survive."""
    keys = tidy[list(KEY_COLUMNS)].astype(str)
    twice = keys[keys.duplicated()]
    if not twice.empty:
        doubled = list(dict.fromkeys(map(" ".join, twice.to_numpy().tolist())))
        yield f"expected each measure, area, period and category once; came twice {listed(doubled, most=5)}"


def extract(dataset: Dataset, *, file: Path, tidy_folder: Path) -> Path:
    """Write `<name>.csv` and `<name>.toml` for one publication file, and return the table's path."""
    if not file.is_file():
        raise ContractError(f"{dataset.name}: expected a file {dataset.material}; came nothing at {file}")
    table = tidy_folder / f"{dataset.name}.csv"
    origin = table.with_suffix(".toml")
    tidy, elsewhere = tidy_and_apart(dataset, file=file)
    coverage_did_not_shrink(tidy, previous=table)
    is_not_an_older_edition(tidy, previous=table)
    tidy_folder.mkdir(parents=True, exist_ok=True)
    content = tidy.to_csv(index=False, lineterminator="\n").encode()
    retrieval = retrieval_of(file, previous=origin)
    cautioned = unknown_places.cautioned(dataset.origin, names=elsewhere)
    written_whole(origin, origin_text(cautioned, retrieval=retrieval, table=content, apart=elsewhere).encode())
    written_whole(table, content)
    return table


def _canonical(tidy: pd.DataFrame) -> pd.DataFrame:
    """Order rows by key and write numbers plainly, so that the same figures make the same bytes."""
    table = tidy.reindex(columns=list(TIDY_COLUMNS)).sort_values(list(KEY_COLUMNS), ignore_index=True)
    for column in ("value", "lower", "upper"):
        written = {value: _plain(value) for value in table[column].unique()}
        table[column] = [written.get(value, "") for value in table[column]]  # not a number is no key of its own
    return table.astype("object").fillna("").astype(str)


def _plain(value: object) -> str:
    if value is None or value == "" or pd.isna(value):  # type: ignore[call-overload]
        return ""
    number = float(str(value))
    return str(int(number)) if number.is_integer() else repr(number)
