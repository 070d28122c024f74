"""The numbers as rows of text, in the user's language; whoever prints them knows nothing of measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapper.errors import message
from mapper.evaluation.counts import SMALL, Found, Share, interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mapper.evaluation.result import Evaluation

__all__ = ["Table", "tables"]

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Table:
    """A table's title, header and rows."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(result: Evaluation, language: str, *, errors: bool = False) -> Iterator[Table]:
    """Yield the tables of an evaluation in ``language``, those of the misses and doubts last and only if ``errors``."""
    writer = _Writer(language)
    yield writer.found(writer.say("evaluate-found", reports=result.reports), result.overall)
    yield writer.shares(writer.say("evaluate-shares"), result.overall)
    for name, measures in result.by_language.items():
        about = {"spoken": name, "reports": result.languages[name]}
        yield writer.found(writer.say("evaluate-language-found", **about), measures)
        yield writer.shares(writer.say("evaluate-language-shares", **about), measures)
    yield writer.found_by_class(result.by_class)
    yield writer.shares_by_class(result.by_class)
    if errors:
        yield writer.misses(result)
    if errors and result.doubts:
        yield Table(writer.say("evaluate-doubts"), writer.header("report", "name"), result.doubts)


class _Writer:
    """Writes numbers and words in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def say(self, code: str, **facts: object) -> str:
        return message(code, self._language, **facts)

    def header(self, *names: str) -> tuple[str, ...]:
        return tuple(self.say(f"evaluate-column-{name}") for name in names)

    def found(self, title: str, measures: Mapping[str, Found | Share]) -> Table:
        header = self.header("measure", "precision", "recall", "f1", "right", "annotated", "read", "note")
        rows = [
            (
                self.say(f"measure-{name}"),
                self._with_interval(value.precision, value.right, value.read),
                self._with_interval(value.recall, value.right, value.annotated),
                self._number(value.f1),
                *map(str, (value.right, value.annotated, value.read)),
                self._note(value),
            )
            for name, value in measures.items()
            if isinstance(value, Found)
        ]
        return Table(title, header, tuple(rows))

    def shares(self, title: str, measures: Mapping[str, Found | Share]) -> Table:
        header = self.header("measure", "share", "hits", "cases", "note")
        rows = [
            (
                self.say(f"measure-{name}"),
                self._with_interval(value.value, value.hits, value.n),
                str(value.hits),
                str(value.n),
                self._note(value),
            )
            for name, value in measures.items()
            if isinstance(value, Share)
        ]
        return Table(title, header, tuple(rows))

    def found_by_class(self, by_class: Mapping[str, Mapping[str, Found | Share]]) -> Table:
        header = self.header("class", "recognised", "precision", "recall", "f1", "note")
        rows = []
        for name, measures in by_class.items():
            recognised, resolution = measures["recognised"], measures["resolution"]
            if isinstance(recognised, Share) and isinstance(resolution, Found):
                numbers = map(self._number, (resolution.precision, resolution.recall, resolution.f1))
                rows.append((name, self._of(recognised), *numbers, self._note(recognised)))
        return Table(self.say("evaluate-classes-found"), header, tuple(rows))

    def shares_by_class(self, by_class: Mapping[str, Mapping[str, Found | Share]]) -> Table:
        names = ("located", "within_250m", "within_1km", "parish", "role_accuracy")
        rows = []
        for name, measures in by_class.items():
            shares = [share for share in map(measures.get, names) if isinstance(share, Share)]
            few = min((share for share in shares if share.n), key=lambda share: share.n, default=Share(n=SMALL))
            rows.append((name, *map(self._of, shares), self._note(few)))
        return Table(self.say("evaluate-classes-shares"), self.header("class", *names, "note"), tuple(rows))

    def misses(self, result: Evaluation) -> Table:
        header = self.header("report", "measure", "about", "was-annotated", "was-read")
        rows = [
            (
                miss.report_id,
                self.say(f"measure-{miss.measure}"),
                miss.about,
                miss.annotated or _NONE,
                miss.read or _NONE,
            )
            for miss in result.misses
        ]
        return Table(self.say("evaluate-misses", count=len(rows)), header, tuple(rows))

    def _of(self, share: Share) -> str:
        """Return a share with its counts, in little room."""
        return f"{self._number(share.value)} ({share.hits}/{share.n})" if share.n else _NONE

    def _with_interval(self, value: float | None, hits: int, n: int) -> str:
        low, high = interval(hits, n)
        if value is None or low is None:
            return self._number(value)
        return f"{self._number(value)} ({self._number(low)}–{self._number(high)})"

    def _number(self, value: float | None) -> str:
        if value is None:
            return _NONE
        text = f"{value:.3f}"
        return text.replace(".", ",") if self._language == "es" else text

    def _note(self, value: Found | Share) -> str:
        return self.say("evaluate-small") if value.small else ""
