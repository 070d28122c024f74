"""Build the docs site, Spanish and English, from docs/: ``make docs``, or ``tools/docs/build.py [FOLDER]``.

The pages of each language are copied into a folder of their own, and Sphinx makes a site of each: English at the top,
Spanish in ``es/``. Anything Sphinx warns of, and any link between the two that leads nowhere, ends the build.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from reference import commands, python_names  # noqa: E402 - a sibling, found by the line above

DOCS = ROOT / "docs"
LANGUAGES = ("en", "es")
# Pages that lie elsewhere in the project.
FURTHER = {ROOT / "DATA-LICENSES.md": "data-licenses.md"}
GENERATED = {
    "<!-- commands -->": commands,
    "<!-- python -->": lambda _: python_names(),
    "<!-- decisions -->": lambda _: "```{toctree}\n:glob:\n\n0*\n```",
}
_FENCE = re.compile(r"^(```.*?^```)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)")
_HREF = re.compile(r'<a [^>]*?href="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')


def pages(language: str) -> dict[Path, str]:
    """Return the pages of a language: the file, and its name in the language's site."""
    if language == "es":
        return {path: path.relative_to(DOCS / "es").as_posix() for path in sorted((DOCS / "es").rglob("*.md"))}
    own = [path for path in sorted(DOCS.rglob("*.md")) if DOCS / "es" not in path.parents]
    return {path: path.relative_to(DOCS).as_posix() for path in own} | FURTHER


def contents(index: str) -> list[tuple[str, list[str]]]:
    """Return the site's menu: the headings of an index page, each with the pages its list names."""
    parts = re.split(r"^## (.+)$", index, flags=re.MULTILINE)[1:]
    named = [re.findall(r"^- \[.*?\]\(([^)#]+\.md)\)", part, re.MULTILINE) for part in parts[1::2]]
    return [(caption, names) for caption, names in zip(parts[::2], named, strict=True) if names]


def staged(path: Path, language: str) -> str:
    """Return a page as Sphinx is to read it: generated parts and menu put in, links as the site needs them."""
    own = pages(language)
    other, way = (pages("en"), "..") if language == "es" else (pages("es"), "es")
    text = path.read_text(encoding="utf-8")
    parts = _FENCE.split(text)
    parts[::2] = [_LINK.sub(lambda link: _led(link, path, own, other, way), part) for part in parts[::2]]
    text = "".join(parts)
    for mark, made in GENERATED.items():
        if mark in text:
            text = text.replace(mark, made(language))
    if own[path] == "index.md":
        for caption, names in contents(text):
            text += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n" + "\n".join(names) + "\n```\n"
    return text


def _led(link: re.Match[str], page: Path, own: dict[Path, str], other: dict[Path, str], way: str) -> str:
    """Return a link as the site needs it; ``way`` leads from the one language's site to the other's.

    What is no page of the site is called by its path in the project.
    """
    words, target, anchor = link[1], link[2], link[3] or ""
    path = Path(os.path.normpath(page.parent / target))
    here = Path(own[page]).parent
    if path in own:
        return f"[{words}]({os.path.relpath(own[path], here)}{anchor})"
    if path in other:
        from docutils.nodes import make_id

        address = os.path.relpath(Path(way) / other[path], here).removesuffix(".md") + ".html"
        return f'<a href="{address}{"#" + make_id(anchor) if anchor else ""}">{words}</a>'
    if path.is_file() and DOCS in path.parents:  # a picture, or a file to take along
        return f"[{words}]({os.path.relpath(path.relative_to(DOCS), here)})"
    if path.exists():
        name = path.relative_to(ROOT).as_posix()
        return words if path.name in words else f"{words} (`{name}`)"
    return link[0]  # Sphinx says that it leads nowhere


def stage(folder: Path, language: str) -> None:
    """Write what Sphinx is to read into a folder of its own."""
    for path, name in pages(language).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(staged(path, language), encoding="utf-8")
    shutil.copytree(DOCS, folder, ignore=shutil.ignore_patterns("*.md", "es"), dirs_exist_ok=True)
    shutil.copytree(Path(__file__).parent / "locale", folder / "locale")


def dead_links(site: Path) -> list[str]:
    """Return the links of a built site that lead to no file of it, or to no place in the file."""
    texts = {page: page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html"))}
    ids = {page: set(_ID.findall(text)) | {""} for page, text in texts.items()}
    dead = []
    for page, text in texts.items():
        for href in sorted(set(_HREF.findall(text))):
            target, _, anchor = href.partition("#")
            path = (page.parent / unquote(target)).resolve() if target else page
            if ":" in target or (path.is_file() and unquote(anchor) in ids.get(path, {""})):
                continue
            dead.append(f"{page.relative_to(site).as_posix()}: {href}")
    return dead


def build(site: Path, work: Path) -> list[str]:
    """Build both languages into ``site``, by way of the empty folder ``work``; return what is wrong with them."""
    from sphinx.cmd.build import main as sphinx

    faults = []
    for language in LANGUAGES:
        stage(work / language, language)
        out = site if language == "en" else site / language
        own = ["-c", str(Path(__file__).parent), "-d", str(work / f"{language}.read"), "-D", f"language={language}"]
        if sphinx(["-q", "-W", "--keep-going", "-b", "html", *own, str(work / language), str(out)]):
            faults.append(f"Sphinx: the pages of '{language}' have faults (see above)")
    return faults + dead_links(site)


def main() -> None:
    """Build into ``build/site`` or the folder named, and end with 1 where something is wrong."""
    site = Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT / "build" / "site"
    if site.exists():
        if any(site.iterdir()) and not (site / "objects.inv").is_file():
            sys.exit(f"{site} holds something else than a docs site. Name an empty folder, or a new one.")
        shutil.rmtree(site)
    with tempfile.TemporaryDirectory(prefix="mapper-docs-") as work:
        faults = build(site, Path(work))
    if faults:
        sys.exit("\n".join(["The docs have faults:", *(f"  {fault}" for fault in faults)]))
    print(f"Written to {site}: open index.html, or es/index.html")


if __name__ == "__main__":
    main()
