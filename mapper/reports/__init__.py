"""Files -> :class:`~mapper.model.Report`: one small reader a format.

Start with :mod:`mapper.reports.read`, which walks the inputs; ``sources`` finds files and names
reports, ``formats`` chooses the reader, ``guarded`` runs it in a ``worker`` process with a limit on
time and memory. A reader (``plain``, ``page``, ``pdf``, ``table``, ``chat`` …) turns one file's
bytes into drafts; ``language`` tells English from Spanish.
"""

from __future__ import annotations

from mapper.reports.draft import Limits, Overrides
from mapper.reports.read import NoReportsError, read_reports

__all__ = ["Limits", "NoReportsError", "Overrides", "read_reports"]
