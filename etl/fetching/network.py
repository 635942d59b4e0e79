"""Asking publishers' hosts politely: who we are, how long we wait, how often we ask again, where we may be sent.

The awkward fact: a redirect is the host's word about where to go next, and a host may be wrong or not be who it
seems. So each hop is checked against the hosts of `network.toml` before it is asked, certificates are always
verified, and every answer has a size beyond which we stop reading.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from etl.contract import ContractError
from etl.fetching.addresses import Config, Manners

T = TypeVar("T")
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
WELCOME = frozenset({200, 206, 304})


class NotAnsweredError(ContractError):
    """A host that answered, but not with what was asked for; `status` is its HTTP status."""

    def __init__(self, text: str, *, status: int) -> None:
        """Take the sentence to show and the status."""
        super().__init__(text)
        self.status = status


class TryAgainError(Exception):
    """A failure that may pass: a busy host, a lost connection. the host asked us to wait `after` seconds."""

    def __init__(self, text: str, *, after: float = 0) -> None:
        """Take the sentence to show when the last attempt fails too."""
        super().__init__(text)
        self.after = after


class Client:
    """One conversation with the publishers' hosts; close it, or use it in a `with`.

    `transport` is for tests, which answer from this machine: nothing else decides where a request goes.
    """

    def __init__(self, config: Config, *, transport: httpx.BaseTransport | None = None) -> None:
        """Open no connection yet."""
        self.config = config
        manners = config.manners
        timeout = httpx.Timeout(manners.read_seconds, connect=manners.connect_seconds)
        self._http = httpx.Client(timeout=timeout, follow_redirects=False, transport=transport)
        self._again = _retrying(manners)

    def __enter__(self) -> Client:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections."""
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def persist(self, ask: Callable[[], T]) -> T:
        """Return what `ask` returns, asking again with longer and longer waits while it raises `TryAgainError`."""
        try:
            return self._again.copy()(ask)
        except TryAgainError as error:
            raise ContractError(f"{error} (asked {self.config.manners.attempts} times)") from error

    @contextmanager
    def stream(self, url: str, *, headers: Mapping[str, str] | None = None) -> Iterator[httpx.Response]:
        """Open the answer of `url` (status 200, 206 or 304), following redirects to hosts we may ask, one by one.

        Raises `ContractError` for a host we may not ask, `NotAnsweredError` for another status, and `TryAgainError`
        for what may pass.
        """
        with failures_told(url):
            response = self._final(url, headers=headers or {})
            try:
                yield response
            finally:
                response.close()

    def read(self, url: str) -> bytes:
        """Return a whole page, of at most `page_bytes`."""
        return self.persist(lambda: self._read(url))

    def json(self, url: str) -> Any:
        """Return what a page says in JSON; raise `ContractError` with its first bytes when it is something else."""
        body = self.read(url)
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ContractError(f"{url}: expected JSON; came {body[:60]!r}") from error

    def exists(self, url: str) -> bool:
        """Say whether a file stands at `url`, without taking it."""
        try:
            return self.persist(lambda: self._opens(url))
        except NotAnsweredError as error:
            if error.status in (404, 410):
                return False
            raise

    def _opens(self, url: str) -> bool:
        with self.stream(url):
            return True

    def _read(self, url: str) -> bytes:
        with self.stream(url) as response:
            return b"".join(self.chunks(response, url=url, largest=self.config.manners.page_bytes))

    def chunks(self, response: httpx.Response, *, url: str, largest: int, before: int = 0) -> Iterator[bytes]:
        """Give the body piece by piece; raise `ContractError` past `largest` bytes (`before` of them had before)."""
        seconds = self.config.manners.download_seconds
        until = time.monotonic() + seconds
        announced = int(response.headers.get("Content-Length") or 0)
        if before + announced > largest:
            raise ContractError(f"{url}: expected at most {largest:,} bytes; came word of {before + announced:,}")
        for chunk in response.iter_bytes():
            before += len(chunk)
            if before > largest:
                raise ContractError(f"{url}: expected at most {largest:,} bytes; came more")
            if time.monotonic() > until:
                raise ContractError(f"{url}: expected the file within {seconds:g} seconds; came {before:,} bytes")
            yield chunk

    def _final(self, url: str, *, headers: Mapping[str, str]) -> httpx.Response:
        """Return the open answer at the end of the redirects."""
        address = httpx.URL(url)
        for _ in range(self.config.manners.redirects + 1):
            request = self._http.build_request("GET", address, headers={**self._who_asks(address), **headers})
            response = self._http.send(request, stream=True)
            if response.next_request is None:
                return self._welcome(response, url=str(address))
            response.close()
            address = response.next_request.url
        raise ContractError(f"{url}: expected at most {self.config.manners.redirects} redirects; came more")

    def _who_asks(self, url: httpx.URL) -> dict[str, str]:
        """Return the headers that say who we are; raise for a host that is not on our list, or not by https."""
        host = self.config.hosts.get(url.host)
        if url.scheme != "https" or host is None or url.port not in (None, 443) or url.userinfo:
            allowed = ", ".join(self.config.hosts)
            raise ContractError(f"expected https and one of the hosts {allowed}; came {url}")
        # Lengths and ranges are then those of the file itself, not of something packed for the way.
        agent = host.user_agent or self.config.manners.user_agent
        return {"User-Agent": agent, "Accept-Encoding": "identity"}

    def _welcome(self, response: httpx.Response, *, url: str) -> httpx.Response:
        status = response.status_code
        if status in WELCOME:
            return response
        response.close()
        text = f"{url}: expected the file; came {status} {response.reason_phrase}"
        if status in BUSY:
            retry_after = response.headers.get("Retry-After", "")
            raise TryAgainError(
                text, after=float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else 0
            )
        raise NotAnsweredError(text, status=status)


def _retrying(manners: Manners) -> Retrying:
    """Return the plan of attempts: waits that double, a little by chance, and never less than the host asked for."""
    first, longest = manners.first_wait_seconds, manners.longest_wait_seconds
    backoff = wait_exponential_jitter(multiplier=first, max=longest, jitter=first)

    def wait(state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        retry_after = failure.after if isinstance(failure, TryAgainError) else 0
        return max(min(retry_after, longest), backoff(state))

    return Retrying(
        stop=stop_after_attempt(manners.attempts),
        wait=wait,
        retry=retry_if_exception_type(TryAgainError),
        reraise=True,
    )


@contextmanager
def failures_told(url: str) -> Iterator[None]:
    """Turn the network library's failures into ours; one of a certificate is final."""
    try:
        yield
    except (UnicodeError, ValueError) as error:
        raise ContractError(f"{url!r}: expected an address; came {type(error).__name__}: {error}") from error
    except (httpx.TransportError, httpx.InvalidURL, httpx.DecodingError) as error:
        text = f"{url}: expected an answer; came {type(error).__name__}: {error}"
        if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error):
            raise ContractError(f"{url}: expected a certificate we can trust; came {error}") from error
        if isinstance(error, (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.DecodingError)):
            raise ContractError(text) from error
        raise TryAgainError(text) from error
