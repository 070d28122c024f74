"""A geocoder on this machine that answers as told: well, badly, slowly, or not at all."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Reply:
    """What the server sends: a JSON value or raw bytes, all at once or dripping, after a delay."""

    body: Any = b"[]"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_s: float = 0.0
    drip_s: float = 0.0
    drip_headers: bool = False
    claimed_length: int | None = None

    @property
    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Asked:
    """One request as the server saw it."""

    path: str
    query: dict[str, list[str]]
    user_agent: str
    body: bytes


class FakeGeocoder:
    """Answers with ``replies`` in turn, the last one again and again; notes every request in ``asked``."""

    def __init__(self, port: int, stopped: threading.Event) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.replies: list[Reply] = [Reply()]
        self.asked: list[Asked] = []
        self.stopped = stopped

    def answer(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        fake = self.server.fake
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fake.asked.append(Asked(parts.path, parse_qs(parts.query), self.headers["User-Agent"], body))
        reply = fake.next_reply()
        fake.stopped.wait(reply.delay_s)
        try:
            self._send(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        if reply.drip_headers:
            self._drip(b"HTTP/1.0 200 OK\r\n" + b"X-Slow: yes\r\n" * 90, reply.drip_s)
            return
        self.send_response(reply.status)
        length = len(reply.raw) if reply.claimed_length is None else reply.claimed_length
        for name, value in {"Content-Length": str(length), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if reply.drip_s:
            self._drip(reply.raw, reply.drip_s)
        else:
            self.wfile.write(reply.raw)

    def _drip(self, raw: bytes, pause_s: float) -> None:
        for byte in raw:
            if self.server.fake.stopped.wait(pause_s):
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    fake: FakeGeocoder


@contextmanager
def fake_geocoder() -> Iterator[FakeGeocoder]:
    """Run the server in a thread for the time of a test."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.fake = FakeGeocoder(server.server_address[1], threading.Event())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.fake
    finally:
        server.fake.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def nominatim(name: str, lon: Any, lat: Any, **more: Any) -> dict[str, Any]:
    """Return an item as Nominatim writes it: a neighbourhood mapped as an area about 400 m across."""
    item: dict[str, Any] = {
        "place_id": 1,
        "licence": "ODbL",
        "osm_type": "way",
        "osm_id": 101,
        "lat": str(lat),
        "lon": str(lon),
        "class": "place",
        "type": "neighbourhood",
        "importance": 0.3,
        "addresstype": "neighbourhood",
        "name": name,
        "display_name": f"{name}, Toytown",
        "address": {"neighbourhood": name},
        "namedetails": {"name": name},
    }
    if isinstance(lon, float) and isinstance(lat, float):
        item["boundingbox"] = [str(lat - 0.001), str(lat + 0.001), str(lon - 0.001), str(lon + 0.001)]
    return item | more


def photon(name: str, lon: float, lat: float, **more: Any) -> dict[str, Any]:
    """Return a feature as Photon writes it."""
    about = {
        "osm_type": "W",
        "osm_id": 101,
        "osm_key": "place",
        "osm_value": "neighbourhood",
        "type": "district",
        "name": name,
        "city": "Toytown",
        "extent": [lon - 0.001, lat + 0.001, lon + 0.001, lat - 0.001],
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": about | more,
    }
