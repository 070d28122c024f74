"""A real WebKitGTK for the page's tests: Debian's MiniBrowser on a screen of its own, driven by WebDriver.

Playwright's own WebKit is a download of its own; Debian's comes from a package and is the engine of
GNOME's browser. WebDriver is a small protocol over HTTP, here on 127.0.0.1 and nowhere else.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 20

# Listens before the page's own scripts. It stands before the page's policy, which so does not bind it.
PROBE = """<script>
window.__complaints = [];
(() => {
  const tell = (text) => window.__complaints.push(text);
  addEventListener("error", (event) => tell(`error: ${event.message ?? event.target.outerHTML}`), true);
  addEventListener("unhandledrejection", (event) => tell(`error: ${event.reason}`));
  addEventListener("securitypolicyviolation", (event) => tell(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  for (const level of ["error", "warn"]) console[level] = (...words) => tell(`${level}: ${words.join(" ")}`);
  for (const name of ["alert", "confirm", "prompt"]) window[name] = (text) => tell(`dialog: ${text}`);
})();
</script>"""


class WebKit:
    """One browser window; everything it shows comes from files, and whatever it asks a network for is counted."""

    def __init__(self, port: int, network: socket.socket) -> None:
        self._port, self._network = port, network
        proxy = f"{HOST}:{network.getsockname()[1]}"
        wanted = {"proxy": {"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy}}
        self._session = (
            f"/session/{self._call('POST', '/session', {'capabilities': {'alwaysMatch': wanted}})['sessionId']}"
        )
        self._call("POST", f"{self._session}/window/rect", {"x": 0, "y": 0, "width": 1366, "height": 900})

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, None if body is None else json.dumps(body))
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        if answer.status != http.client.OK:
            pytest.fail(f"WebDriver {method} {path}: {value['error']}: {value['message']}")
        return value

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page and return what it returns."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": arguments})

    def open(self, page: Path) -> None:
        """Open a page with our listener before it, and wait until it has started."""
        probed = page.with_name("probed.html")
        probed.write_text(page.read_text("utf-8").replace("<head>", f"<head>{PROBE}", 1), "utf-8")
        self._call("POST", f"{self._session}/url", {"url": "about:blank"})
        self._call("POST", f"{self._session}/url", {"url": probed.as_uri()})
        self.wait("document.body.classList.contains('is-ready')")

    def wait(self, condition: str) -> None:
        """Wait until the expression holds; fail after a while."""
        until = time.monotonic() + START_SECONDS
        while not self.run(f"return Boolean({condition})"):
            if time.monotonic() > until:
                pytest.fail(f"never came true: {condition}; {self.complaints()}")
            time.sleep(0.05)

    def complaints(self) -> list[str]:
        """Return errors, warnings, dialogs and violations of the policy since the page was opened."""
        return self.run("return window.__complaints")

    def asked_the_network(self) -> bool:
        """Tell whether the browser has ever turned to its proxy, which is a socket that nobody answers."""
        try:
            self._network.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def quit(self) -> None:
        """Close the window."""
        self._call("DELETE", self._session)


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x950x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return found.getsockname()[1]


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def launched() -> Iterator[WebKit]:
    """Yield a running browser; skip the tests where there is none."""
    if not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        pytest.skip(
            "no WebKitGTK: on Debian or Ubuntu, `apt-get install webkit2gtk-driver xvfb` (its page tests not run)"
        )
    port = _free_port()
    with _screen() as display, socket.create_server((HOST, 0)) as network:
        network.setblocking(False)
        surrounding = os.environ | {"DISPLAY": display, "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        command = ["WebKitWebDriver", f"--host={HOST}", f"--port={port}"]
        with subprocess.Popen(command, env=surrounding, stderr=subprocess.DEVNULL) as driver:
            try:
                until = time.monotonic() + START_SECONDS
                while not _answers(port) and time.monotonic() < until:
                    time.sleep(0.05)
                running = WebKit(port, network)
                yield running
                running.quit()
            finally:
                driver.terminate()
