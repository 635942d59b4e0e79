"""The sheets behind native charts, with what a person who opens one needs beside the numbers that are drawn.

The awkward fact: a chart's sheet holds what is drawn: dots without names, bars as sizes that float, a year as the day
in its middle. So names, periods and true values stand in columns of their own at the right, unread by the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.util import lazyproperty

Beside: TypeAlias = Sequence[Sequence[str | float | None]]  # columns, each with its heading first
_BEHIND_POINTS = 2  # the column behind the two of a scatter chart


class NamedPoints(XyChartData):
    """Dots with their names and true values beside them in the sheet, in the order of the first series."""

    def __init__(self, *, heading: str, beside: Beside) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.heading, self.beside = heading, beside

    @lazyproperty
    def _workbook_writer(self) -> Any:
        return _NamedPointsWriter(self)  # type: ignore[no-untyped-call]


class _NamedPointsWriter(XyWorkbookWriter):
    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        _write_beside(worksheet, self._chart_data, first=_BEHIND_POINTS)


class TrueValues(CategoryChartData):
    """Lines and bars, with the names and the true values of what they draw beside them in the sheet."""

    def __init__(self, *, heading: str, beside: Beside) -> None:
        super().__init__(number_format="General")  # type: ignore[no-untyped-call]
        self.heading, self.beside = heading, beside

    @lazyproperty
    def _workbook_writer(self) -> Any:
        return _TrueValuesWriter(self)  # type: ignore[no-untyped-call]


class _TrueValuesWriter(CategoryWorkbookWriter):
    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        super()._populate_worksheet(workbook, worksheet)  # type: ignore[no-untyped-call]
        _write_beside(worksheet, self._chart_data, first=1 + len(self._chart_data))


def _write_beside(worksheet: Any, data: Any, *, first: int) -> None:
    """Head the first column, and write what stands beside the chart's own columns."""
    worksheet.write(0, 0, data.heading)
    for number, column in enumerate(data.beside):
        worksheet.write_column(0, first + number, column)
