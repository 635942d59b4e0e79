"""A download is whole and known, or it is not there: a local server plays the publishers, with made-up files."""

from __future__ import annotations

import dataclasses
import errno
import gzip
import hashlib
import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.contract import ContractError
from etl.fetching.addresses import Config, Publication, read_config
from etl.fetching.download import Limits, _Download, bar, download, origin_path
from etl.fetching.network import Client
from tests.local_publishers import Answer, LocalTransport, Publishers, made_up_workbook, playing, ranged

URL = "https://assets.publishing.service.gov.uk/media/0123456789abcdef01234567/made-up.ods"
BOOK = made_up_workbook()
NEWER = made_up_workbook("newer")
ODS = Limits(largest=1_000_000, formats=("ods", "xlsx"))


def quick(**manners: float) -> Config:
    """Return the real configuration, waiting hardly at all."""
    config = read_config()
    swift = {"first_wait_seconds": 0.01, "longest_wait_seconds": 0.05, "attempts": 3, "read_seconds": 5, **manners}
    return dataclasses.replace(config, manners=dataclasses.replace(config.manners, **swift))


@pytest.fixture
def publishers() -> Publishers:
    return Publishers()


@pytest.fixture
def port(publishers: Publishers) -> Iterator[int]:
    with playing(publishers) as server:
        yield server.server_port


@pytest.fixture
def client(port: int) -> Iterator[Client]:
    with Client(quick(), transport=LocalTransport(port)) as made:
        yield made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "made-up.ods"


