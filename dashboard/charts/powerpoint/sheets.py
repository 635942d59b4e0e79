"""The sheets behind native charts, with what a person who opens one needs beside the numbers that are drawn.

The awkward fact: a chart's sheet holds what is drawn: dots without names, and bars as sizes that float. So names and
true values stand in a column of their own, which the chart does not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.util import lazyproperty

_BESIDE_POINTS = 2  # the column behind the two of a scatter chart


class NamedPoints(XyChartData):
    """Dots whose names stand beside them in the sheet, in the order of the first series."""

    def __init__(self, names: Sequence[str], *, heading: str) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.beside = (heading, *names)

    @lazyproperty
    def _workbook_writer(self) -> Any:
        return _NamedPointsWriter(self)  # type: ignore[no-untyped-call]


class _NamedPointsWriter(XyWorkbookWriter):
    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        worksheet.write_column(0, _BESIDE_POINTS, self._chart_data.beside)


class TrueValues(CategoryChartData):
    """Bars that float: behind the columns that draw them stands the signed number of each."""

    def __init__(self, values: Sequence[float], *, heading: str) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.beside = (heading, *values)

    @lazyproperty
    def _workbook_writer(self) -> Any:
        return _TrueValuesWriter(self)  # type: ignore[no-untyped-call]


class _TrueValuesWriter(CategoryWorkbookWriter):
    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        worksheet.write_column(0, 1 + len(self._chart_data), self._chart_data.beside)
