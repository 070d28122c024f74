"""``mapper correct`` and ``mapper review``: an analyst's decisions, from the command line to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper import decide, pipeline
from mapper.errors import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mapper.config import Config

__all__ = ["correct", "review"]


def correct(config: Config, tell: Callable[[str], None], what: str, given: Mapping[str, Any]) -> None:
    """Write one judgement and say so.

    Raises
    ------
    ConfigError
        Not exactly one judgement is meant, the place is unknown, or the file is not as described.
    """
    kind, fields = decide.correction(what, given)
    path = _path(config)
    decide.add_judgement(path, kind, fields, pipeline.places_of(config))
    tell(message("corrected", config.language, path=path, kind=kind, what=what))


def review(config: Config, tell: Callable[[str], None], ask: Callable[[str], str], by: str | None) -> None:
    """Build, then walk through the records that nobody has reviewed; each answer is written at once."""
    language, path = config.language, _path(config)
    result = pipeline.build(config, None, tell)
    places = pipeline.places_of(config)

    def write(kind: str, fields: dict[str, Any]) -> None:
        decide.add_judgement(path, kind, fields | ({"by": by} if by else {}), places)

    done = decide.review(result.story, result.disclosed.reviewed, tell=tell, ask=ask, decide=write, language=language)
    tell(message("reviewed-count", language, count=done, path=path))


def _path(config: Config) -> Path:
    from pathlib import Path

    return config.judgements or Path("judgements.toml")
