"""Reading: text becomes mentions, dates, quantities, speakers and cues, all with exact offsets.

The room knows names and words, no coordinates. One language is one lexicon file.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from mapper.model import Reading
from mapper.reading.attribution import find_attributions
from mapper.reading.businesses import without_businesses
from mapper.reading.covered import Covered
from mapper.reading.cues import find_cues
from mapper.reading.dates import find_dates
from mapper.reading.lexicon import LANGUAGES, load_lexicon
from mapper.reading.numbers import find_figures
from mapper.reading.private_names import find_private_names, folded_names
from mapper.reading.quantities import find_quantities
from mapper.reading.recognition import NameIndex, recognise
from mapper.reading.sensitive import exposes, find_sensitive
from mapper.reading.sentences import clauses, sentences
from mapper.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.model import Guard, NameRecord, Report

__all__ = ["Reader", "exposes"]


class Reader:
    """Reads reports in every language that has a lexicon.

    Parameters
    ----------
    names
        All names of the area's places, and of the places outside it.
    guards
        Phrases that look like places and are not.
    languages
        The area's languages; reports in a language without a lexicon are read with the first that has one.
    within
        The ids of what each place lies in, by its id.
    """

    def __init__(
        self,
        names: Sequence[NameRecord],
        guards: Sequence[Guard],
        languages: Sequence[str] = (),
        within: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._fallback = next((one for one in languages if one in LANGUAGES), LANGUAGES[0])
        self._index = NameIndex(names, guards, [load_lexicon(language) for language in LANGUAGES], within)

    def read(self, report: Report) -> Reading:
        """Read one report; in a language without a lexicon at least the names are found."""
        lexicon = load_lexicon(report.language if report.language in LANGUAGES else self._fallback)
        text = report.text
        folded = fold(text)
        found_sentences = sentences(text, lexicon)
        attributions = find_attributions(text, folded, found_sentences, lexicon)
        names = find_private_names(text, folded, attributions, lexicon, self._index.places_named)
        dates = find_dates(text, folded, report.published, lexicon)
        quantities = find_quantities(text, folded, found_sentences, lexicon)
        taken = Covered([*((one.start, one.end) for one in dates), *((one.start, one.end) for one in quantities)])
        return Reading(
            report=report,
            sentences=found_sentences,
            clauses=tuple(clause for one in found_sentences for clause in clauses(text, one, lexicon)),
            toponyms=without_businesses(text, recognise(text, folded, lexicon, self._index)),
            dates=dates,
            quantities=quantities,
            attributions=attributions,
            sensitive=find_sensitive(text, folded, found_sentences, (attributions, names), lexicon),
            private_names=folded_names(folded, names),
            cues=find_cues(text, folded, lexicon),
            figures=find_figures(folded, taken, lexicon),
        )
