"""How many answers a second a server gives, beside an empty route of its own: `python benchmarks/answers.py`.

Each address is asked for in turn with the empty one (`/health`), over connections that stay open, by several askers at
a time; rounds alternate, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)

import httpx  # noqa: E402

from benchmarks import arguments  # noqa: E402

FLOOR = "/health"
PLACE = "place=W06000015&lang=en"
ADDRESSES = {
    "CSV of a figure": f"/figures/population.csv?{PLACE}",
    "SVG of a figure": f"/figures/population.svg?{PLACE}",
    "embedded figure": f"/embed/population?{PLACE}",
    "card": f"/cards/population.png?{PLACE}",
    "API, 21 rows": "/api/v1/observations?measure=population&area=W06000015",
    "API, 1,000 rows": "/api/v1/observations?measure=hate_crimes&limit=1000",
}
ROUNDS, SECONDS, ASKERS = 5, 1.0, 4


def main() -> None:
    """Print a table: answers a second of each address, of the empty route beside it, and their ratio."""
    arguments.nothing(__doc__)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}{FLOOR}")
        print("| answer from memory | kB | a second | empty route | ratio |\n|---|---:|---:|---:|---:|")
        for name, address in ADDRESSES.items():
            size = len(httpx.get(base + address, headers={"accept-encoding": "identity"}).content)
            pairs = [(asyncio.run(_rate(base, FLOOR)), asyncio.run(_rate(base, address))) for _ in range(ROUNDS)]
            floor, rate = median(p[0] for p in pairs), median(p[1] for p in pairs)
            ratio = median(b / a for a, b in pairs)
            print(f"| {name} | {size / 1000:,.0f} | {rate:,.0f} | {floor:,.0f} | {ratio:.2f} |")
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"expected an answer at {address} within 20 seconds; came none")


async def _rate(base: str, address: str) -> float:
    """Return how many whole answers came in a second."""
    limits = httpx.Limits(max_connections=ASKERS)
    async with httpx.AsyncClient(base_url=base, limits=limits, headers={"accept-encoding": "identity"}) as client:
        until = time.perf_counter() + SECONDS
        counts = await asyncio.gather(*(_ask(client, address, until) for _ in range(ASKERS)))
    return sum(counts) / SECONDS


async def _ask(client: httpx.AsyncClient, address: str, until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        (await client.get(address)).raise_for_status()
        count += 1
    return count


if __name__ == "__main__":
    main()
