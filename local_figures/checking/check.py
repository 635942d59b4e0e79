"""A whole file against its template: every error at once, every warning that must be answered, and the lines to keep.

The awkward fact: a file that is wrong in one row is kept in none, for half an edition would be taken for a whole one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from itertools import islice

from cohesion.folding import folded
from cohesion.periods import last_day
from cohesion.vocabulary import TOTAL
from dashboard.i18n import LANGUAGES, Language, t
from local_figures import places
from local_figures.checking.cells import Place, Wrong, ended, meaning
from local_figures.checking.free_text import signs
from local_figures.checking.problems import MOST_TOLD, FirstProblems, Problem
from local_figures.checking.reading import Sheet
from local_figures.checking.recognising import likeliest
from local_figures.templates import NUMBERS, Template

Line = Mapping[str, str]
Lines = Mapping[int, Line]
NIL = "none"  # what a column says where there was nothing
LOOKED_DOWN = 20  # rows in which the names of columns are looked for
PACE = 2_000  # rows between two words of how far a check is


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check came to: with no errors, the lines may be kept once every warning is answered.

    `more` says of how many errors beyond those that are told, with one of each kind.
    """

    template: Template
    sheet: Sheet
    lines: Lines
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    more: tuple[tuple[Problem, int], ...] = ()

    @property
    def count(self) -> int:
        """Return how many errors there are, those that are not told one by one too."""
        return len(self.errors) + sum(count for _, count in self.more)

    def more_like(self, *, lang: Language) -> list[str]:
        """Return of each kind of which there are more than are told how many, with one of them."""
        return [
            t("local.check.more_like", lang=lang, n=f"{count:,}", sentence=problem.text(lang=lang))
            for problem, count in self.more
        ]


def check(
    sheet: Sheet,
    template: Template,
    place: Place,
    *,
    place_words: frozenset[str] = frozenset(),
    progress: Callable[[float], None] | None = None,
) -> Checked:
    """Return every error and warning of a file; its rows are looked at only under a header that says what they are.

    `progress` is told which part of the rows has been looked at.
    """
    sheet = _without_marks(sheet)
    header, *_ = sheet.rows.items()
    errors, warnings = (
        FirstProblems((*sheet.problems, *_header_problems(sheet, template))),
        FirstProblems(sheet.warnings),
    )
    lines: dict[int, Line] = {}
    headings = _headings(template)
    if set(template.names) <= set(header[1]) and all(header[1].count(name) == 1 for name in template.names):
        order = [header[1].index(name) for name in template.names]
        for so_far, (at, row) in enumerate(sheet.rows.items()):
            if progress is not None and so_far % PACE == 0:
                progress(so_far / len(sheet.rows))
            if at == header[0]:
                continue
            if _is_header(row, headings):
                errors.add([Problem(key="header_again", row=at)])
                continue
            lines[at], wrong = _line(at, row, order, header=header[1], template=template, place=place)
            errors.add(wrong)
            warnings.add(_words(at, row, order, template=template, place_words=place_words))
        errors.add([] if len(sheet.rows) > 1 else [Problem(key="no_rows")])
        for one in _across(lines, template, place.today):
            (warnings if one.key in _TO_ANSWER else errors).add([one])
    if sheet.has_semicolons:
        for one in _commas(sheet, lines, template):
            (warnings if one.key == "thousands" else errors).add([one])
    warnings.add(_zeros(lines, template))
    warnings.add(_fractions(lines, template))
    warnings.add(_of_forces(lines) if template.of_one_force else ())
    if warnings.rest():
        errors.add([Problem(key="too_many_to_answer", values={"most": f"{MOST_TOLD:,}"})])
    return Checked(
        template=template,
        sheet=sheet,
        lines=lines,
        errors=errors.first(),
        warnings=warnings.first(),
        more=errors.rest(),
    )


def _without_marks(sheet: Sheet) -> Sheet:
    """Return a sheet without the last column of a file that was handed back with its errors marked."""
    at, header = next(iter(sheet.rows.items()))
    ours = tuple(t("local.sheet.problems", lang=lang) for lang in LANGUAGES)
    if not header[-1].startswith(ours):
        return sheet
    rows = {number: row[: len(header) - 1] for number, row in sheet.rows.items()}
    return replace(sheet, rows={number: row for number, row in rows.items() if any(row) or number == at})


_TO_ANSWER = frozenset({"total_above_parts"})  # a crime may be of no strand on the list, or of another


def _header_problems(sheet: Sheet, template: Template) -> Iterator[Problem]:
    (at, header), *below = islice(sheet.rows.items(), LOOKED_DOWN)
    lower = next((row for row, names in below if set(template.names) <= set(names)), None)
    if lower is not None and not set(template.names) <= set(header):
        yield Problem(key="header_below", row=at, values={"row_of_names": lower})
        return
    for name in template.names:
        if header.count(name) > 1:
            yield Problem(key="header_twice", row=at, values={"name": name})
        if name not in header:
            yield Problem(key="header_missing", row=at, values={"name": name})
    for name in (cell for cell in header if cell and cell not in template.names):
        yield Problem(key="header_extra", row=at, values={"name": name[:40]})
    likely = likeliest(header)
    if likely is not None and likely != template.key and set(header) != set(template.names):
        yield Problem(key="looks_like", row=at, values={"template": likely})


