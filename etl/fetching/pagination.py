"""Services that give their rows a page at a time: ArcGIS feature layers and the StatsWales API.

The awkward fact: both answer "no more" and "something went wrong" with the same cheerful status, so the rows that
came are counted against what the service said there would be, or every page but the last must be full.
Written from descriptions and from other public loaders; neither live service has been met yet.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import httpx

from etl.contract import ContractError
from etl.fetching.network import Client

Progress = Callable[[int, int | None], None]
STATSWALES_ROWS = 5000


def arcgis(url: str, *, client: Client, largest: int, progress: Progress) -> bytes:
    """Return all features of a layer as one GeoJSON, the bytes the same whenever the features are."""
    count = _entry_of(client.json(_with(url, returnCountOnly="true", f="json")), key="count", url=url)
    features: list[Any] = []
    size = 0
    while len(features) < count:
        page = _entry_of(client.json(_with(url, resultOffset=len(features))), key="features", url=url)
        if not page:
            raise ContractError(f"{url}: expected {count} features; came {len(features)}")
        features += page
        size = _size_after(page, before=size, largest=largest, url=url)
        progress(size, None)
    if len(features) != count:
        raise ContractError(f"{url}: expected {count} features; came {len(features)}")
    return _json({"type": "FeatureCollection", "features": features})


def statswales(url: str, *, client: Client, largest: int, progress: Progress) -> bytes:
    """Return all rows of a StatsWales dataset as one JSON list."""
    rows: list[Any] = []
    size = 0
    for number in itertools.count(1):
        page = client.json(_with(url, page_size=STATSWALES_ROWS, page_number=number))
        if not isinstance(page, list):
            raise ContractError(f"{url}: expected a list of rows on page {number}; came {str(page)[:60]}")
        rows += page
        size = _size_after(page, before=size, largest=largest, url=url)
        progress(size, None)
        if len(page) < STATSWALES_ROWS:
            break
    if not rows:
        raise ContractError(f"{url}: expected rows; came none")
    return _json(rows)


PAGES: Mapping[str, Callable[..., bytes]] = MappingProxyType({"arcgis": arcgis, "statswales": statswales})


def _entry_of(answer: Any, *, key: str, url: str) -> Any:
    """Return one entry of an answer; an ArcGIS error comes with status 200 and says so inside."""
    if not isinstance(answer, dict) or key not in answer:
        raise ContractError(f"{url}: expected an answer with {key!r}; came {str(answer)[:200]}")
    return answer[key]


def _size_after(page: list[Any], *, before: int, largest: int, url: str) -> int:
    size = before + len(_json(page))
    if size > largest:
        raise ContractError(f"{url}: expected at most {largest:,} bytes; came more")
    return size


def _with(url: str, **more: str | int) -> str:
    return str(httpx.URL(url).copy_merge_params(more))


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
