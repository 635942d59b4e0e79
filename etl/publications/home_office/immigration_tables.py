"""What the Home Office's immigration statistics share: columns of places, and when a quarter's edition comes out."""

from __future__ import annotations

from datetime import date

from etl.pipeline.published_files import Edition
from etl.reading.periods import month_words
from etl.reading.sheets import Column

LAD_CODE = Column(name="LAD Code", headings=("LAD Code",))
REGIONS = ("UK Region / Nation", "UK Region", "Region", "Region / Nation")  # not read


def edition_of_month(day: date) -> Edition:
    """Return the edition named after the month of the last day in a table."""
    english, welsh = month_words(day)
    return Edition(english=english, welsh=welsh, released=two_months_later(day))


def two_months_later(day: date) -> str:
    """Return the month in which the Home Office's immigration statistics of a quarter's end come out ("2026-08")."""
    return f"{day.year + (day.month > 10)}-{(day.month + 1) % 12 + 1:02d}"