def _headings(template: Template) -> frozenset[str]:
    """Return all that the columns are called, their names and their headings, in small letters."""
    return frozenset(folded(word) for one in template.columns for word in (one.name, *one.heading.values()))


def _is_header(row: tuple[str, ...], headings: frozenset[str]) -> bool:
    """Tell whether a row says once more what the columns are called."""
    filled = [cell for cell in row if cell]
    return len(filled) > 1 and all(folded(cell) in headings for cell in filled)


def _line(
    at: int, row: tuple[str, ...], order: list[int], *, header: tuple[str, ...], template: Template, place: Place
) -> tuple[Line, list[Problem]]:
    """Return the cells of a row in their plain forms, without those that are wrong, and what is wrong with them."""
    line: dict[str, str] = {}
    wrong: list[Problem] = []
    for column, number in zip(template.columns, order, strict=True):
        meaning_of_cell = meaning(row[number] if number < len(row) else "", column, place)
        if isinstance(meaning_of_cell, Wrong):
            wrong.append(Problem(key=meaning_of_cell.key, row=at, column=column.name, values=meaning_of_cell.values))
        else:
            line[column.name] = meaning_of_cell
    if any(cell for number, cell in enumerate(row) if number >= len(header) or not header[number]):
        wrong.append(Problem(key="beside", row=at))
    return line, wrong


def _across(lines: Lines, template: Template, today: date) -> Iterator[Problem]:
    """Yield what is wrong between cells of a row and between rows; cells that are wrong in themselves are left out."""
    row_of_key: dict[tuple[str, ...], int] = {}
    for at, line in lines.items():
        if all(name in line for name in template.row_key):
            key = tuple(folded(line[name]) for name in template.row_key)
            if key in row_of_key:
                yield Problem(key="duplicate", row=at, values={"first": row_of_key[key]})
            row_of_key.setdefault(key, at)
        yield from _within(at, line, template, today)
    if template.nil:
        yield from _not_nil(lines, template)
    if template.total:
        yield from _totals(lines, template, template.total)


def _not_nil(lines: Lines, template: Template) -> Iterator[Problem]:
    """Yield each row that says that there was nothing in a week and an area of which another row tells something."""
    kind = template.nil[0]
    before = template.row_key[: template.row_key.index(kind)]
    row_of_week: dict[tuple[str, ...], int] = {}
    for at, line in lines.items():
        if line.get(kind, NIL) != NIL:
            row_of_week.setdefault(tuple(line.get(name, "") for name in before), at)
    for at, line in lines.items():
        other = row_of_week.get(tuple(line.get(name, "?") for name in before))
        if line.get(kind) == NIL and other is not None:
            yield Problem(key="not_nil", row=at, column=kind, values={"other": other})


def _within(at: int, line: Line, template: Template, today: date) -> Iterator[Problem]:
    for smaller, larger in template.limits:
        if line.get(smaller) and line.get(larger) and float(line[smaller]) > float(line[larger]):
            yield Problem(key="more_than", row=at, column=smaller, values={"other": larger})
    day = template.taken_on and line.get(template.taken_on)
    start = line.get(template.row_key[0])
    if day and start and date.fromisoformat(day) <= (end := last_day(date.fromisoformat(start), months=3)):
        yield Problem(key="taken_early", row=at, column=template.taken_on, values={"end": end.isoformat()})
    if template.of_one_force and line.get("area_code") and places.force_of(line["area_code"]) is None:
        yield Problem(key="no_force", row=at, column="area_code", values={"came": line["area_code"]})
    for earlier, later in zip(template.ordered, template.ordered[1:], strict=False):
        if line.get(earlier) and line.get(later) and line[later] < line[earlier]:
            yield Problem(key="before", row=at, column=later, values={"other": earlier})
    if line.get("academic_year") and line.get("term") and ended(line["academic_year"], line["term"]) > today:
        came = f"{line['academic_year']} {line['term']}"
        yield Problem(key="not_ended", row=at, column="academic_year", values={"came": came})
    if template.nil and all(name in line for name in (*template.nil, *template.numbers)):
        nil = {*(line[name] == NIL for name in template.nil), *(line[name] == "0" for name in template.numbers)}
        if len(nil) > 1:
            yield Problem(key="nil", row=at, column=template.numbers[0])


def _totals(lines: Lines, template: Template, name: str) -> Iterator[Problem]:
    """Yield each total that is less than a part, more than all parts, or, where they add up, not their sum."""
    groups: dict[tuple[str, ...], dict[str, tuple[int, str]]] = defaultdict(dict)
    for at, line in lines.items():
        if all(key in line for key in (*template.row_key, template.numbers[0])):
            others = tuple(line.get(key, "") for key in template.row_key if key != name)
            groups[others].setdefault(line.get(name, ""), (at, line[template.numbers[0]]))
    for group in groups.values():
        yield from _total(group, template, name)


