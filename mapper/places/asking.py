"""Asking an online geocoder: through geopy, at its pace, a bounded answer, and nothing else.

geopy's own parsers give up a whole list when one item of it is bad, so the raw items are handed on and
``answers.py`` judges each. geopy's adapters follow redirects and read without end; this one does neither.
"""

from __future__ import annotations

import queue
import threading
import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim, Photon

from mapper.errors import ConfigError, GeocodeUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapper.places.area import Area
    from mapper.places.online import Clock, OnlineSettings

__all__ = ["MAX_ITEMS", "Service"]

MAX_ITEMS = 10
_MAX_BYTES = 1_000_000
_CHUNK = 1 << 16
_MAX_WAIT_S = 60.0
_FIRST_WAIT_S = 2.0
_SHOWN_CHARS = 80
# Asking again would bring the same answer.
_FINAL = (GeocoderQueryError, GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges)


class Service:
    """One service at one address: ``ask`` sends a name and returns the raw items of the answer.

    Raises
    ------
    ConfigError
        If the service's rules forbid the user agent.
    """

    def __init__(self, settings: OnlineSettings, area: Area, clock: Clock) -> None:
        parts = urlsplit(settings.address)
        self._host = parts.netloc
        self._timeout_s = settings.timeout_s
        west, south, east, north = area.bbox
        corners = [(south, west), (north, east)]  # geopy's order: latitude, longitude
        about: dict[str, Any] = {
            "domain": (parts.netloc + parts.path).rstrip("/"),
            "scheme": parts.scheme.lower(),
            "user_agent": settings.user_agent,
            "timeout": settings.timeout_s,
            "adapter_factory": _Adapter,
        }
        try:
            geocoder = _Photon(**about) if settings.service == "photon" else _Nominatim(**about)
        except ConfigurationError as error:
            raise ConfigError("online-user-agent", got=settings.user_agent) from error
        self._geocode = _Paced(geocoder.geocode, settings, clock)
        self._asked: dict[str, Any] = {"exactly_one": False, "limit": MAX_ITEMS}
        if settings.service == "photon":
            # Photon refuses languages it was not built with; without one it answers with local names.
            self._asked |= {"bbox": corners}
        else:
            self._asked |= {"viewbox": corners, "bounded": True, "addressdetails": True, "namedetails": True}
            self._asked |= {"language": area.languages[0]}

    def ask(self, name: str) -> tuple[Any, ...]:
        """Return what the service answers to ``name``, unjudged.

        Raises
        ------
        GeocodeUnavailableError
            If it gives no usable answer, all retries spent.
        """
        try:
            return tuple(self._geocode(name, **self._asked))
        except GeocoderTimedOut as error:
            raise self._unavailable("online-timeout", seconds=f"{self._timeout_s:g}") from error
        except GeocoderRateLimited as error:
            raise self._unavailable("online-busy") from error
        except GeocoderParseError as error:
            raise self._unavailable("online-garbage") from error
        except GeocoderServiceError as error:
            reason = "".join(c if c.isprintable() else " " for c in str(error))[:_SHOWN_CHARS]
            raise self._unavailable("online-unavailable", reason=reason) from error

    def _unavailable(self, code: str, **facts: str) -> GeocodeUnavailableError:
        return GeocodeUnavailableError(code, host=self._host, **facts)


class _Nominatim(Nominatim):  # type: ignore[misc]  # geopy has no types
    def _parse_json(self, places: Any, exactly_one: bool) -> list[Any]:  # noqa: ARG002 - geopy's signature
        return _items(places)


class _Photon(Photon):  # type: ignore[misc]  # geopy has no types
    def _parse_json(self, resources: Any, exactly_one: bool = True) -> list[Any]:  # noqa: ARG002 - geopy's signature
        return _items(resources.get("features") if isinstance(resources, dict) else None)


