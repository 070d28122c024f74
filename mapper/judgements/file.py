"""Reading ``judgements.toml``: whatever is wrong in it is said at once, in one sentence with its faults."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mapper.errors import ConfigError, message
from mapper.judgements.applied import Judgements
from mapper.judgements.kinds import SUB_EVENT_TYPES, Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from mapper.model import Place

__all__ = ["JUDGEMENTS_FILE", "JudgementFaultsError", "load_judgements", "read_judgements"]

JUDGEMENTS_FILE = "judgements.toml"
_MOST_BYTES = 20_000_000  # a judgement a line, and nobody has decided on half a million records
_MOST_FAULTS = 20
_SHOWN_CHARS = 60


def load_judgements(path: Path, places: Callable[[str], Place | None]) -> Judgements:
    """Return the judgements of a file; none where there is no file.

    Parameters
    ----------
    path
        The file.
    places
        Returns the place of an id, or None.

    Raises
    ------
    ConfigError
        The file cannot be read, or judgements in it are not as described; the sentence names each.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        return Judgements()
    except OSError as error:
        raise ConfigError("config-unreadable", file=path.name, reason=error.strerror) from error
    return read_judgements(raw, path.name, places)


def read_judgements(raw: bytes, name: str, places: Callable[[str], Place | None]) -> Judgements:
    """Return the judgements that the bytes of a file hold; ``name`` is the file's, for the sentence.

    Raises
    ------
    ConfigError
        As for :func:`load_judgements`.
    """
    if len(raw) > _MOST_BYTES:
        raise ConfigError("judgements-large", file=name, limit=_MOST_BYTES // 1_000_000)
    try:
        written = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # a number or a nesting too long for Python is no TOMLDecodeError
        raise ConfigError("config-not-toml", file=name, reason=_shown(str(error))) from error
    try:
        content = Content.model_validate(written)
    except ValidationError as error:
        raise JudgementFaultsError(name, map(_fault, error.errors(include_url=False))) from None
    if faults := [*_unknown_places(content, places), *_contradictions(content)]:
        raise JudgementFaultsError(name, faults)
    return Judgements(content, places)


class JudgementFaultsError(ConfigError):
    """Every fault of the file, each as a sentence in the language asked for."""

    def __init__(self, file: str, causes: Iterable[ConfigError]) -> None:
        self.file = file
        self.causes = tuple({str(cause): cause for cause in causes}.values())
        super().__init__("judgement-wrong", file=file, faults="\n".join(map(str, self.causes)))

    def in_language(self, language: str) -> str:
        """Return the heading and at most twenty faults, one a line."""
        lines = [f"  - {cause.in_language(language)}" for cause in self.causes[:_MOST_FAULTS]]
        if (more := len(self.causes) - _MOST_FAULTS) > 0:
            lines.append(ConfigError("judgement-more", more=more).in_language(language))
        return message(self.code, language, file=self.file, faults="\n".join(lines))


def _fault(found: ErrorDetails) -> ConfigError:
    """Return a fault as a sentence that says where it is, as the file counts its tables: from 1."""
    kind, *rest = found["loc"] or ("?",)
    at = f"[[{_shown(str(kind))}]]"
    if rest and isinstance(rest[0], int):
        at, rest = f"{at} {rest[0] + 1}", rest[1:]
    field, got = _shown(".".join(map(str, rest))), _shown(repr(found["input"]))
    where = f"{at}, {field}" if field else at
    if found["type"] == "value_error":  # one of ours, which brings its code; what was got may be a whole table
        return ConfigError(str(found["ctx"]["error"]), at=where, got=got, known=", ".join(SUB_EVENT_TYPES))
    if found["type"] == "missing":
        return ConfigError("judgement-missing", at=at, field=field)
    if found["type"] == "extra_forbidden" and not rest:
        return ConfigError("judgement-kind", at=at, known=", ".join(Content.model_fields))
    if found["type"] == "extra_forbidden":
        return ConfigError("judgement-field", at=at, field=field)
    if "expected" in found.get("ctx", {}):
        known = found["ctx"]["expected"].replace(" or ", ", ")
        return ConfigError("judgement-one-of", at=where, got=got, known=known)
    return ConfigError("judgement-value", at=where, got=got)


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN_CHARS else words[:_SHOWN_CHARS] + "…"


def _unknown_places(content: Content, places: Callable[[str], Place | None]) -> Iterator[ConfigError]:
    named: Mapping[str, Iterable[tuple[str, ...]]] = {
        "place": [(one.place,) for one in content.place],
        "incident": [one.places_named for one in content.incident],
        "movement": [one.places_named for one in content.movement],
    }
    for kind, several in named.items():
        for number, place_ids in enumerate(several, start=1):
            for place_id in place_ids:
                if places(place_id) is None:
                    yield ConfigError("judgement-place", at=f"[[{kind}]] {number}", got=_shown(repr(place_id)))


def _contradictions(content: Content) -> Iterator[ConfigError]:
    """Yield what is both said to be one and said not to be."""
    apart = [frozenset(one.records) for one in content.different]
    for number, one in enumerate(content.same, start=1):
        for other, records in enumerate(apart, start=1):
            if len(both := records.intersection(one.records)) > 1:
                yield ConfigError("judgement-both", same=number, other=other, got=_shown(", ".join(sorted(both))))
