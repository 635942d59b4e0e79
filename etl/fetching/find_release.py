"""Finding the newest file of a publication: GOV.UK's Content API first, the page itself second.

The awkward fact: the address of a file on GOV.UK changes with every release, its name follows a habit that is kept
most of the time, and a page may hold many editions. So names are matched against the patterns of
its `source.toml`, the newest is told by the period in its name, and nothing found is an error that lists what was.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from etl.contract import ContractError
from etl.fetching.addresses import Publication
from etl.fetching.network import Client, NotAnsweredError

GOV_UK = "https://www.gov.uk"
CONTENT_API = f"{GOV_UK}/api/content"
GONE = (404, 410)
NAMES_TOLD = 20
MONTHS = tuple(name.lower() for name in calendar.month_abbr)[1:]
ALIKE = 0.5  # of the words of two names that stand in both, from which on one looks like the other
_NAMED_MONTHS = {
    word: number
    for number in range(1, 13)
    for word in (calendar.month_abbr[number].lower(), calendar.month_name[number].lower())
} | {"sept": 9}
_ANY_MONTH = "|".join(sorted(_NAMED_MONTHS, key=len, reverse=True))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A file that may be taken: where it is, what it is called, and the last day its name says it reaches.

    `released` is when the page was last made public, as the publisher writes it; `page` where the file was found.
    `newer_looking` are names on its page that are like its own, tell of a later time and fit no pattern of ours.
    """

    url: str
    filename: str
    title: str = ""
    released: str = ""
    period: date | None = None
    page: str = ""
    newer_looking: tuple[str, ...] = ()


@dataclass(kw_only=True)
class _Search:
    """What was met on the way, to be told when nothing fits."""

    looked: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def newest(
    publication: Publication,
    *,
    client: Client,
    today: date | None = None,
    others: Iterable[Publication] = (),
) -> Candidate:
    """Return the newest file of a publication; raise `ContractError` naming what was looked for and what was there.

    A file that fits one of the `others` is theirs, however much its name is like ours.
    """
    year = (today or date.today()).year
    search = _Search()
    if publication.urls:
        candidate = _newest_address(publication, client=client, year=year, search=search)
    else:
        candidate = _newest_on_pages(publication, client=client, year=year, search=search)
    if candidate is None:
        raise ContractError(_nothing(publication, search=search))
    patterns = [pattern for one in (publication, *others) for pattern in one.files]
    strange = [name for name in dict.fromkeys(search.names) if not any(re.fullmatch(p, name.lower()) for p in patterns)]
    newer = tuple(name for name in strange if _looks_newer(name, than=candidate, publication=publication))
    return replace(candidate, newer_looking=newer)


def _looks_newer(name: str, *, than: Candidate, publication: Publication) -> bool:
    """Tell whether a name is like that of the file found, and tells of a later time than that does."""
    if not name.lower().endswith(tuple(f".{one}" for one in publication.formats)):
        return False
    words, ours = _words(name), _words(than.filename)
    alike = len(words & ours) >= ALIKE * len(words | ours)
    return alike and _latest_month(name) > _latest_month(than.filename)


def _words(name: str) -> set[str]:
    """Return the words of a file's name that tell of no time: no month, no quarter, no number."""
    stem = name.lower().rpartition(".")[0]
    return {word for word in re.findall(r"[a-z]+", stem) if word not in _NAMED_MONTHS}


def _latest_month(name: str) -> tuple[int, int]:
    """Return the latest year and month that a name tells of, as far as it can be read without a pattern."""
    text = re.sub(r"[^a-z0-9]+", "-", name.lower().rpartition(".")[0])
    months = [(0, 0)]
    months += [(2000 + int(y[-2:]), _NAMED_MONTHS[m]) for m, y in re.findall(rf"({_ANY_MONTH})-?((?:20)?\d\d)\b", text)]
    months += [(int(y), 3 * int(q)) for q, y in re.findall(r"(?:quarter|q)-?([1-4])-(20\d\d)", text)]
    months += [(int(y), 3 * int(q)) for y, q in re.findall(r"(20\d\d)-?(?:quarter|q)-?([1-4])", text)]
    months += [(int(y), int(m)) for y, m in re.findall(r"\b(20\d\d)-(0[1-9]|1[0-2])\b", text)]
    months += [(2000 + int(y), int(m)) for m, y in re.findall(r"\b\d\d(0[1-9]|1[0-2])(\d\d)\b", text)]
    months += [(int(y), 0) for y in re.findall(r"(?<!\d)(20\d\d)(?!\d)", text)]
    months += [(int(y), 0) for y in re.findall(r"(?<=\d{4})(20\d\d)(?!\d)", text)]
    return max(months)


