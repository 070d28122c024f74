"""The page's words on the Python side: what stands in the file before any script runs.

The same catalogues as the page's own (``page/i18n``), filled in and counted the same way.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from mapper.view.assets import catalogues

if TYPE_CHECKING:
    from mapper.model import MapInfo

__all__ = ["Words", "first_language"]


def first_language(info: MapInfo) -> str:
    """Return the page's first language: the area's first that a catalogue knows, English if none is."""
    return next((language for language in info.languages if language in catalogues()), "en")


class Words:
    """Sentences, dates and numbers in one language.

    Parameters
    ----------
    language
        The name of a catalogue.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = catalogues()[language]

    def t(self, key: str, **facts: object) -> str:
        """Return the sentence for ``key`` with ``facts`` filled in."""
        sentence = self._catalogue[key]
        for name, value in facts.items():
            sentence = sentence.replace(f"{{{name}}}", str(value))
        return sentence

    def known(self, prefix: str, value: str) -> str:
        """Return the words for a value; a value without words is shown as the records have it."""
        return self._catalogue.get(f"{prefix}.{value}", value)

    def number(self, value: int) -> str:
        """Return a whole number with its thousands set apart."""
        return f"{value:,}".replace(",", self.t("static.thousands"))

    def count(self, key: str, number: int) -> str:
        """Return "1 report", "3 reports"."""
        return self.t(f"{key}.{'one' if number == 1 else 'other'}", n=self.number(number))

    def day(self, iso: str) -> str:
        """Return an ISO day in words."""
        day = dt.date.fromisoformat(iso)
        month = self.t("static.months").split("|")[day.month - 1]
        return self.t("static.day", day=day.day, month=month, year=day.year)

    def when(self, start: str, end: str) -> str:
        """Return first and last ISO day ("" where unknown) in words."""
        if start and end:
            return self.day(start) if start == end else self.t("static.days", start=self.day(start), end=self.day(end))
        if not start and not end:
            return self.t("undated")
        return self.t("since", day=self.day(start)) if start else self.t("until", day=self.day(end))

    def title(self, info: MapInfo) -> str:
        """Return what the page shows and where."""
        area = info.area_names.get(self.language) or next(iter(info.area_names.values()), "")
        return self.t("title", area=area)

    def through(self, info: MapInfo) -> str:
        """Return until when the reports tell."""
        if info.data_through is None:
            return self.t("through_unknown")
        return self.t("through", day=self.day(info.data_through.isoformat()))
