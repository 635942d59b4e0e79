"""Firefox and WebKitGTK of this machine, driven as a reader's hand would: opened, looked at, clicked and typed into.

The awkward fact: neither has a driver in the registries that Playwright or Selenium would take. Debian's Firefox ESR
speaks WebDriver BiDi to a plain websocket; WebKitGTK has Debian's own driver and wants a screen, which Xvfb gives.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin

import pytest
from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver import ActionChains, WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from websockets.sync.client import ClientConnection, connect

from tests.browser.driving import SETTLED

ABSENT = "not on this machine (Debian: apt install firefox-esr webkit2gtk-driver xvfb)"
MINI_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
PATIENCE = 120.0  # seconds; WebKitGTK draws without a graphics card
ENTER, TAB, ESCAPE, LEFT, RIGHT = "\ue007", "\ue004", "\ue00c", "\ue012", "\ue014"  # as WebDriver writes keys
QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "layout.frame_rate": 10,  # a second: frames nobody sees are drawn by the processor
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Tab(Protocol):
    """One visitor's tab, whatever draws it."""

    def open(self, address: str) -> None:
        """Go to an address and wait until the document is there."""

    def run(self, expression: str) -> Any:
        """Return what a JavaScript expression gives, as JSON would carry it; True for an element."""

    def click(self, selector: str) -> None:
        """Bring the first element that fits into view and press it with the pointer."""

    def type(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""

    def size(self, width: int, height: int) -> None:
        """Give the page a width and a height in CSS pixels."""

    def picture(self, path: Path) -> None:
        """Save what is seen as PNG."""


def present() -> dict[str, str]:
    """Return the engines of this machine and what starts each."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    webkit = MINI_BROWSERS and shutil.which("WebKitWebDriver") and shutil.which("Xvfb")
    return ({"firefox": firefox} if firefox else {}) | ({"webkit": str(MINI_BROWSERS[-1])} if webkit else {})


@contextmanager
def opened(engine: str) -> Iterator[Tab]:
    """Start an engine with a profile of its own; yield its tab; stop it at the end."""
    with ExitStack() as stack:
        yield _STARTS[engine](present()[engine], stack)


@contextmanager
def demanded(engine: str) -> Iterator[Tab]:
    """Do what `opened` does; leave the test out where the engine is not on this machine, but in CI."""
    if engine not in present():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{engine}: {ABSENT}")
    with opened(engine) as tab:
        yield tab


def wait(tab: Tab, expression: str, *, seconds: float = PATIENCE) -> Any:
    """Ask until an expression is true, and return what it gives; say what was waited for when it never is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := tab.run(expression):
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not true within {seconds:.0f} s: {expression}")


def settle(tab: Tab) -> Tab:
    """Wait until the page's script rests and every chart is drawn."""
    wait(tab, f"({SETTLED})()")
    return tab


class Firefox:
    """A tab of Firefox over WebDriver BiDi."""

    def __init__(self, wire: ClientConnection) -> None:
        self._wire, self._count = wire, itertools.count(1)
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        answer = self._ask(
            "script.evaluate",
            expression=_AS_JSON.format(expression),
            target={"context": self._context},
            awaitPromise=False,
        )
        if answer["type"] != "success":
            raise AssertionError(f"{expression}: {answer['exceptionDetails']['text']}")
        return json.loads(answer["result"]["value"])

    def click(self, selector: str) -> None:
        x, y = self._at_rest(selector)
        steps = [{"type": "pointerMove", "x": x, "y": y}, *({"type": kind, "button": 0} for kind in _PRESS)]
        self._perform({"type": "pointer", "id": "hand", "actions": steps})

    def type(self, keys: str) -> None:
        steps = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": steps})

    def size(self, width: int, height: int) -> None:
        self._ask("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})

    def picture(self, path: Path) -> None:
        path.write_bytes(
            base64.b64decode(self._ask("browsingContext.captureScreenshot", context=self._context)["data"])
        )

    def paper(self) -> bytes:
        """Return the page as it is printed, as PDF."""
        return base64.b64decode(self._ask("browsingContext.print", context=self._context)["data"])

    def _at_rest(self, selector: str) -> tuple[int, int]:
        """Return the middle of an element once it stands still: a page that grows above it moves it."""
        middle = wait(self, _centre(selector))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            time.sleep(0.2)
            before, middle = middle, wait(self, _centre(selector))
            if middle == before:
                return middle
        raise AssertionError(f"{selector} does not stand still within {PATIENCE:.0f} s")

    def _perform(self, actions: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._context, actions=[actions])

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._count)
        self._wire.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._wire.recv(timeout=PATIENCE))
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]


