"""The map at a loopback address, shown in a frame that loads it again after each build.

The map itself may ask nobody for anything, which its policy makes sure of; so it is the page around it
that listens. Only this machine can reach it: the address is 127.0.0.1, and a request that names another
host is refused (a web page elsewhere could otherwise point its own name here).
"""

from __future__ import annotations

import contextlib
import http.server
import threading
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["MapServer"]

HOST = "127.0.0.1"
_BEAT_SECONDS = 15
_FRAME = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>mapper watch</title><link rel="icon" href="data:,">
<style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style></head>
<body><iframe title="map"></iframe>
<script>
const frame = document.querySelector("iframe");
// What the reader has chosen stands in the map's address; it is kept over a new build.
const chosen = () => { try { return frame.contentWindow.location.hash; } catch { return ""; } };
let build = 0;
const load = (number) => { const hash = chosen(); build = number; frame.src = `/map?build=${number}${hash}`; };
load(0);
new EventSource("/builds").onmessage = (event) => { if (event.data !== String(build)) load(event.data); };
</script></body></html>
"""


class _Builds:
    """The number of the newest build, and waiting for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self.closed = False

    def next(self) -> None:
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def after(self, known: int) -> int:
        """Return the newest number; wait a while if it is ``known``."""
        with self._changed:
            if self._number == known and not self.closed:
                self._changed.wait(_BEAT_SECONDS)
            return self._number


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, path: Path, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.path, self.builds = path, _Builds()

    @property
    def host(self) -> str:
        return f"{HOST}:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        page = self.path.partition("?")[0]
        if self.headers.get("Host") != self.server.host:
            self.send_error(403)
        elif page == "/":
            self._answer(_FRAME)
        elif page == "/map":
            self._map()
        elif page == "/builds":
            self._builds()
        else:
            self.send_error(404)

    def _map(self) -> None:
        try:
            self._answer(self.server.path.read_bytes())
        except FileNotFoundError:  # no build has succeeded yet
            self.send_error(404)

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _builds(self) -> None:
        """Send the number of each build as it is made (server-sent events), and a beat between."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        number = 0
        with contextlib.suppress(OSError):  # the page was closed
            while not self.server.builds.closed:
                self.wfile.write(f"data: {number}\n\n".encode())
                self.wfile.flush()
                number = self.server.builds.after(number)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a log of requests would be a log of what a reader looked at."""


class MapServer:
    """Serves one file; a context manager that stops cleanly.

    Parameters
    ----------
    path
        The map's file, read anew at each request.
    port
        0: any free port.
    """

    def __init__(self, path: Path, port: int = 0) -> None:
        self._server = _Server(path, port)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def address(self) -> str:
        """Where to open the map."""
        return f"http://{self._server.host}/"

    def __enter__(self) -> Self:
        """Start serving."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and let every open page go."""
        self._server.builds.close()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def built(self) -> None:
        """Tell the open pages that there is a new map."""
        self._server.builds.next()
