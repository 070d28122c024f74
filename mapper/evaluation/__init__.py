"""Evaluation: how well reports are read, by numbers, against what a person annotated in them.

This room stands beside the street: it is handed what was read (the objects of ``mapper geoparse``),
a look-up for names and a test for the area, and knows none of the rooms that made them.
"""

from __future__ import annotations

from mapper.evaluation.folder import Choice, NoGoldError, read_folder
from mapper.evaluation.matching import inside_test
from mapper.evaluation.result import Evaluation, evaluate

__all__ = ["Choice", "Evaluation", "NoGoldError", "evaluate", "inside_test", "read_folder"]
