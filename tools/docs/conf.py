"""Settings of the docs site. tools/docs/build.py runs Sphinx with it, once a language."""

project = "mapper"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
locale_dirs = ["locale"]  # what Furo says in English only

# Headings are linked to as in a plain reader of Markdown, so that the pages work unbuilt, too.
myst_heading_anchors = 4

napoleon_google_docstring = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
add_module_names = False

# Nothing is asked of the network: Furo brings no fonts, and the search index is a script that a file may load.
html_theme = "furo"
html_title = "mapper"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False
html_show_copyright = False
html_show_sphinx = False
html_use_index = False
toc_object_entries = False  # each has a heading
