"""The notebooks run, use public names only, and are kept without outputs."""

from __future__ import annotations

import ast
import base64
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import pytest
import view_fixture as story
from browser import launched

import mapper
from mapper.view import assets

if TYPE_CHECKING:
    from collections.abc import Callable

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
    if notebook == NOTEBOOKS[0]:
        assert (tmp_path / "output" / "map.html").is_file()


# --- the map as a cell's output ---


@pytest.fixture(scope="module")
def browser():
    with launched() as running:
        yield running


def shown(
    browser: Any, folder: Path, view: Any, answer: Callable[[str], dict[str, Any] | None]
) -> tuple[Any, list[str]]:
    """Open a saved notebook that shows ``view``; what it asks for on the network ``answer`` gives."""
    saved = folder / "notebook.html"
    saved.write_text(f'<!doctype html><div class="jp-OutputArea">{view._repr_html_()}</div>', encoding="utf-8")
    page = browser.new_context(viewport={"width": 1100, "height": 800}).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))

    def serve(route: Any) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
            return
        given = answer(route.request.url)
        complaints.extend([f"asked {route.request.url}"] if given is None else [])
        route.fulfill(**(given or {"status": 404}))

    page.route("**/*", serve)
    page.goto(saved.as_uri())
    page.frame_locator("iframe").locator("body.is-ready").wait_for(timeout=20_000)
    return page.frames[1], complaints


def test_a_map_in_a_cell_asks_for_nothing_and_writes_no_address(browser, tmp_path: Path):
    view = mapper.render_map(story.layers(), story.disclosed(), story.info())
    frame, complaints = shown(browser, tmp_path, view, lambda _: None)
    frame.locator("#mp-list [data-rove]").first.click()
    frame.wait_for_timeout(600)  # longer than the page waits before it would write its address
    assert (frame.locator("#mp-evidence").is_visible(), frame.url, complaints) == (True, "about:srcdoc", [])


def test_a_map_that_is_not_strict_takes_ones_own_layers_and_tiles(browser, tmp_path: Path):
    pixel = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
    )

    def answer(url: str) -> dict[str, Any]:
        if url.endswith(".png"):
            return {"body": pixel, "content_type": "image/png"}
        kind = "text/javascript" if url.endswith(".js") else "text/css"
        return {"body": assets.leaflet_script() if url.endswith("/leaflet.js") else "", "content_type": kind}

    view = mapper.render_map(story.layers(), story.disclosed(), story.info(), strict=False)
    folium.TileLayer("https://tiles.example.org/{z}/{x}/{y}.png", attr="Example tiles").add_to(view)
    folium.CircleMarker((10.48, -66.92), class_name="my-own").add_to(view)
    frame, complaints = shown(browser, tmp_path, view, answer)
    assert complaints == []
    assert frame.locator("path.my-own").count() == 1
    assert frame.locator("img.leaflet-tile").count() > 0
    assert "Example tiles" in frame.locator(".leaflet-control-attribution").inner_text()
    assert "cuaderno" in frame.locator("#mp-notices").inner_text()
