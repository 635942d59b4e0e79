"""Time and peak memory of reading one big ODS, by each reader we could use: `python benchmarks/ods.py`.

The file is made up, in the layout of the partnership tables: five sheets, nine columns, about 1,400 bytes of XML
a row. Each reader runs in a process of its own, which reads every row of every sheet as the reader gives it; one
that is not installed is named as such, and slow ones read fewer rows. `--rows 200000 2000000` chooses the sizes.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

from benchmarks.apart import FailedError, apart  # noqa: E402

SIZES = (200_000, 2_000_000)
ODFPY_ROWS = 20_000  # it holds every cell as several Python objects: more would need the machine to itself
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def main() -> None:
    """Make each file, have every reader read it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print("| reader | rows | XML | seconds | of them on the processor | peak memory |\n|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (ODFPY_ROWS, *options.rows):
            file = Path(folder) / f"{rows}.ods"
            unpacked = write(file, rows=rows)
            for reader in READERS:
                if (reader == "pandas and odfpy") == (rows == ODFPY_ROWS):
                    print(line(reader, file=file, rows=rows, unpacked=unpacked), flush=True)
            file.unlink()


def line(reader: str, *, file: Path, rows: int, unpacked: int) -> str:
    """Return one line of the table, measured in a new process."""
    start = f"| {reader} | {rows:,} | {unpacked / 1e6:,.0f} MB |"
    try:
        measures = apart(measure, reader, str(file))
    except FailedError as error:
        return f"{start} {error} | | |"
    return f"{start} {measures['seconds']:.1f} | {measures['processor']:.1f} | {measures['peak'] / 1e6:,.0f} MB |"


def measure(reader: str, file: str) -> dict[str, float]:
    """Read the file and return how long it took and how much memory the process held at most."""
    start, used = time.perf_counter(), time.process_time()
    READERS[reader](Path(file))
    return {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - used,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def read_own(file: Path) -> None:
    """Read with etl/reading/ods.py."""
    from etl.reading.ods import rows  # noqa: PLC0415

    for _ in rows(file):
        pass


def read_calamine(file: Path) -> None:
    """Read with python-calamine, a sheet at a time."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    workbook = CalamineWorkbook.from_path(str(file))
    for name in workbook.sheet_names:
        for _ in workbook.get_sheet_by_name(name).iter_rows():
            pass


def read_stream_read_ods(file: Path) -> None:
    """Read with stream-read-ods."""
    from stream_read_ods import stream_read_ods  # noqa: PLC0415

    with file.open("rb") as stream:
        for _, rows in stream_read_ods(iter(lambda: stream.read(1 << 16), b"")):
            for _ in rows:
                pass


def read_odfpy(file: Path) -> None:
    """Read with pandas and odfpy."""
    import pandas as pd  # noqa: PLC0415

    pd.read_excel(file, engine="odf", sheet_name=None, header=None)


READERS: dict[str, Callable[[Path], None]] = {
    "etl/reading/ods.py": read_own,
    "python-calamine": read_calamine,
    "stream-read-ods": read_stream_read_ods,
    "pandas and odfpy": read_odfpy,
}


def write(path: Path, *, rows: int) -> int:
    """Write the made-up file and return how many bytes its XML has."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(f"<office:document-content {SPACES}><office:body><office:spreadsheet>".encode())
            for year in range(2020, 2025):
                content.write(f'<table:table table:name="{year}_{year - 1999}">'.encode())
                for number in range(rows // 5):
                    content.write(row_xml(year, number))
                content.write(b"</table:table>")
            content.write(b"</office:spreadsheet></office:body></office:document-content>")
        return archive.getinfo("content.xml").file_size


def row_xml(year: int, n: int) -> bytes:
    """Return one row: year, quarter, force, partnership, four words of the offence, count."""
    words = (
        f"{year}/{year - 1999}", "South Wales", f"Partnership number {n % 330}", f"An offence of kind {n % 120}",
        "Violence against the person", "Violence with injury", f"{n % 120}A",
    )  # fmt: skip
    cells = [
        f'<table:table-cell table:style-name="ce11" office:value-type="string"><text:p>{w}</text:p></table:table-cell>'
        for w in words
    ]
    cells[1:1] = [number_xml(n % 4 + 1)]
    return f'<table:table-row table:style-name="ro1">{"".join(cells)}{number_xml(n % 977)}</table:table-row>'.encode()


def number_xml(number: int) -> str:
    """Return a cell with a number."""
    return (
        f'<table:table-cell table:style-name="ce12" office:value-type="float" office:value="{number}">'
        f"<text:p>{number}</text:p></table:table-cell>"
    )


if __name__ == "__main__":
    main()