def period_of(filename: str, *, publication: Publication) -> tuple[date, date, str] | None:
    """Return what a name says of its age: (last day of its period, day of the stamp, edition); None for another file.

    "prc-csp-mar21-sep25-tables-290126.ods" -> (30 September 2025, 29 January 2026, ""). What is not said is the
    earliest there can be.
    """
    for pattern in publication.files:
        match = re.fullmatch(pattern, filename.lower())
        if match:
            groups = match.groupdict()
            try:
                end, stamp = _period_end(groups, month=publication.month), _stamp(groups.get("stamp"))
            except ValueError as error:
                raise ContractError(f"{filename}: expected a name that tells a day; came {error}") from None
            return end, stamp, groups.get("edition") or ""
    return None


def _newest_address(publication: Publication, *, client: Client, year: int, search: _Search) -> Candidate | None:
    """Return the first of the fixed addresses that has a file; where there is only one it is not asked first."""
    addresses = list(_with_years(publication.urls, year=year, back=publication.years_back))
    for url in addresses:
        search.looked.append(url)
        if len(addresses) == 1 or client.exists(url):
            name = file_name(url)
            age = period_of(name, publication=publication)
            return Candidate(url=url, filename=name, title=publication.title, period=age[0] if age else None)
    return None


def _newest_on_pages(publication: Publication, *, client: Client, year: int, search: _Search) -> Candidate | None:
    """Return the newest file of the first page that has one."""
    for path in _with_years(publication.pages, year=year, back=publication.years_back):
        for candidates in _files_on(path, publication=publication, client=client, search=search):
            candidate = _choose(candidates, publication=publication, search=search)
            if candidate:
                return candidate
    return None


def _files_on(path: str, *, publication: Publication, client: Client, search: _Search) -> Iterator[list[Candidate]]:
    """Give the files that the Content API knows on a page, then those the page itself links to; none if it is gone."""
    search.looked.append(path)
    content = _content(path, client=client)
    if content is None:
        return
    if not publication.release:
        yield _files_told(content, path=path)
        yield _files_linked(path, client=client)
        return
    documents = _documents(content) or [("", urlsplit(link.url).path) for link in _files_linked(path, client=client)]
    search.names.extend(path for _, path in documents)
    for release in _releases(documents, publication=publication):
        search.looked.append(release)
        yield _files_told(_content(release, client=client) or {}, path=release)
        yield _files_linked(release, client=client)


def _content(path: str, *, client: Client) -> dict[str, Any] | None:
    """Return what the Content API says of a page: None when it is gone, nothing when the API fails.

    An API that fails, or says something else, is what the page itself is there for.
    """
    try:
        content = client.json(CONTENT_API + path)
    except ContractError as error:
        return None if isinstance(error, NotAnsweredError) and error.status in GONE else {}
    return content if isinstance(content, dict) else {}