def left(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def refused(client: Client, target: Path, match: str, *, limits: Limits = ODS, url: str = URL) -> None:
    """Try a download that must fail, beside a file that must stay and with nothing else left."""
    target.write_bytes(b"what was there")
    with pytest.raises(ContractError, match=match):
        download(url, to=target, client=client, limits=limits)
    assert target.read_bytes() == b"what was there"
    assert left(target) == [target.name]


def test_a_file_comes_whole_with_its_origin(publishers, client, target):
    publishers.answers[URL] = Answer(
        body=BOOK, headers={"ETag": '"e"', "Last-Modified": "Thu, 23 Jul 2026 08:30:00 GMT"}
    )
    got = download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == BOOK
    assert got.sha256 == hashlib.sha256(BOOK).hexdigest()
    assert (got.url, got.etag, got.last_modified, got.unchanged) == (URL, '"e"', "Thu, 23 Jul 2026 08:30:00 GMT", False)
    noted = json.loads(origin_path(target).read_text(encoding="utf-8"))
    assert noted == {
        k: v for k, v in dataclasses.asdict(got).items() if k not in ("path", "unchanged", "newer_looking")
    }
    assert left(target) == ["made-up.ods", "made-up.ods.origin.json"]


def test_into_a_folder_the_file_keeps_its_own_name(publishers, client, tmp_path):
    publishers.answers[URL] = Answer(body=BOOK)
    assert download(URL, to=tmp_path, client=client).path == tmp_path / "made-up.ods"


@pytest.mark.parametrize("name", ["", "..", "a%2F..%2F..%2F.bashrc", "a%5Cb.ods"])
def test_an_address_cannot_name_a_file_outside_the_folder(client, tmp_path, name):
    with pytest.raises(ContractError, match="ends in a file name"):
        download(f"https://www.gov.uk/media/{name}", to=tmp_path, client=client)


def test_we_say_who_we_are_and_to_ons_like_a_browser(publishers, client, tmp_path):
    ons = "https://www.ons.gov.uk/file?uri=/made/up.xlsx"
    publishers.answers |= {URL: Answer(body=BOOK), ons: Answer(body=BOOK)}
    download(URL, to=tmp_path, client=client)
    assert download(ons, to=tmp_path, client=client).path.name == "up.xlsx"
    agents = [asked.headers["User-Agent"] for asked in publishers.asked]
    assert {asked.headers["Accept-Encoding"] for asked in publishers.asked} == {"identity"}
    assert agents[0].startswith("Cohesion-Trends/")
    assert agents[1].startswith("Mozilla/5.0")
    assert "Cohesion-Trends" in agents[1]


def test_what_did_not_change_is_not_fetched_again(publishers, client, target):
    publishers.answers[URL] = ranged(BOOK)
    first = download(URL, to=target, client=client, limits=ODS)
    again = download(URL, to=target, client=client, limits=ODS)
    assert publishers.asked[1].headers["If-None-Match"] == '"made-up-1"'
    assert again == dataclasses.replace(first, unchanged=True)


def test_a_new_version_takes_the_place_of_the_old(publishers, client, target):
    publishers.answers[URL] = ranged(BOOK)
    download(URL, to=target, client=client, limits=ODS)
    publishers.answers[URL] = ranged(NEWER, etag='"made-up-2"')
    got = download(URL, to=target, client=client, limits=ODS)
    assert (target.read_bytes(), got.etag, got.unchanged) == (NEWER, '"made-up-2"', False)


def test_the_same_bytes_from_a_host_without_etags_are_unchanged(publishers, client, target):
    publishers.answers[URL] = Answer(body=BOOK)
    first = download(URL, to=target, client=client, limits=ODS)
    noted = json.loads(origin_path(target).read_text(encoding="utf-8"))
    origin_path(target).write_text(json.dumps(noted | {"retrieved": "2026-01-02T03:04:05+00:00"}), encoding="utf-8")
    again = download(URL, to=target, client=client, limits=ODS)
    assert again == dataclasses.replace(first, unchanged=True, retrieved="2026-01-02T03:04:05+00:00")


def test_a_file_damaged_on_our_disk_is_fetched_again(publishers, client, target):
    publishers.answers[URL] = ranged(BOOK)
    download(URL, to=target, client=client, limits=ODS)
    target.write_bytes(BOOK[:-1])
    got = download(URL, to=target, client=client, limits=ODS)
    assert "If-None-Match" not in publishers.asked[1].headers
    assert target.read_bytes() == BOOK
    assert not got.unchanged


def test_word_that_nothing_changed_about_a_file_we_never_had_is_no_file(publishers, client, target):
    publishers.answers[URL] = Answer(status=304)
    refused(client, target, "we hold none")


def test_a_redirect_is_followed_to_an_allowed_host(publishers, client, target):
    publishers.answers["https://www.gov.uk/go"] = Answer(status=302, headers={"Location": URL})
    publishers.answers[URL] = Answer(body=BOOK)
    assert download("https://www.gov.uk/go", to=target, client=client, limits=ODS).url == "https://www.gov.uk/go"
    assert target.read_bytes() == BOOK


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://files.example.org/made-up.ods",
        "https://www.gov.uk.example.org/made-up.ods",
        "https://www.gov.uk@files.example.org/made-up.ods",
        "http://www.gov.uk/made-up.ods",
        "https://someone:secret@www.gov.uk/made-up.ods",
        "https://www.gov.uk:8443/made-up.ods",
        "https://127.0.0.1/made-up.ods",
    ],
)
def test_a_redirect_elsewhere_is_refused_before_it_is_asked(publishers, client, target, elsewhere):
    publishers.answers["https://www.gov.uk/go"] = Answer(status=302, headers={"Location": elsewhere})
    publishers.answers[elsewhere] = Answer(body=BOOK)
    refused(client, target, "one of the hosts www.gov.uk, .*; came http", url="https://www.gov.uk/go")
    assert publishers.urls() == ["https://www.gov.uk/go"]


def test_redirects_come_to_an_end(publishers, client, target):
    publishers.answers[URL] = Answer(status=302, headers={"Location": URL})
    refused(client, target, "at most 5 redirects")
    assert len(publishers.asked) == 6


