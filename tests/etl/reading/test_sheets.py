"""A publisher's table is laid out once for all that ask for it, and anew when its file changed."""

from __future__ import annotations

from etl.reading import sheets
from etl.reading.sheets import Layout, named, same_names
from tests.synthetic import write_ods


def test_a_table_is_laid_out_once_and_anew_when_the_file_is_another(tmp_path, monkeypatch):
    path, seen = tmp_path / "a.ods", []
    rows = sheets.rows
    monkeypatch.setattr(sheets, "rows", lambda *args, **kwargs: seen.append(1) or rows(*args, **kwargs))
    layout = Layout(columns=same_names("Place", "People", numbers=("People",)))

    def people() -> list[str]:
        cells = sheets.table(path, sheet_filter=named("S"), sheets="a sheet S", layout=layout)
        cells["People"] = cells["People"] + " people"  # whoever changes theirs changes nobody else's
        return cells["People"].tolist()

    for count in ("4", "5"):
        write_ods(path, {"S": [["Place", "People"], ["Cardiff", count]]})
        assert people() == people() == [f"{count} people"]
    assert len(seen) == 2
