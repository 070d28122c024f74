"""The words of figures, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapper.errors import message
from mapper.printable import in_one_line

if TYPE_CHECKING:
    import datetime as dt

    from mapper.figure.window import Window

__all__ = ["Words", "plain"]

_CHARS = 60


def plain(value: object, most: int = _CHARS) -> str:
    """Return a name of a report or the gazetteer as a figure writes it; "" where there is none."""
    return in_one_line(str(value or ""), most)


class Words:
    """Sentences, days and numbers of a figure.

    Parameters
    ----------
    language
        "es" or "en".
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, key: str, **facts: object) -> str:
        """Return the sentence ``key`` of the figures."""
        return message(f"figure-{key}", self.language, **facts)

    def day(self, day: dt.date) -> str:
        """Return a day with its month's name."""
        month = self.say("months").split("|")[day.month - 1]
        return self.say("day", day=day.day, month=month, year=day.year)

    def window(self, window: Window, through: dt.date | None) -> str:
        """Return the days a map shows, or up to when the reports go."""
        first, last = window
        if first and last:
            return self.day(first) if first == last else self.say("from-to", first=self.day(first), last=self.day(last))
        if first or last:
            return self.say("from", first=self.day(first)) if first else self.say("to", last=self.day(last or first))  # type: ignore[arg-type]
        return self.say("through", day=self.day(through)) if through else self.say("through-unknown")

    def number(self, value: int) -> str:
        """Return a whole number with its thousands set apart."""
        return f"{value:,}".replace(",", "." if self.language == "es" else ",")

    def moved(self, flow: dict[str, Any]) -> str:
        """Return how many moved, in the unit of the reports; "" where no number is stated."""
        if flow["people"] is not None:
            return self.say("people", count=self.number(flow["people"]))
        if flow["households"] is not None:
            return self.say(flow["unit"] or "families", count=self.number(flow["households"]))
        return ""