def test_a_busy_host_is_asked_again(publishers, client, target):
    publishers.answers[URL] = [Answer(status=500), Answer(status=503), Answer(body=BOOK)]
    download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == BOOK
    assert len(publishers.asked) == 3


def test_a_host_that_stays_busy_is_left_alone(publishers, client, target):
    publishers.answers[URL] = Answer(status=500)
    refused(client, target, r"came 500 Internal Server Error \(asked 3 times\)")
    assert len(publishers.asked) == 3


def test_a_file_that_is_not_there_is_asked_for_once(publishers, client, target):
    refused(client, target, "came 404 Not Found")
    assert len(publishers.asked) == 1


def test_we_wait_as_long_as_a_host_asks_but_not_for_ever(publishers, port, target, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    publishers.answers[URL] = [
        Answer(status=429, headers={"Retry-After": "7"}),
        Answer(status=429, headers={"Retry-After": "9999"}),
        Answer(body=BOOK),
    ]
    with Client(quick(longest_wait_seconds=20), transport=LocalTransport(port)) as client:
        download(URL, to=target, client=client, limits=ODS)
    assert waits == [7, 20]


def test_waits_grow(publishers, port, target, monkeypatch):
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    publishers.answers[URL] = Answer(status=502)
    with Client(quick(first_wait_seconds=1, longest_wait_seconds=60, attempts=5), transport=LocalTransport(port)) as c:
        refused(c, target, "502")
    assert len(waits) == 4
    assert all(base <= wait <= base + 1 for base, wait in zip((1, 2, 4, 8), waits, strict=True))


def test_a_host_that_says_nothing_is_given_up(publishers, port, target):
    publishers.answers[URL] = Answer(body=BOOK, wait=1)
    with Client(quick(read_seconds=0.1, attempts=2), transport=LocalTransport(port)) as client:
        refused(client, target, r"ReadTimeout.*\(asked 2 times\)")


def test_a_file_that_takes_too_long_is_given_up(publishers, port, target):
    publishers.answers[URL] = Answer(endless=True)
    with Client(quick(download_seconds=0.2), transport=LocalTransport(port)) as client:
        refused(client, target, "within 0.2 seconds", limits=Limits(largest=10**12))


def test_nobody_at_home(publishers, target):
    with playing(publishers) as server:
        port = server.server_port
    with Client(quick(), transport=LocalTransport(port)) as client:
        refused(client, target, r"ConnectError.*\(asked 3 times\)")


def test_an_endless_body_is_cut_off_at_the_limit(publishers, client, target):
    publishers.answers[URL] = Answer(endless=True)
    refused(client, target, "at most 1,000,000 bytes; came more")


def test_a_file_said_to_be_too_large_is_not_begun(publishers, client, target):
    publishers.answers[URL] = Answer(headers={"Content-Length": "5000000"}, length=False)
    refused(client, target, "at most 1,000,000 bytes; came word of 5,000,000")


def test_a_body_cut_short_every_time_is_refused_and_what_came_waits(publishers, client, target):
    publishers.answers[URL] = Answer(body=BOOK, cut=100)
    target.write_bytes(b"what was there")
    with pytest.raises(ContractError, match=rf"expected {len(BOOK):,} bytes; came 100, then .*asked 3 times"):
        download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == b"what was there"


def test_a_cut_download_goes_on_where_it_stopped(publishers, client, target):
    publishers.answers[URL] = ranged(BOOK, cut=100)
    seen: list[tuple[int, int | None]] = []
    download(URL, to=target, client=client, limits=ODS, progress=lambda held, total: seen.append((held, total)))
    rest = publishers.asked[1].headers
    assert (rest["Range"], rest["If-Range"]) == ("bytes=100-", '"made-up-1"')
    assert target.read_bytes() == BOOK
    assert (seen[0], seen[-1]) == ((100, len(BOOK)), (len(BOOK), len(BOOK)))
    assert left(target) == ["made-up.ods", "made-up.ods.origin.json"]


def begun(publishers: Publishers, port: int, target: Path) -> None:
    """Leave the first 100 bytes of a download behind, as a killed process does."""
    publishers.answers[URL] = ranged(BOOK, cut=100)
    with Client(quick(attempts=1), transport=LocalTransport(port)) as client, pytest.raises(ContractError):
        download(URL, to=target, client=client, limits=ODS)
    assert left(target) == ["made-up.ods.part", "made-up.ods.part.json"]


def test_a_later_run_goes_on_where_the_last_one_stopped(publishers, port, client, target):
    begun(publishers, port, target)
    download(URL, to=target, client=client, limits=ODS)
    assert publishers.asked[1].headers["Range"] == "bytes=100-"
    assert target.read_bytes() == BOOK


def test_a_rest_of_a_newer_file_is_not_sewn_to_an_older_beginning(publishers, port, client, target):
    begun(publishers, port, target)
    publishers.answers[URL] = ranged(NEWER, etag='"made-up-2"')
    download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == NEWER


def test_nor_by_a_host_that_ignores_if_range(publishers, port, client, target):
    begun(publishers, port, target)
    said = {"ETag": '"made-up-2"', "Content-Range": f"bytes 100-{len(NEWER) - 1}/{len(NEWER)}"}
    sewn = Answer(status=206, body=NEWER[100:], headers=said)
    publishers.answers[URL] = [sewn, Answer(body=NEWER)]
    download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == NEWER


def test_a_rest_that_begins_elsewhere_is_not_taken(publishers, port, client, target):
    begun(publishers, port, target)
    said = {"ETag": '"made-up-1"', "Content-Range": f"bytes 50-{len(BOOK) - 1}/{len(BOOK)}"}
    publishers.answers[URL] = [Answer(status=206, body=BOOK[50:-50], headers=said), Answer(body=BOOK)]
    download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == BOOK


def test_a_rest_that_is_not_the_whole_rest_is_not_taken(publishers, port, client, target):
    begun(publishers, port, target)
    said = {"ETag": '"made-up-1"', "Content-Range": f"bytes 100-199/{len(BOOK)}"}
    publishers.answers[URL] = [Answer(status=206, body=BOOK[100:200], headers=said), Answer(body=BOOK)]
    download(URL, to=target, client=client, limits=ODS)
    assert target.read_bytes() == BOOK


def test_of_a_packed_answer_no_rest_is_asked_for_and_its_size_counts_unpacked(publishers, client, target):
    packed = {"ETag": '"made-up-1"', "Content-Encoding": "gzip"}
    publishers.answers[URL] = [
        Answer(body=gzip.compress(BOOK), headers=packed, cut=100),
        Answer(body=gzip.compress(BOOK), headers=packed),
    ]
    download(URL, to=target, client=client, limits=ODS)
    assert "Range" not in publishers.asked[1].headers
    assert target.read_bytes() == BOOK
    publishers.answers[URL] = Answer(body=gzip.compress(bytes(2_000_000)), headers=packed)
    with pytest.raises(ContractError, match="at most 1,000,000 bytes"):
        download(URL, to=target, client=client, limits=ODS)


def test_a_beginning_longer_than_the_file_is_thrown_away(publishers, port, client, target):
    begun(publishers, port, target)
    publishers.answers[URL] = [Answer(status=416), Answer(body=BOOK)]
    download(URL, to=target, client=client, limits=ODS)
    assert "Range" not in publishers.asked[2].headers
    assert target.read_bytes() == BOOK


def test_a_beginning_of_another_address_is_thrown_away(publishers, port, client, target):
    begun(publishers, port, target)
    other = URL.replace("0123", "9999")
    publishers.answers[other] = ranged(NEWER)
    download(other, to=target, client=client, limits=ODS)
    assert "Range" not in publishers.asked[1].headers
    assert target.read_bytes() == NEWER


def test_without_a_strong_etag_a_cut_download_begins_again(publishers, client, target):
    weak = {"ETag": 'W/"made-up"'}
    publishers.answers[URL] = [Answer(body=BOOK, headers=weak, cut=100), Answer(body=BOOK, headers=weak)]
    download(URL, to=target, client=client, limits=ODS)
    assert "Range" not in publishers.asked[1].headers
    assert target.read_bytes() == BOOK


def test_a_workbook_without_its_end_is_refused_even_when_no_length_was_said(publishers, client, target):
    publishers.answers[URL] = Answer(body=BOOK[:-200], length=False)
    refused(client, target, "came one without its end")


@pytest.mark.parametrize(
    ("body", "formats", "told"),
    [
        (b"<!DOCTYPE html><html><title>Sorry</title>", ("ods", "xlsx"), "came a web page, beginning b'<!DOCTYPE html"),
        (b"\xef\xbb\xbf\n<HTML>Sorry", ("csv",), "came a web page"),
        (b"<?xml version='1.0'?><Error/>", ("json",), "came something else"),
        (b"", ("ods",), "came something else, beginning b''"),
        (b"a,b\n1,2\n", ("ods",), "expected ods; came something else, beginning b'a,b"),
        (b"a,b\n1,2\n", ("json",), "expected json; came something else"),
        (BOOK, ("csv", "json"), "expected csv or json; came something else"),
        (b"\x00\x01\x02", ("csv",), "came something else"),
    ],
)
def test_what_is_not_its_format_is_refused_with_its_first_bytes(publishers, client, target, body, formats, told):
    publishers.answers[URL] = Answer(body=body)
    refused(client, target, told, limits=Limits(formats=formats))


@pytest.mark.parametrize(("body", "kind"), [(b"a,b\n1,2\n", "csv"), (b' {"a": 1}', "json"), (b"[1]", "json")])
def test_text_formats_are_known(publishers, client, target, body, kind):
    publishers.answers[URL] = Answer(body=body)
    assert download(URL, to=target, client=client, limits=Limits(formats=(kind,))).path.read_bytes() == body


def test_a_full_disk_is_said_and_gives_its_room_back(publishers, client, target, monkeypatch):
    publishers.answers[URL] = Answer(body=BOOK)
    whole = Path.open

    def full(path: Path, mode: str = "r", *arguments: object, **more: object):
        opened = whole(path, mode, *arguments, **more)
        if mode == "wb" and path.name.endswith(".part"):
            opened.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened

    monkeypatch.setattr(Path, "open", full)
    refused(client, target, "made-up.ods: expected to write it to the disk; came No space left on device")


def test_killed_between_the_file_and_its_origin_the_next_run_fetches_anew(publishers, client, target, monkeypatch):
    publishers.answers[URL] = ranged(BOOK)
    download(URL, to=target, client=client, limits=ODS)
    publishers.answers[URL] = ranged(NEWER, etag='"made-up-2"')
    with monkeypatch.context() as killed:
        killed.setattr(_Download, "_noted", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            download(URL, to=target, client=client, limits=ODS)
    download(URL, to=target, client=client, limits=ODS)
    assert "If-None-Match" not in publishers.asked[-1].headers
    assert json.loads(origin_path(target).read_text(encoding="utf-8"))["etag"] == '"made-up-2"'


def test_a_publication_is_resolved_and_its_own_limits_hold(publishers, client, tmp_path):
    census = client.config.publication("census_2021_ts021")
    publishers.answers[census.urls[0]] = Answer(body=BOOK)
    assert download(census, to=tmp_path, client=client).path.name == "census2021-ts021.zip"
    with pytest.raises(ContractError, match="at most 10 bytes"):
        download(dataclasses.replace(census, largest=10), to=tmp_path, client=client)


def test_the_progress_bar_counts_bytes(capsys):
    with bar("made-up.ods") as progress:
        progress(100, 1000)
        progress(1000, 1000)
    assert "100%" in capsys.readouterr().err


ARCGIS = Publication(
    id="boundaries_made_up",
    title="Made up",
    formats=("json",),
    largest=100_000,
    urls=("https://services1.arcgis.com/x/FeatureServer/0/query?outFields=%2A&where=1%3D1&f=geojson",),
    paged="arcgis",
)


def features(*numbers: int) -> Answer:
    made = [{"type": "Feature", "properties": {"made_up": n}, "geometry": None} for n in numbers]
    return Answer(body=json.dumps({"type": "FeatureCollection", "features": made}).encode())


def plays_arcgis(publishers: Publishers, *, count: int, pages: dict[int, Answer]) -> None:
    counting = f"{ARCGIS.urls[0].replace('f=geojson', 'f=json')}&returnCountOnly=true"
    publishers.answers[counting] = Answer(body=json.dumps({"count": count}).encode())
    publishers.answers |= {f"{ARCGIS.urls[0]}&resultOffset={offset}": page for offset, page in pages.items()}


def test_the_pages_of_a_layer_become_one_file(publishers, client, tmp_path):
    plays_arcgis(publishers, count=3, pages={0: features(0, 1), 2: features(2)})
    got = download(ARCGIS, to=tmp_path, client=client)
    held = json.loads(got.path.read_text(encoding="utf-8"))
    assert [feature["properties"]["made_up"] for feature in held["features"]] == [0, 1, 2]
    assert got.path.name == "boundaries_made_up.json"
    assert download(ARCGIS, to=tmp_path, client=client).unchanged


def test_a_layer_with_fewer_or_more_features_than_it_says_is_refused(publishers, client, tmp_path):
    plays_arcgis(publishers, count=3, pages={0: features(0, 1), 2: features()})
    with pytest.raises(ContractError, match="expected 3 features; came 2"):
        download(ARCGIS, to=tmp_path, client=client)
    plays_arcgis(publishers, count=1, pages={0: features(0, 1)})
    with pytest.raises(ContractError, match="expected 1 features; came 2"):
        download(ARCGIS, to=tmp_path, client=client)


def test_an_error_told_with_status_200_is_an_error(publishers, client, tmp_path):
    plays_arcgis(publishers, count=3, pages={0: Answer(body=b'{"error": {"code": 400, "message": "Invalid URL"}}')})
    with pytest.raises(ContractError, match=r"expected an answer with 'features'; came .*Invalid URL"):
        download(ARCGIS, to=tmp_path, client=client)


def test_statswales_rows_are_read_to_the_last_page(publishers, client, tmp_path, monkeypatch):
    monkeypatch.setattr("etl.fetching.pagination.STATSWALES_ROWS", 2)
    publication = client.config.publication("statswales_population")
    for number, rows in enumerate((["a", "b"], ["c"]), start=1):
        address = f"{publication.urls[0]}&page_size=2&page_number={number}"
        publishers.answers[address] = Answer(body=json.dumps(rows).encode())
    got = download(publication, to=tmp_path, client=client)
    assert json.loads(got.path.read_text(encoding="utf-8")) == ["a", "b", "c"]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the untrusted certificate")
def test_a_certificate_nobody_signed_is_refused_at_once(publishers, tmp_path, target, monkeypatch):
    subject = ["-subj", "/CN=assets.publishing.service.gov.uk", "-keyout", "key.pem", "-out", "made-up.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    folder = tmp_path / "certificate"
    folder.mkdir()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "made-up.pem", folder / "key.pem")
    shutil.rmtree(folder)
    publishers.answers[URL] = Answer(body=BOOK)
    with playing(publishers) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        connect, here = socket.create_connection, ("127.0.0.1", server.server_port)
        monkeypatch.setattr(socket, "create_connection", lambda _, *most, **more: connect(here, *most, **more))
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        with Client(quick()) as client:  # its own way to the network, only every address is this machine
            refused(client, target, "a certificate we can trust; came .*CERTIFICATE_VERIFY_FAILED")
    assert publishers.asked == []
