"""Forgetting a report: its text and all that was read from it, wherever a run of mapper has put it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import StoreError
from mapper.files import write_atomic
from mapper.history import run_text
from mapper.readings import names_in
from mapper.reports.kept import load_drafts
from mapper.store import content_hash, run_without

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapper.store import Store

__all__ = ["forget_report"]


def forget_report(store: Store, name: str, answers: Path | None = None) -> tuple[str, ...]:
    """Take a report out of the store, its log, the run records and the geocoder's answers.

    Parameters
    ----------
    store
        The store to purge.
    name
        The report's id, or the path of its file, which may still be there or not.
    answers
        The online geocoder's cache: what was asked because of this report goes too.

    Returns
    -------
    tuple of str
        The ids the report was known by: also those of other files with the very same text.

    Raises
    ------
    StoreError
        The store knows no such report, or another run still reads what is to go.
    """
    contents = set(store.texts_of(name)) | _texts_in(Path(name))
    known = store.reports_with(contents)
    if not known:
        store.scrub()  # of what an earlier withdrawal deleted, if it was broken off
        raise StoreError("store-no-report", name=name, path=store.path)
    drafts = {key: load_drafts(kept) for key, _, kept in store.all_drafts()}
    files = [key for key, some in drafts.items() if contents & {content_hash(one.text) for one in some}]
    if answers:
        from mapper.places.cache import forget
        from mapper.text import fold_name

        forget(answers, {fold_name(name) for reading in known.values() if reading for name in names_in(reading)})
    _forget_runs(store.path.parent / "runs", known)
    # The store last: as long as it knows the report, a withdrawal that is broken off can be run again.
    store.purge(report_ids=known.keys(), contents=contents, files=files)
    return tuple(sorted(known))


def _texts_in(path: Path) -> set[str]:
    """Return the content hash of the texts in a file, if there is one, without opening more than plain text."""
    from mapper.errors import MapperError
    from mapper.reports import read_reports

    if not path.is_file():
        return set()
    try:
        reports, _ = read_reports([path])
    except MapperError:  # what could not be read was not kept either
        return set()
    return {content_hash(report.text) for report in reports}


def _forget_runs(folder: Path, report_ids: Iterable[str]) -> None:
    """Write each run record anew without these reports; what is no whole record may name them, and goes."""
    for path in sorted(folder.glob("*.json")):
        try:
            run = json.loads(path.read_text(encoding="utf-8"))
            write_atomic(path, run_text(run_without(run, set(report_ids))))
        except (AttributeError, TypeError, ValueError):
            path.unlink()
    for part in folder.glob(".*.part"):  # of a run that was killed while it wrote
        part.unlink(missing_ok=True)
