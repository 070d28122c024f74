"""``mapper correct`` and ``mapper review``: an analyst's decisions, from the command line to the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mapper import decide, judgement_review, pipeline
from mapper.errors import StoreError, message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from mapper.config import Config

__all__ = ["correct", "review"]


def correct(config: Config, tell: Callable[[str], None], what: str, given: Mapping[str, Any]) -> None:
    """Write one judgement and say so.

    Raises
    ------
    ConfigError
        Not exactly one judgement is meant, a place is unknown, or the file is not as described.
    """
    kind, fields = decide.correction(what, given)
    if "records" in fields and (told := _where_told(config.store, fields["records"])):
        fields["told"] = told
    path = _path(config)
    decide.add_judgement(path, kind, fields, pipeline.places_of(config))
    tell(message("corrected", config.language, path=path, kind=kind, what=what))


def review(config: Config, tell: Callable[[str], None], ask: Callable[[str], str], by: str | None) -> None:
    """Build, then walk through the records that nobody has reviewed; each answer is written at once."""
    language, path = config.language, _path(config)
    result = pipeline.build(config, None, tell)
    places = pipeline.places_of(config)
    judged = result.disclosed.judged.items()
    apart = frozenset(name for name, said in judged if any(one.startswith("different") for one in said))

    def write(kind: str, fields: dict[str, Any]) -> None:
        decide.add_judgement(path, kind, fields | ({"by": by} if by else {}), places)

    reviewed = result.disclosed.reviewed
    done = judgement_review.review(
        result.story, reviewed, tell=tell, ask=ask, decide=write, language=language, apart=apart
    )
    tell(message("reviewed-count", language, count=done, path=path))


def _path(config: Config) -> Path:
    from pathlib import Path

    return config.judgements or Path("judgements.toml")


def _where_told(store: Path | None, records: Sequence[str]) -> list[dict[str, str]]:
    """Return where each record is told, if the newest build knows them all: so it is found under another id too."""
    if store is None or not store.exists():
        return []
    from mapper.store import Store

    try:
        with Store(store) as opened:
            newest = opened.last_build()
            known = opened.records(newest) if newest is not None else {}
    except StoreError:  # deciding does not wait for a store; the id alone says what is meant
        return []
    anchors = [sorted(json.loads(known[one].anchors)) for one in records if one in known]
    if len(anchors) < len(records) or not all(anchors):
        return []
    told = [several[0].partition("\x1f") for several in anchors]
    return [{"report": report, "place": place.rpartition(" ")[2]} for report, _, place in told]
