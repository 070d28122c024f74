"""What the terminal shows: the run summary, ``explain``, ``places``, ``check`` and ``evaluate``.

Everything printed passes through :func:`mapper.printable.printable`: a report may hold escape sequences that
recolour, rename or type into the reader's terminal, and bidirectional controls that reorder a
sentence.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from mapper.changes_text import change_lines
from mapper.errors import message
from mapper.model import Assertion, Measure, Role, Status
from mapper.printable import printable
from mapper.reasons_text import reason, reason_text
from mapper.view import EMBED_LIMIT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mapper.evaluation import Evaluation
    from mapper.model import (
        Candidate,
        Claim,
        DateSpan,
        Estimate,
        Evidence,
        Facts,
        Incident,
        Mention,
        Movement,
        Place,
        Report,
        SetAside,
    )
    from mapper.results import BuildResult, CheckResult, Progress

__all__ = ["Screen", "file_size", "progress_bar"]

_MOST_CHANGES = 8
_ORDINARY_BYTES, _ORDINARY_INCIDENTS = 1_000_000, 200
_ROLE_STYLES = {
    Role.CLASH: "bold red",
    Role.OTHER_INCIDENT: "yellow",
    Role.ORIGIN: "magenta",
    Role.DESTINATION: "cyan",
    Role.VIA: "blue",
    Role.CONTEXT: "green",
}
_LOCATED = {Status.RESOLVED, Status.OUTSIDE_AREA}


def file_size(count: int, language: str) -> str:
    """Return a number of bytes as kB or, from a million on, MB."""
    size = f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.{int(count < 10_000)}f} kB"  # noqa: PLR2004
    return size.replace(".", ",") if language == "es" else size


@contextmanager
def progress_bar(language: str) -> Iterator[Progress | None]:
    """Yield something to report progress to, drawn on stderr; None when that is not a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(message("progress-reading", language), total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield update


class Screen:
    """A terminal or pipe to print on, in one language.

    Parameters
    ----------
    language
        ``"en"`` or ``"es"``.
    file
        Where to print; standard output by default.
    colour
        Force colour on or off; by default on a terminal, unless ``NO_COLOR`` is set.
    """

    def __init__(self, language: str, file: TextIO | None = None, *, colour: bool | None = None) -> None:
        self.language = language
        self._console = Console(
            file=file, force_terminal=colour, highlight=False, markup=False, emoji=False, soft_wrap=True
        )
        self._coloured = self._console.is_terminal and not self._console.no_color

    # --- small parts ---

    def line(self, text: str | Text = "", indent: int = 0, style: str = "") -> None:
        """Print one line; control characters in plain text are made visible first."""
        body = text if isinstance(text, Text) else Text(printable(text), style=style)
        self._console.print(Text(" " * indent) + body)

    def say(self, code: str, *, indent: int = 0, style: str = "", **facts: object) -> None:
        """Print the sentence for ``code``."""
        self.line(self._word(code, **facts), indent, style)

    def _word(self, code: str, **facts: object) -> str:
        """Return the sentence for ``code``."""
        return message(code, self.language, **facts)

    def _warning(self, code: str) -> str:
        """Return a warning's sentence; a warning without one is printed as it is."""
        return self._known(f"warning-{code}", code)

    def _known(self, code: str, otherwise: str) -> str:
        """Return the sentence for ``code``, or else what has none."""
        try:
            return self._word(code)
        except KeyError:
            return otherwise

    # --- build and check ---

    def summary(self, result: BuildResult) -> None:
        """Print what a build read, found and wrote."""
        counts = result.counts
        self.line(self._word("summary-reports", **counts))
        if result.reports_read < counts["reports"]:
            self.line(self._word("summary-read", **counts))
        self._set_aside(result.set_aside)
        self._warnings(result.story.reports)
        self.line(self._word("summary-places", **counts))
        self.line(self._word("summary-records", **counts))
        if counts["reviewed"] or counts["rejected"]:
            self.line(self._word("summary-reviewed", **counts))
        for one in result.idle_judgements:
            self.line("- " + self._word("judgement-idle", what=one), indent=2, style="yellow")
        if result.changes.since is not None:
            for line in change_lines(result.changes, self.language, _MOST_CHANGES):
                self.line(line)
        self._written(result)

    def _written(self, result: BuildResult) -> None:
        """Print which files a build wrote, and which of them are larger than they should be."""
        size = partial(file_size, language=self.language)
        incidents = result.counts["incidents"]
        self.say("summary-map", path=result.map_path, size=size(result.map_bytes))
        if result.map_bytes > _ORDINARY_BYTES and incidents <= _ORDINARY_INCIDENTS:
            self.say("summary-map-large", style="yellow", limit=size(_ORDINARY_BYTES), incidents=incidents)
        for path, count in result.files.items():
            if path not in {result.map_path, result.embed_path}:
                self.say("summary-table", path=path, size=size(count))
        if result.embed_path:
            self.say("summary-embed", path=result.embed_path, size=size(result.embed_bytes))
            if result.embed_bytes > EMBED_LIMIT_BYTES:
                self.say("summary-embed-large", style="yellow", limit=size(EMBED_LIMIT_BYTES))
            self.line(result.embed_snippet)

    def checked(self, result: CheckResult) -> None:
        """Print what a check found."""
        self.say("check-area", area=result.area_id, places=result.places)
        self.say("summary-reports", reports=len(result.reports), set_aside=len(result.set_aside))
        for report in result.reports:
            self.line(self._headline(report), indent=2)
        self._set_aside(result.set_aside)
        self._warnings(result.reports)
        self.say("check-fine" if not result.set_aside else "check-faults", style="bold")

    def _set_aside(self, items: Iterable[SetAside]) -> None:
        """Print why files were set aside."""
        for item in items:
            self.line(f"- {reason(item, self.language)}", indent=2, style="yellow")

    def _warnings(self, reports: Iterable[Report]) -> None:
        """Print what is worth knowing about reports that were read."""
        for report in reports:
            for code in report.warnings:
                self.line(f"- {report.report_id}: {self._warning(code)}", indent=2)

    def _headline(self, report: Report) -> str:
        """Return a report's id, date, language, outlet and title on one line."""
        day = report.published.isoformat() if report.published else self._word("date-unknown")
        about = " · ".join(part for part in (day, report.language, report.outlet, report.title) if part)
        return f"{report.report_id} · {about}".replace("\n", " ")

    # --- places ---

    def places(self, found: Sequence[tuple[Candidate, Place]]) -> None:
        """Print gazetteer entries: a table on a terminal, tab-separated values otherwise."""
        keys = "score id name class parish municipality precision uncertainty source confidence"
        header = [self._word(f"column-{key}") for key in keys.split()]
        rows = [
            (
                f"{candidate.score:.2f}",
                place.place_id,
                place.name,
                place.feature_class,
                place.parish,
                place.municipality,
                place.precision.value,
                "" if place.uncertainty_m is None else f"{place.uncertainty_m:.0f}",
                place.source,
                place.confidence,
            )
            for candidate, place in found
        ]
        self._table(header, rows)

    # --- evaluate ---

    def evaluated(self, result: Evaluation, *, errors: bool = False) -> None:
        """Print how well annotated reports are read; with ``errors`` every miss too."""
        from mapper.evaluation.tables import tables

        self.say("summary-reports", reports=result.reports, set_aside=len(result.set_aside))
        self._set_aside(result.set_aside)
        for table in tables(result, self.language, errors=errors):
            self.line()
            self.line(table.title, style="bold")
            self._table(table.header, table.rows)

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table on a terminal, tab-separated values otherwise."""
        if not self._console.is_terminal:
            # Past rich, which would turn tabs into blanks.
            lines = ("\t".join(printable(cell).replace("\t", " ") for cell in row) for row in (header, *rows))
            self._console.file.writelines(f"{line}\n" for line in lines)
            self._console.file.flush()
            return
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        for title in header:
            table.add_column(Text(title))
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        self._console.print(table, soft_wrap=False)

    # --- explain ---

    def explain(self, facts: Facts) -> None:
        """Print a report with its mentions marked, then every decision and its reasons."""
        self.line(self._headline(facts.report), style="bold")
        self.line()
        self.line(self._marked(facts))
        self.line()
        self.line(self._legend())
        self._heading("explain-mentions", len(facts.mentions))
        for mention in facts.mentions:
            self._mention(mention)
        self._heading("explain-incidents", len(facts.incidents))
        for incident in facts.incidents:
            self._incident(incident, facts.report)
        self._heading("explain-movements", len(facts.movements))
        for movement in facts.movements:
            self._movement(movement, facts.report)
        notes = [self._warning(code) for code in dict.fromkeys((*facts.report.warnings, *facts.warnings))]
        for code, lines in (("explain-trace", facts.trace), ("explain-warnings", notes)):
            if lines:
                self._heading(code, len(lines))
            for line in lines:
                self.line(f"- {reason_text(line, self.language)}", indent=2)

    def _heading(self, code: str, count: int) -> None:
        """Print a section's heading with the number of its entries."""
        self.line()
        self.say(code, count=count, style="bold")

    def _marked(self, facts: Facts) -> Text:
        """Return the text with its mentions coloured by role, or in brackets where there is no colour."""
        text, marked, position = printable(facts.report.text), Text(), 0
        for mention in sorted(facts.mentions, key=lambda item: (item.start, -item.end)):
            if mention.start < position:
                continue
            marked.append(text[position : mention.start])
            words = text[mention.start : mention.end]
            if self._coloured:
                underline = "" if mention.status in _LOCATED else " underline"
                marked.append(words, style=_ROLE_STYLES[mention.role] + underline)
            else:
                marked.append(f"[{words}|{_label(mention)}]")
            position = mention.end
        return marked.append(text[position:])

    def _legend(self) -> Text:
        """Return the meaning of each colour or label."""
        legend = Text(self._word("explain-legend") + " ")
        for role, style in _ROLE_STYLES.items():
            word = self._word(f"role-{role.value}")
            legend.append(word if self._coloured else f"{role.value} = {word}", style=style if self._coloured else "")
            legend.append("; ")
        return legend.append(self._word("explain-legend-unlocated" if self._coloured else "explain-legend-status"))

    def _mention(self, mention: Mention) -> None:
        """Print a mention's place, how sure it is and why."""
        place = f" → {_where(mention.place)}" if mention.place else ""
        sensitive = f" · {self._word('sensitive')}" if mention.sensitive else ""
        title = Text(printable(f"{mention.text}{place}"), style=_ROLE_STYLES[mention.role])
        detail = f"  {mention.start}-{mention.end} · {_label(mention)} · {mention.status.value} · {mention.score:.2f}"
        self.line(title.append(detail + sensitive, style="not bold default"), indent=2)
        for why in mention.reasons:
            self.line(f"- {reason_text(why, self.language)}", indent=6)
        if mention.candidates:
            others = ", ".join(f"{other.name} ({other.place_id}) {other.score:.2f}" for other in mention.candidates)
            self.say("explain-candidates", candidates=others, indent=6)

    def _incident(self, incident: Incident, report: Report) -> None:
        """Print an incident with its tolls, claims and passages."""
        kind = f"{incident.event_type.value} / {incident.sub_event_type}{_asserted(incident.assertion)}"
        self.line(f"{kind} · {self._when(incident.when)} · {_names(incident.places)}", indent=2, style="bold")
        if incident.around:
            self.say("explain-around", places=_names(incident.around), indent=6)
        if incident.actors:
            self.say("explain-actors", actors=", ".join(incident.actors), indent=6)
        for measure, toll in ((Measure.KILLED, incident.fatalities), (Measure.INJURED, incident.injuries)):
            if toll.known:
                self.line(f"{self._word(f'measure-{measure.value}')}: {_number(toll)}", indent=6)
        for claim in incident.claims:
            self._claim(claim, report)
        self._quotes(incident.evidence, report)

    def _movement(self, movement: Movement, report: Report) -> None:
        """Print a movement with its passages."""
        ends = f"{_names(movement.origins)} → {_names(movement.destinations)}"
        kind = f"{self._word(f'movement-{movement.kind.value}')}{_asserted(movement.assertion)}"
        mode = self._word(f"mode-{movement.mode.value}")
        self.line(f"{kind} · {ends} · {self._when(movement.when)} · {mode}", indent=2, style="bold")
        if movement.via:
            self.say("explain-via", places=_names(movement.via), indent=6)
        for count in (movement.households, movement.people):
            if count.known:
                self.line(f"{_number(count)} {self._known(f'brief-unit-{count.unit}', count.unit)}", indent=6)
        self._quotes(movement.evidence, report)

    def _claim(self, claim: Claim, report: Report) -> None:
        """Print who says which number, or which day, about whom."""
        stated = _number(claim.value) if claim.value.known else self._when(claim.when)
        parts = [f"{self._word(f'measure-{claim.measure.value}')}: {stated}", claim.who]
        if claim.speaker:
            parts.append(self._word("explain-speaker", speaker=claim.speaker))
        parts += [self._word("hedged")] if claim.hedged else []
        parts.append(f"“{_quote(report.text, claim.start, claim.end)}”")
        self.line("- " + " · ".join(part for part in parts if part), indent=6)

    def _quotes(self, passages: Iterable[Evidence], report: Report) -> None:
        """Print the passages of this report that support a record."""
        for passage in passages:
            if passage.report_id == report.report_id:
                note = f" ({self._word('sensitive')})" if passage.sensitive else ""
                self.line(f"“{_quote(report.text, passage.start, passage.end)}”{note}", indent=6, style="italic")

    def _when(self, when: DateSpan) -> str:
        """Return first and last day with their precision."""
        days = [day.isoformat() for day in (when.start, when.end) if day]
        if not days:
            return self._word("date-unknown")
        return f"{' – '.join(dict.fromkeys(days))} ({self._word(f'precision-{when.precision.value}')})"


def _label(mention: Mention) -> str:
    """Return role, and what qualifies it, in the contract's own words."""
    status = "" if mention.status is Status.RESOLVED else f":{mention.status.value}"
    return mention.role.value + _asserted(mention.assertion, ":") + status


def _asserted(assertion: Assertion, separator: str = " · ") -> str:
    """Return how something is asserted unless it simply is."""
    return "" if assertion is Assertion.NONE else separator + assertion.value


def _where(place: Place) -> str:
    """Return a place with what it lies in."""
    return ", ".join(dict.fromkeys(part for part in (place.name, place.parish, place.municipality) if part))


def _names(places: Iterable[Place]) -> str:
    """Return the names of places, or a question mark where the text names none."""
    return ", ".join(place.name for place in places) or "?"


def _number(value: Estimate) -> str:
    """Return an estimate: the best number, and its bounds where they say more."""
    if value.low == value.high and value.low in (value.best, None):
        return "?" if value.best is None else str(value.best)
    low, high = ("…" if bound is None else str(bound) for bound in (value.low, value.high))
    return f"{low}–{high}" if value.best is None else f"{value.best} ({low}–{high})"


def _quote(text: str, start: int, end: int) -> str:
    """Return a passage on one line."""
    return " ".join(text[start:end].split())