def _documents(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (when it was made public, path) of each document of a collection."""
    linked = content.get("links")
    documents = linked.get("documents") if isinstance(linked, dict) else None
    return [
        (str(document.get("public_updated_at", "")), str(document.get("base_path", "")))
        for document in (documents if isinstance(documents, list) else [])
        if isinstance(document, dict)
    ]


def _releases(documents: Iterable[tuple[str, str]], *, publication: Publication) -> list[str]:
    """Return the paths of those documents that are releases, the newest first."""
    aged = []
    for released, path in documents:
        match = re.fullmatch(publication.release, path)
        if match:
            aged.append((_period_end(match.groupdict(), month=publication.month), released, path))
    return [path for *_, path in sorted(aged, reverse=True)]


def _files_told(content: dict[str, Any], *, path: str) -> list[Candidate]:
    """Return the attachments that the Content API lists, then the links in the body it gives."""
    details = content.get("details")
    details = details if isinstance(details, dict) else {}
    released = str(content.get("public_updated_at", ""))
    listed = details.get("attachments")
    files = [
        _candidate(
            str(item["url"]), name=str(item.get("filename") or ""), title=str(item.get("title") or ""), path=path
        )
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict) and item.get("url")
    ]
    files += _links(_html(details.get("body")), path=path)
    return [Candidate(**{**vars(candidate), "released": released}) for candidate in files if candidate]


def _files_linked(path: str, *, client: Client) -> list[Candidate]:
    """Return what the page itself links to; nothing when there is no such page."""
    try:
        linked = _links(client.read(GOV_UK + path).decode("utf-8", errors="replace"), path=path)
        return [candidate for candidate in linked if candidate]
    except NotAnsweredError as error:
        if error.status in GONE:
            return []
        raise


def _html(body: Any) -> str:
    """Return the HTML of a body, which is text or a list of renderings."""
    if isinstance(body, list):
        return "".join(str(part.get("content", "")) for part in body if isinstance(part, dict))
    return body if isinstance(body, str) else ""


def _links(html: str, *, path: str) -> list[Candidate | None]:
    reader = _LinkReader()
    reader.feed(html)
    return [_candidate(href, name="", title=" ".join(text.split()), path=path) for href, text in reader.links]


def _candidate(url: str, *, name: str, title: str, path: str) -> Candidate | None:
    """Return a file that may be taken; None for an address that is none ("https://[::1/x")."""
    try:
        whole = urljoin(GOV_UK + path, url)
        name = name or file_name(whole)
    except ValueError:
        return None
    return Candidate(url=whole, filename=name, title=title, page=GOV_UK + path)


def _choose(candidates: Iterable[Candidate], *, publication: Publication, search: _Search) -> Candidate | None:
    """Return the candidate with the latest period, stamp and edition; of two alike the better format, or the first."""
    best: tuple[tuple[Any, ...], Candidate] | None = None
    for candidate in candidates:
        if candidate.filename.count("."):
            search.names.append(candidate.filename)
        age = period_of(candidate.filename, publication=publication)
        if age is None:
            continue
        rank = (*age, -_format_rank(candidate.filename, publication=publication))
        if best is None or rank > best[0]:
            period = None if age[0] == date.min else age[0]
            best = rank, Candidate(**{**vars(candidate), "period": period})
    return best[1] if best else None


def _format_rank(filename: str, *, publication: Publication) -> int:
    suffix = filename.lower().rpartition(".")[2]
    return publication.formats.index(suffix) if suffix in publication.formats else len(publication.formats)


def _with_years(templates: Iterable[str], *, year: int, back: int) -> Iterator[str]:
    """Give each template with this year put in, then the years before it; once where it names no year."""
    for template in templates:
        if "{year}" not in template:
            yield template
            continue
        for each in range(year, year - back - 1, -1):
            yield template.replace("{year}", str(each)).replace("{before}", str(each - 1))


def _period_end(groups: dict[str, str | None], *, month: int) -> date:
    """Return the last day that the groups of a name tell ("sep", "25" -> 30 September 2025)."""
    if not groups.get("year"):
        return date.min
    year = int(groups["year"] or 0)
    year += 2000 if year < 100 else 0
    word, quarter = groups.get("month"), groups.get("quarter")
    number = MONTHS.index(word[:3]) + 1 if word else 3 * int(quarter) if quarter else month
    return date(year, number, calendar.monthrange(year, number)[1])


def _stamp(text: str | None) -> date:
    """Return the day of a stamp ("230726" -> 23 July 2026)."""
    if not text:
        return date.min
    return date(2000 + int(text[4:]), int(text[2:4]), int(text[:2]))


def file_name(url: str) -> str:
    """Return the file's name in an address, whether it ends the path or an ONS `uri=`."""
    parts = urlsplit(url)
    path = parts.query.rpartition("uri=")[2] if "uri=" in parts.query else parts.path
    return unquote(path).rpartition("/")[2]


def _nothing(publication: Publication, *, search: _Search) -> str:
    names = list(dict.fromkeys(search.names))
    came = ", ".join(names[:NAMES_TOLD]) + (f" and {len(names) - NAMES_TOLD} more" if len(names) > NAMES_TOLD else "")
    patterns = " or ".join(publication.files) or "a file"
    return f"{publication.id}: expected {patterns} at {', '.join(search.looked)}; came {came or 'nothing'}"


class _LinkReader(HTMLParser):
    """Collects (address, text) of every link."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._open: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self._open, self._text = href, ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            self.links.append((self._open, self._text))
            self._open = None
