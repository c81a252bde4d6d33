"""How Sphinx makes the pages of what `python web/build.py` lays out beside this file."""

import html
import os
import re

# Launch buttons and links to the code follow these: the repository whose workflow publishes the site, or else
# the Source in pyproject.toml; and the address of a JupyterHub of yours, if its button is to be there.
REPOSITORY = f"https://github.com/{os.environ.get('GITHUB_REPOSITORY', 'OWNER/lasso')}"
HUB = os.environ.get("LASSO_HUB", "")

project = html_title = "The lasso, live"
extensions = ["myst_nb", "sphinx_design", "sphinx_copybutton", "sphinx.ext.autodoc"]
suppress_warnings = ["toc.not_included"]  # of the card of 07's data, to which 07 leads

nb_execution_mode = "force"  # of the text notebooks among the pages: notebooks of the road were run before
nb_execution_excludepatterns = ["*.ipynb"]
nb_execution_raise_on_error = True
nb_code_prompt_show = "Show the cell's {type}"
nb_code_prompt_hide = "Hide the cell's {type}"
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 2

html_theme = "sphinx_book_theme"
templates_path = ["_templates"]
html_theme_options = {
    "repository_url": REPOSITORY,
    "repository_branch": "main",
    "path_to_docs": "notebooks",
    "use_repository_button": True,
    "launch_buttons": {
        "notebook_interface": "jupyterlab",
        "binderhub_url": "https://mybinder.org",
        "colab_url": "https://colab.research.google.com",
        "jupyterhub_url": HUB,  # none, no button
    },
    "secondary_sidebar_items": ["page-toc"],  # opened by its button: the room is the explorers'
    "navbar_persistent": [],
    "footer_content_items": ["extra-footer"],
    "extra_footer": "Text and pictures: CC BY 4.0; code: BSD-3-Clause.",
    "search_bar_text": "Search",
}
html_context = {"default_mode": "auto"}
html_static_path = ["_static"]
html_css_files = ["live_figure.css", "site.css"]
html_js_files = [
    ("explorers.js", {"defer": "defer", "priority": 100}),
    ("page.js", {"defer": "defer"}),
    # A page opened from disk may not read the others for the lines round a word that was searched.
    (None, {"body": "if (location.protocol === 'file:') DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false"}),
]
html_sidebars = {"**": ["navbar-logo.html", "search-field.html", "sbt-sidebar-nav.html"]}
html_favicon = "road/02.svg"
html_use_index = html_domain_indices = html_show_copyright = html_show_sphinx = False
mathjax_path = "tex-svg.js"
mathjax_options = {"type": "later", "defer": "defer"}  # host.js runs it when the sliders are there
mathjax3_config = {"options": {"enableMenu": False}}  # it would make Tab stop at every formula

autodoc_member_order = "groupwise"
autodoc_typehints = "none"  # ArrayLike would be written out in twelve lines; shapes are in the docstrings
default_role = "code"


def with_address(app, docname, source):
    """Where the project lies, on the page that says how to get it."""
    source[0] = source[0].replace("REPOSITORY", REPOSITORY)


def finish(app, pagename, templatename, context, doctree):
    """A button that leads to the slides; the home page's title, each page's description; and no name for what
    folds a cell other than the words it shows.
    """
    context["body"] = context.get("body", "").replace(' aria-label="Toggle hidden content"', "")
    if pagename == "index":
        context["title"] = "Lasso regression in nine live notebooks"
    about = f"{context.get('title', '')}: lasso regression, with pictures that follow your hand."
    context["metatags"] = (
        f'{context.get("metatags", "")}<meta name="description" content="{html.escape(about)}">'
    )
    buttons = context["header_buttons"]
    if pagename[:2].isdigit():
        slides = {"type": "link", "url": f"{pagename}.slides.html", "icon": "fas fa-person-chalkboard"}
        buttons.insert(0, slides | {"tooltip": "As slides", "text": "Slides"})
    else:  # there is no notebook of this name to launch
        buttons[:] = [button for button in buttons if button["label"] != "launch-buttons"]


def as_rst(app, what, name, obj, options, lines):
    """Docstrings are plain text: a formula or a table stands indented, a list of arguments hangs."""
    blocks = "\n".join(lines).replace("|", "\\|").strip().split("\n\n")
    for k, block in enumerate(blocks):
        if block.startswith("    "):
            blocks[k] = f"::\n\n{block}".replace("\\|", "|")
        elif "\n    " in block:
            blocks[k] = re.sub(r"^(?! )", "- ", re.sub(r"^    ", "  ", block, flags=re.M), flags=re.M)
    lines[:] = "\n\n".join(blocks).split("\n")


def setup(app):
    app.connect("source-read", with_address)
    app.connect("autodoc-process-docstring", as_rst)
    app.connect("html-page-context", finish, priority=502)  # after the theme's own
