"""The notebooks run, use public names only, and are kept without outputs."""

from __future__ import annotations

import ast
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

import mapper

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(notebook: Path) -> list[dict[str, Any]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_there_is_a_first_notebook():
    assert [path.name for path in NOTEBOOKS][:1] == ["01_first_map.ipynb"]


@every_notebook
def test_no_output_is_kept(notebook: Path):
    assert [cell["id"] for cell in code_cells(notebook) if cell["outputs"] or cell["execution_count"]] == []


@every_notebook
def test_only_public_names_are_used(notebook: Path):
    trees = [ast.parse("".join(cell["source"])) for cell in code_cells(notebook)]
    used = {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "mapper"
    }
    imported = {
        node.module
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mapper.")
    }
    assert (used - set(mapper.__all__), imported) == (set(), set())


@pytest.mark.slow
@pytest.mark.enable_socket  # the kernel is a program of its own, spoken to over this machine's loopback
@every_notebook
def test_it_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("ipykernel", reason="the notebook extra is missing: pip install -e '.[notebook]'")
    nbclient = pytest.importorskip("nbclient", reason="the notebook extra is missing: pip install -e '.[notebook]'")
    nbformat = pytest.importorskip("nbformat", reason="the notebook extra is missing: pip install -e '.[notebook]'")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data").symlink_to(ROOT / "data")
    # Kernel files, settings and history go where the test's other files go, not into a home folder.
    for name in ("HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    book = nbformat.read(notebook, as_version=4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Jupyter's own libraries deprecate is not our concern
        nbclient.NotebookClient(book, timeout=90, resources={"metadata": {"path": tmp_path / "notebooks"}}).execute()
    assert (tmp_path / "output" / "map.html").is_file()
