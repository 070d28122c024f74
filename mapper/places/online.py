"""Names the area pack does not know, asked of an online geocoder: only when the user says so.

What is sent is the name alone. What comes back is judged (``answers.py``), labelled with its source, and kept on
disk with its date (``cache.py``). The network part (``asking.py``) is loaded only when a geocoder is made.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import time
from collections.abc import Callable  # noqa: TC003 - a dataclass field, read at run time
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mapper.errors import ConfigError, GeocodeError, GeocodeUnavailableError, message
from mapper.model import Candidate, Mention, Status
from mapper.places.answers import judge, kind_before
from mapper.places.cache import AnswerCache, Answers
from mapper.text import fold_name

if TYPE_CHECKING:
    from mapper.model import Place, Span
    from mapper.places.area import Area

__all__ = ["Clock", "OnlineGeocoder", "OnlineSettings"]

# One request a second is what public services allow; only a service on this machine may be asked faster.
_MIN_PAUSE_S = 1.0
_MAX_RETRIES = 10
_MAX_TIMEOUT_S = 300.0
# After so many names in a row without an answer the service is left alone.
_BREAKER = 3
_MIN_LETTERS, _MAX_CHARS = 3, 100
# An address, an account or a telephone number is no place name, whatever the reading took it for.
_PERSONAL = re.compile(r"@|://|\d[\d .-]{4,}\d")
_AGENT = re.compile(r"(?=.*[A-Za-z]{3})[ -~]{4,200}")


@dataclass(frozen=True)
class OnlineSettings:
    """Whom to ask: the ``[online]`` table of ``mapper.toml``.

    ``address`` and ``user_agent`` have no default: who asks a service knows its rules and names himself.
    ``pause_s`` is the least time between two requests, ``cache`` the file that keeps the answers
    (empty: none is kept).
    """

    service: Literal["nominatim", "photon"] = "nominatim"
    address: str = ""
    user_agent: str = ""
    timeout_s: float = 10.0
    retries: int = 3
    pause_s: float = 1.0
    cache: str = ".mapper/geocoder.db"


@dataclass(frozen=True)
class Clock:
    """Where time comes from; tests bring their own."""

    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    date: Callable[[], dt.date] = dt.date.today


class OnlineGeocoder:
    """Look up names of one area with an online service.

    Parameters
    ----------
    area
        The area pack that answers must agree with.
    settings
        Whom to ask, and how.
    tell
        Called with a sentence before the first request, and when the cache cannot be used.
    language
        Language of those sentences (``"en"`` or ``"es"``).
    clock
        Where time comes from.

    Raises
    ------
    ConfigError
        If the address, the user agent or a number in ``settings`` is missing or wrong.
    """

    def __init__(
        self,
        area: Area,
        settings: OnlineSettings,
        *,
        tell: Callable[[str], None] | None = None,
        language: str = "en",
        clock: Clock | None = None,
    ) -> None:
        self._host = _checked(settings)
        from mapper.places.asking import Service

        self._area = area
        self._settings = settings
        self._tell = tell or (lambda _: None)
        self._language = language
        self._clock = clock or Clock()
        self._service = Service(settings, area, self._clock)
        address = settings.address.rstrip("/")
        self._cache = AnswerCache(settings.cache, settings.service, address, area.id) if settings.cache else None
        self._known: dict[str, Answers] = {}
        self._failed: dict[str, GeocodeUnavailableError] = {}
        self._failures_in_a_row = 0
        self._not_asked: set[str] = set()
        self._noticed = self._used = False

    @property
    def attributions(self) -> tuple[str, ...]:
        """What the map must say of its source, once an answer is used."""
        service = self._settings.service.capitalize()
        line = f"Places found online: © OpenStreetMap contributors (ODbL 1.0), via {service} at {self._host}"
        return (line,) if self._used else ()

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on the names that stayed without an answer because the service gave none."""
        found = [error.in_language(self._language) for error in self._failed.values()]
        if self._not_asked:
            facts = {"host": self._host, "count": len(self._not_asked), "failures": _BREAKER}
            found.append(message("online-not-asked", self._language, **facts))
        return tuple(dict.fromkeys(found))

    def geocode(self, name: str) -> tuple[Place, ...]:
        """Return the places called ``name`` that hold, best first; none if the name is no place name.

        Raises
        ------
        GeocodeUnavailableError
            If the service gives no answer, all retries spent.
        """
        if not _may_be_asked(name):
            return ()
        places, _ = self._judged(name, self._answers(name))
        return places

    def complete(
        self,
        mentions: tuple[Mention, ...],
        text: str,
        sensitive: tuple[Span, ...],
    ) -> tuple[Mention, ...]:
        """Return ``mentions`` with those not found looked up online.

        One place that holds resolves a mention, several make it ambiguous; otherwise it stays not found,
        and its last reason says why. Names in a sensitive passage are never asked for. ``text`` is never
        sent; the word before a name ("calle") tells which answers are of the wrong kind.
        """
        hidden = [m.sensitive or any(m.span.overlaps(passage) for passage in sensitive) for m in mentions]
        asked = [m.status is Status.NOT_FOUND and not secret for m, secret in zip(mentions, hidden, strict=True)]
        return tuple(
            self._completed(mention, kind_before(text, mention.start)) if ask else mention
            for mention, ask in zip(mentions, asked, strict=True)
        )

    # --- inside ----------------------------------------------------------------------------------

    def _completed(self, mention: Mention, kind: str) -> Mention:
        name = mention.text
        if not _may_be_asked(name):
            return _with_reason(mention, "not asked online: no place name")
        try:
            answers = self._answers(name, unless_down=True)
        except GeocodeUnavailableError:
            return _with_reason(mention, f"asked online: {self._host} gave no answer")
        if answers is None:
            return _with_reason(mention, f"not asked online: {self._host} does not answer")
        places, refused = self._judged(name, answers, kind)
        where = f"{self._settings.service} at {self._host} on {answers.asked_on.isoformat()}"
        if not places:
            why = f"no answer holds ({'; '.join(refused)})" if refused else "no answer in the area"
            return _with_reason(mention, f"asked online: {why}, {where}")
        if len(places) > 1:
            candidates = tuple(Candidate(p.place_id, p.name, p.lon, p.lat, 0.5) for p in places)
            found = _with_reason(mention, f"found online by {where}: {len(places)} places apart")
            return replace(found, status=Status.AMBIGUOUS, candidates=candidates)
        place = places[0]
        found = _with_reason(mention, f"found online by {where}, ± {place.uncertainty_m or 0.0:.0f} m")
        candidate = Candidate(place.place_id, place.name, place.lon, place.lat, 0.5)
        return replace(found, status=Status.RESOLVED, place=place, score=0.5, candidates=(candidate,))

    def _judged(self, name: str, answers: Answers | None, kind: str = "") -> tuple[tuple[Place, ...], tuple[str, ...]]:
        items = answers.items if answers else ()
        places, refused = judge(items, name, self._area, f"{self._settings.service} ({self._host})", kind=kind)
        self._used = self._used or bool(places)
        return places, refused

    def _answers(self, name: str, *, unless_down: bool = False) -> Answers | None:
        """Return what the service answers or answered; None if it is ``unless_down`` and down."""
        key = fold_name(name)
        if key in self._known:
            return self._known[key]
        kept = self._from_cache(key)
        if kept is not None:
            self._known[key] = kept
            return kept
        if unless_down and key in self._failed:
            raise self._failed[key]
        if unless_down and self._failures_in_a_row >= _BREAKER:
            self._not_asked.add(key)
            return None
        self._notice()
        try:
            items = self._service.ask(" ".join(name.split()))
        except GeocodeUnavailableError as error:
            self._failed[key] = error
            self._failures_in_a_row += 1
            raise
        self._failures_in_a_row = 0
        self._failed.pop(key, None)
        answers = self._known[key] = Answers(items, self._clock.date())
        self._keep(key, answers)
        return answers

    def _notice(self) -> None:
        if not self._noticed:
            self._noticed = True
            self._tell(message("notice-online", self._language, host=self._host, service=self._settings.service))

    def _from_cache(self, key: str) -> Answers | None:
        try:
            return self._cache.get(key) if self._cache else None
        except GeocodeError as error:
            self._without_cache(error)
            return None

    def _keep(self, key: str, answers: Answers) -> None:
        try:
            if self._cache:
                self._cache.put(key, answers)
        except GeocodeError as error:
            self._without_cache(error)

    def _without_cache(self, error: GeocodeError) -> None:
        """Say once that the cache cannot be used; the run goes on without."""
        self._cache = None
        self._tell(error.in_language(self._language))