def _items(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise GeocoderParseError
    return found[:MAX_ITEMS]


class _Paced(RateLimiter):  # type: ignore[misc]  # geopy has no types
    """geopy's limiter with waits that double, and grow to what the service asks for, up to a minute."""

    def __init__(self, geocode: Callable[..., list[Any]], settings: OnlineSettings, clock: Clock) -> None:
        super().__init__(
            self._attempt,
            min_delay_seconds=settings.pause_s,
            max_retries=settings.retries,
            error_wait_seconds=max(_FIRST_WAIT_S, settings.pause_s),
            swallow_exceptions=False,
        )
        self._geocode = geocode
        self._time = clock
        self._failures = 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._failures = 0
        try:
            return super().__call__(*args, **kwargs)
        except _FinalError as error:
            raise error.cause from error

    def _attempt(self, *args: Any, **kwargs: Any) -> list[Any]:
        try:
            return self._geocode(*args, **kwargs)
        except _FINAL as error:
            raise _FinalError(error) from error
        except GeocoderServiceError as error:
            wait_s = max(_FIRST_WAIT_S, self.min_delay_seconds) * 2**self._failures
            wait_s = max(wait_s, getattr(error, "retry_after", None) or 0.0)
            self.error_wait_seconds = min(wait_s, _MAX_WAIT_S)
            self._failures += 1
            raise

    def _clock(self) -> float:
        return self._time.seconds()

    def _sleep(self, seconds: float) -> None:
        self._time.sleep(seconds)


class _FinalError(Exception):
    """Carries an error past the limiter, which would try again."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _NoRedirect(HTTPRedirectHandler):
    """A redirect would send the name to a host the user did not name."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Adapter(URLLibAdapter):  # type: ignore[misc]  # geopy has no types
    """One request to one host, its answer bounded in size and time."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = build_opener(HTTPSHandler(context=ssl_context), ProxyHandler(proxies), _NoRedirect())

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        try:
            return super().get_json(url, timeout=timeout, headers=headers)
        except RecursionError:
            raise GeocoderParseError from None

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        # urllib's timeout is one of each read: a service that drips its headers would hold us for ever. The
        # thread that waits for it is left behind, and ends with the program at the latest.
        outcome: queue.SimpleQueue[str | Exception] = queue.SimpleQueue()

        def fetch() -> None:
            try:
                outcome.put(self._fetch(url, timeout, headers))
            except (GeopyError, OSError, HTTPException, ValueError, RuntimeError) as error:
                outcome.put(error)

        threading.Thread(target=fetch, daemon=True).start()
        try:
            got = outcome.get(timeout=timeout)
        except queue.Empty:
            raise GeocoderTimedOut from None
        if isinstance(got, Exception):
            raise got
        return got

    def _fetch(self, url: str, timeout: float, headers: dict[str, str]) -> str:
        until = time.monotonic() + timeout
        try:
            with self._opener.open(Request(url, headers=headers), timeout=timeout) as page:  # noqa: S310 - http(s), checked
                return _read(page, until)
        except HTTPError as error:
            with error:
                status, fields = error.code, {name.lower(): value for name, value in error.headers.items()}
            said = f"HTTP {status}"
            raise AdapterHTTPError(said, status_code=status, headers=fields, text=None) from None
        except (OSError, HTTPException) as error:
            inner = getattr(error, "reason", error)
            if isinstance(inner, TimeoutError):
                raise GeocoderTimedOut from error
            reason = getattr(inner, "strerror", None) or type(inner).__name__
            raise GeocoderUnavailable(reason) from error


def _read(page: Any, until: float) -> str:
    """Return the body as text; a service that drips it too long or too much is given up."""
    body = bytearray()
    while chunk := page.read1(_CHUNK):
        body += chunk
        if time.monotonic() > until:
            raise TimeoutError
        if len(body) > _MAX_BYTES:
            raise GeocoderParseError
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise GeocoderParseError from None
