"""What identifies the reader: all that a reading depends on, and no more."""

from __future__ import annotations

import ast
from pathlib import Path

from mapper import memory

EVENTS = Path(memory.__file__).parent / "events"


def imported_by(name: str) -> set[str]:
    tree = ast.walk(ast.parse((EVENTS / f"{name}.py").read_text(encoding="utf-8")))
    modules = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
    return {module.removeprefix("mapper.events.") for module in modules if module.startswith("mapper.events.")}


def test_no_reading_depends_on_a_module_that_does_not_identify_its_reader():
    left_out = {Path(name).stem for name in memory._LINKING}
    reached, waiting = set(), imported_by("__init__") - {"linking"}
    while waiting:
        reached |= {name := waiting.pop()}
        waiting |= imported_by(name) - reached
    assert left_out <= {path.stem for path in EVENTS.glob("*.py")}
    assert not left_out & reached
