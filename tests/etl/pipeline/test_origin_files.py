"""Words beside the code: what is shared stands once, a table's own go before, and a slip in a file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.contract import ContractError
from etl.pipeline.origin_files import every_edition, origins
from etl.registry import ALL, modules

PUBLISHER = 'publisher_en = "Made-up Office"\npublisher_cy = "Swyddfa Ffug"\nlicence = "Open Government Licence v3.0"\n'
TABLE = """
[every]
title_en = "Made up"
title_cy = "Ffug"
edition = "2025"
edition_cy = "2025"
released = "2026-01-01"
url = "https://www.gov.uk/made-up"
grade = "A"
status = "official"
counts_en = "Things."
counts_cy = "Pethau."
coverage_en = "Wales."
coverage_cy = "Cymru."
checked_en = "Added up."
checked_cy = "Wedi'u hadio."

[one]

[other]
publisher_en = "Another"
grade = "T"

[other.every_edition]
caution_en = "Few."
caution_cy = "Ychydig."
coverage_en = "No row means zero."
coverage_cy = "Os nad oes rhes, sero yw'r nifer."
"""


def module_beside(folder: Path, text: str, *, publisher: str = PUBLISHER) -> str:
    """Return the `__file__` of a module in a publication's folder with such an origin file."""
    (folder / "publication").mkdir()
    (folder / "publisher.toml").write_text(publisher, encoding="utf-8")
    (folder / "publication" / "origin.toml").write_text(text, encoding="utf-8")
    return str(folder / "publication" / "dataset.py")


def test_a_tables_own_words_go_before_the_publications_and_those_before_the_publishers(tmp_path):
    made_up = origins(module_beside(tmp_path, TABLE))
    assert set(made_up) == {"one", "other"}
    assert (made_up["one"].publisher_en, made_up["one"].grade, made_up["one"].caution_en) == ("Made-up Office", "A", "")
    assert (made_up["other"].publisher_en, made_up["other"].publisher_cy) == ("Another", "Swyddfa Ffug")
    assert made_up["other"].grade == "T"


def test_words_of_every_edition_are_a_tables_own(tmp_path):
    words = every_edition(module_beside(tmp_path, TABLE))
    assert set(words) == {"other"}
    assert words["other"].entries == {"caution_en": "Few.", "caution_cy": "Ychydig."}
    assert words["other"].coverage_en == "No row means zero."


@pytest.mark.parametrize(
    ("old", "new", "came"),
    [
        ('url = "https://www.gov.uk/made-up"\n', "", "lacking url"),
        ("[other]\n", '[other]\ncolour = "red"\n', "unknown colour"),
        ('grade = "T"', 'grade = "T', "TOML in UTF-8"),
        ('edition = "2025"', "edition = 2025", "edition as text in quotes; came 2025"),
        ("https://www.gov.uk/made-up", "javascript:alert(1)", "url as a public address"),
        ("https://www.gov.uk/made-up", "https://name@gov.uk/", "url as a public address"),
        ("[every]\n", "", "every entry in a part such as .every.; came outside of any"),
    ],
)
def test_a_slip_is_named_with_its_file(tmp_path, old, new, came):
    with pytest.raises(ContractError, match=rf"publication/origin\.toml.*{came}"):
        origins(module_beside(tmp_path, TABLE.replace(old, new)))


def test_every_table_of_an_origin_file_is_a_dataset_of_its_folder():
    for folder in {Path(module.__file__).parent for module in modules()}:
        if (folder / "origin.toml").exists():
            here = [m for m in modules() if Path(m.__file__).parent == folder]
            declared = {dataset.name for module in here for dataset in getattr(module, "DATASETS", ())}
            told = set(origins(str(folder / "any.py")))
            assert told - {"topics"} <= declared, folder.name
    assert all(dataset.origin.title_cy for dataset in ALL.values())


def test_a_part_that_is_asked_for_and_is_not_there_is_told_with_its_file(tmp_path):
    made_up = origins(module_beside(tmp_path, TABLE))
    with pytest.raises(
        ContractError, match=r"publication/origin\.toml: expected a part \[third\]; came 'one' and 'other'"
    ):
        made_up["third"]
