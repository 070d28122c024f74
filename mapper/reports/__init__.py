"""Files -> :class:`~mapper.model.Report`: one small reader a format.

Start with :mod:`mapper.reports.read`, which walks the inputs; ``sources`` finds files and names
reports, ``decoding`` turns bytes into text, ``plain``, ``markdown`` and ``page`` read one format
each, ``language`` tells English from Spanish.
"""

from __future__ import annotations

from mapper.reports.draft import Overrides
from mapper.reports.read import NoReportsError, read_reports

__all__ = ["NoReportsError", "Overrides", "read_reports"]