class WebKit:
    """A tab of WebKitGTK's small browser, over its own WebDriver."""

    def __init__(self, driver: WebKitGTK) -> None:
        self._driver = driver

    def open(self, address: str) -> None:
        self._driver.switch_to.default_content()
        self._driver.get(address)

    def open_in_a_frame(self, address: str, *, width: int, height: int) -> None:
        """Go to an address in a frame of a size that the window itself cannot have; what is asked is asked of it.

        Around it is a page of the same origin: WebKit lets frames of others wait.
        """
        self.open(urljoin(address, "health"))
        frame = f"<iframe style='width:{width}px;height:{height}px;border:0' src='{address}'></iframe>"
        self.run(f"void (document.body.innerHTML = {json.dumps(frame)})")
        self._driver.switch_to.frame(0)

    def run(self, expression: str) -> Any:
        try:
            return json.loads(self._driver.execute_script(f"return {_AS_JSON.format(expression)}"))
        except NoSuchFrameException:  # the document is being left: it is the next one that is asked
            time.sleep(0.5)
            return json.loads(self._driver.execute_script(f"return {_AS_JSON.format(expression)}"))

    def click(self, selector: str) -> None:
        wait(self, _centre(selector))
        element = self._driver.find_element("css selector", selector)
        ActionChains(self._driver, duration=0).move_to_element(element).click().perform()

    def type(self, keys: str) -> None:
        ActionChains(self._driver, duration=0).send_keys(keys).perform()

    def size(self, width: int, height: int) -> None:
        """Widen the window until the page itself has the size: the window's frame counts too."""
        self._driver.set_window_size(width, height)
        inner_width, inner_height = self.run("[innerWidth, innerHeight]")
        self._driver.set_window_size(2 * width - inner_width, 2 * height - inner_height)

    def picture(self, path: Path) -> None:
        self._driver.save_screenshot(str(path))


_AS_JSON = "JSON.stringify(((value) => value instanceof Element ? true : value ?? null)({}))"
_PRESS = ("pointerDown", "pointerUp")


def _centre(selector: str) -> str:
    """Return the expression that brings an element to the middle of the screen and gives its own middle."""
    return f"""(() => {{
      const one = document.querySelector({json.dumps(selector)});
      if (!one) return null;
      one.scrollIntoView({{ block: "center", behavior: "instant" }});
      const box = one.getBoundingClientRect();
      const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
      return box.width && y >= 0 && y < innerHeight ? [x, y] : null;
    }})()"""


def _firefox(path: str, stack: ExitStack) -> Tab:
    profile = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in QUIET.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    process = stack.enter_context(
        subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    )
    stack.callback(process.terminate)
    assert process.stderr
    address = next(m[1] for line in process.stderr if (m := re.search(r"BiDi listening on (ws://\S+)", line)))
    return Firefox(stack.enter_context(connect(f"{address}/session", max_size=None, open_timeout=PATIENCE)))


def _webkit(path: str, stack: ExitStack) -> Tab:
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    process = stack.enter_context(
        subprocess.Popen(screen, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    )
    stack.callback(process.terminate)
    assert process.stdout
    environment = os.environ | {
        "DISPLAY": f":{process.stdout.readline().strip()}",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",  # without a graphics card layers cost twice the processor, measured
    }
    options = Options()
    options.binary_location = path
    options.add_argument("--automation")
    driver = WebKitGTK(options=options, service=Service(shutil.which("WebKitWebDriver"), env=environment))
    stack.callback(driver.quit)
    return WebKit(driver)


_STARTS: dict[str, Callable[[str, ExitStack], Tab]] = {"firefox": _firefox, "webkit": _webkit}