def _checked(settings: OnlineSettings) -> str:
    """Return the host of the address, if the settings can be used."""
    try:
        parts = urlsplit(settings.address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ConfigError("online-address", got=settings.address) from None
    plain = re.fullmatch(r"[!-~]+", settings.address) and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme.lower() not in {"http", "https"} or not host or not plain:
        raise ConfigError("online-address", got=settings.address)
    if not _AGENT.fullmatch(settings.user_agent):
        raise ConfigError("online-user-agent", got=settings.user_agent)
    least = 0.0 if _is_this_machine(host) else _MIN_PAUSE_S
    numbers = {
        "service": settings.service in {"nominatim", "photon"},
        "timeout_s": 0 < settings.timeout_s <= _MAX_TIMEOUT_S,
        "retries": 0 <= settings.retries <= _MAX_RETRIES,
        "pause_s": least <= settings.pause_s < math.inf,
    }
    expected = {
        "service": "nominatim, photon",
        "timeout_s": f"> 0, ≤ {_MAX_TIMEOUT_S:g}",
        "retries": f"0 – {_MAX_RETRIES}",
        "pause_s": f"≥ {least:g}",
    }
    for key, fits in numbers.items():
        if not fits:
            raise ConfigError("online-setting", key=key, got=str(getattr(settings, key)), expected=expected[key])
    return f"{host}:{port}" if port else host


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _may_be_asked(name: str) -> bool:
    letters = sum(char.isalpha() for char in name)
    return letters >= _MIN_LETTERS and len(name) <= _MAX_CHARS and not _PERSONAL.search(name)


def _with_reason(mention: Mention, reason: str) -> Mention:
    return replace(mention, reasons=(*mention.reasons, reason))