def _total(group: Mapping[str, tuple[int, str]], template: Template, name: str) -> Iterator[Problem]:
    at, whole = group.get(TOTAL, (0, ""))
    parts = {code: (row, int(count)) for code, (row, count) in group.items() if code != TOTAL and count}
    if not parts or not whole:
        return
    number, together = template.numbers[0], sum(count for _, count in parts.values())
    if template.adds:
        every = set(parts) == set(template.column(name).choices) - {TOTAL}
        if together > int(whole) or (every and together != int(whole)):
            yield Problem(key="does_not_add", row=at, column=number)
        return
    for row, count in parts.values():
        if count > int(whole):
            yield Problem(key="part_above_total", row=row, column=number, values={"total_row": at})
    if set(parts) == set(template.column(name).choices) - {TOTAL} and int(whole) > together:
        values = {"total": f"{int(whole):,}", "parts": f"{together:,}"}
        yield Problem(key="total_above_parts", row=at, column=number, values=values)


def _words(
    at: int, row: tuple[str, ...], order: list[int], *, template: Template, place_words: frozenset[str]
) -> Iterator[Problem]:
    """Yield what points at a person in the words of a row as they stand there, those that are refused too."""
    for column, number in zip(template.columns, order, strict=True):
        if column.kind in ("free", "short") and number < len(row):
            for sign in signs(row[number], place_words=place_words):
                yield Problem(key=f"seems_{sign}", row=at, column=column.name)


def _of_forces(lines: Lines) -> Iterator[Problem]:
    """Yield a warning at the first row of a second police force: one force takes its figures from one system."""
    first: tuple[int, str | None] | None = None
    for at, line in lines.items():
        force = places.force_of(line.get("area_code", ""))
        if force is not None and first is None:
            first = (at, force)
        if force is not None and first is not None and force != first[1]:
            yield Problem(key="two_forces", row=at, column="area_code", values={"other": first[0]})
            return


def _zeros(lines: Lines, template: Template) -> Iterator[Problem]:
    """Yield a warning for each period that says 0 and nothing else: 0 may stand there for "not collected"."""
    if not template.numbers or template.nil:
        return
    periods: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for at, line in lines.items():
        numbers_of_row = [line[name] for name in template.numbers if line.get(name)]
        periods[line.get(template.row_key[0], "")] += [(at, number) for number in numbers_of_row]
    for period, numbers in periods.items():
        if len(numbers) > 1 and all(number == "0" for _, number in numbers):
            yield Problem(key="all_zero", row=numbers[0][0], values={"period": period})


def _commas(sheet: Sheet, lines: Lines, template: Template) -> Iterator[Problem]:
    """Yield of each column of numbers the first whose comma divides thousands for us, and may begin decimals elsewhere.

    A whole number has no decimals, so it is told what was read; any other could be either, and each is refused.
    """
    header = next(iter(sheet.rows.values()))
    for column in (one for one in template.columns if one.kind in NUMBERS and one.name in header):
        place = header.index(column.name)
        read = ((at, sheet.rows[at][place]) for at, line in lines.items() if line.get(column.name))
        unclear = ((at, cell) for at, cell in read if cell.count(",") == 1 and "." not in cell)
        for at, cell in unclear if column.kind != "whole" else islice(unclear, 1):
            values = {"came": cell[:40], "read": cell.replace(",", "")[:40]}
            if column.kind == "whole":
                yield Problem(key="thousands", row=at, column=column.name, values=values)
            else:
                yield Problem(key="comma_unclear", row=at, column=column.name, values=values)


_THREE_DIGITS = Context(prec=3)
_PER_CENT = frozenset(
    {"%", "per cent", "percent", "percentage", "y cant", "canran"}
)  # units that people write beside a number of their own


def _fractions(lines: Lines, template: Template) -> Iterator[Problem]:
    """Yield a warning for each row whose percentages are all 1 or less: Excel shows 71.5% where a cell holds 0.715."""
    always = [column.name for column in template.columns if column.kind == "percent"]
    for at, line in lines.items():
        is_of_unit = folded(line.get("unit", "")) in _PER_CENT
        names = [*always, *(template.numbers if is_of_unit and not always else ())]
        percents = {name: Decimal(line[name]) for name in names if line.get(name)}
        name, percent = next(((name, one) for name, one in percents.items() if one > 0), ("", Decimal(0)))
        if name and max(percents.values()) <= 1:
            values = {"came": _plain(percent), "percent": _plain(100 * percent)}
            yield Problem(key="fraction", row=at, column=name, values=values)


def _plain(number: Decimal) -> str:
    """Write a number in three digits that tell: 0.0004, 71.5, never 4E-4, nor what Excel's arithmetic leaves behind."""
    return f"{_THREE_DIGITS.create_decimal(number).normalize():f}"
