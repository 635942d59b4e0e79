"""There is no list: what lies in the folders of publications is known, and a name is declared once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from etl import registry
from etl.__main__ import main
from etl.contract import ContractError

FOLDER = Path(registry.publications.__file__).parent


def test_every_module_that_lies_there_is_known():
    there = {path for path in FOLDER.rglob("*.py") if path.name != "__init__.py"}
    assert {Path(module.__file__) for module in registry.modules()} == there


def test_every_folder_of_a_publication_says_what_it_is():
    folders = {path.parent for path in FOLDER.rglob("*.py")}
    assert [
        str(folder) for folder in folders if not (folder / "__init__.py").read_text("utf-8").startswith('"""')
    ] == []


def test_a_name_that_is_declared_twice_is_refused(monkeypatch):
    dataset = next(iter(registry.ALL.values()))
    twice = SimpleNamespace(DATASETS=(dataset, dataset))
    monkeypatch.setattr(registry, "modules", lambda: (twice,))
    with pytest.raises(ContractError, match=f"expected each dataset declared once; came twice {dataset.name}"):
        registry._datasets()


def test_a_second_published_file_of_a_dataset_is_refused(monkeypatch):
    name, file = next(iter(registry.PUBLISHED_FILES.items()))
    modules = (SimpleNamespace(PUBLISHED_FILES=(file,)), SimpleNamespace(PUBLISHED_FILES=(file,)))
    monkeypatch.setattr(registry, "modules", lambda: modules)
    with pytest.raises(ContractError, match=f"expected one published file of each dataset; came twice {name}$"):
        registry._published_files()


def test_signs_and_readers_are_of_datasets_that_are_declared():
    assert set(registry.PUBLISHED_FILES) <= set(registry.ALL)
    assert all(signs.in_row or signs.in_file for signs in registry.SIGNS)
    assert any(signs.looked_for for signs in registry.SIGNS)


def test_what_is_wrong_in_several_folders_is_told_at_once_and_in_a_sentence(monkeypatch, capsys):
    def damaged(name: str) -> None:
        raise ContractError(f"{name.split('.')[-2]}/origin.toml: expected TOML; came none")

    registry.modules.cache_clear()
    monkeypatch.setattr(registry, "import_module", damaged)
    with pytest.raises(ContractError, match=r"asylum_support/origin\.toml(?s:.*)census_2021/origin\.toml") as raised:
        registry.modules()
    monkeypatch.setattr("etl.__main__.import_module", lambda _: registry.modules())
    assert main(["check"]) == 1
    assert capsys.readouterr().err == f"Stopped, nothing was replaced:\n{raised.value}\n"
