"""The series as a static site: pages and slides whose explorers work without a kernel and without a network.

    python web/build.py [--into site] [--only 04 06]

Runs each notebook, puts a host in the place of each explorer (hosts.py), and lays out what Sphinx makes the
pages of (conf.py); slides are made by nbconvert (slides.py). MathJax and reveal.js come from npm
(`web/package.json`).
"""

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

from hosts import bring_to_life
from slides import write_slides

WEB = Path(__file__).parent
ROOT = WEB.parent
NOTEBOOKS = ROOT / "notebooks"
LIVE = ROOT / "lasso_helpers/live_figure"
MODULES = WEB / "node_modules"
EMBEDDED = {  # explorer: its notebook and cell
    "learning-curves": ("04_autograd_lasso", "explorer"),
    "ridge": ("01_ridge_closed_form", "explorer"),
    "one-weight": ("02_l1_penalty", "one-weight-explorer"),
    "geometry": ("02_l1_penalty", "geometry-explorer"),
    "descent": ("03_gradient_descent", "explorer"),
    "zeros": ("05_exact_zeros", "zeros-explorer"),
    "path": ("06_lasso_path", "path-explorer"),
    "sign-patterns": ("06_lasso_path", "patterns-explorer"),
}
WORTH_SEEING = {  # presets of the main explorer, on the home page
    "hovering": "A large step: it leaps about",
    "diverging": "A larger one: it leaves the picture",
    "chosen in 06": "The penalty by cross-validation: five features stay (◆)",
}
STRICT = ["-W", "--keep-going"]  # of the whole site; of a part, links to what is left out lead nowhere
LENIENT = ["-D", "suppress_warnings=myst.xref_missing,toc.not_readable,toc.not_included,ref.doc"]
HIDDEN = {"input": "source_hidden", "output": "outputs_hidden"}  # JupyterLab's words for it


def build(into, only=()):
    """Writes the pages of all notebooks (of those whose numbers are in `only`) to the folder `into`."""
    if not MODULES.exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=WEB, check=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    paths = chosen(only)
    with ThreadPoolExecutor(2) as pool:
        notebooks = dict(zip(paths, pool.map(run, paths)))
    lives = {path.stem: bring_to_life(notebook) for path, notebook in notebooks.items()}
    embedded = {name: lives[of][cell] for name, (of, cell) in EMBEDDED.items() if of in lives}
    with TemporaryDirectory() as place:
        source, pages = Path(place, "source"), Path(place, "pages")
        lay_out(source, notebooks, embedded)
        command = [sys.executable, "-m", "sphinx", "-q", *(LENIENT if only else STRICT)]
        subprocess.run([*command, "-d", Path(place, "doctrees"), source, pages], check=True)
        shutil.copytree(pages, into, dirs_exist_ok=True)
    for path, notebook in notebooks.items():
        shutil.copy(path, into / "_sources")  # the download is the notebook as it is
        write_slides(notebook, path.stem, title(notebook), into)
    write_embeds(embedded, into / "embed")
    return [into / f"{path.stem}.html" for path in paths]


def chosen(only):
    """The notebooks' paths, in order."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    if find_spec("tensorflow") is None:
        print("left out: 08, as TensorFlow is not here (pip install -c constraints.txt -e '.[tensorflow]')")
        paths = [path for path in paths if path.stem[:2] != "08"]
    unknown = sorted(set(only) - {path.stem[:2] for path in paths})
    if unknown:
        raise SystemExit(f"--only must name notebooks by their two digits, as 04 06, got {' '.join(unknown)}")
    return [path for path in paths if not only or path.stem[:2] in only]


def title(notebook):
    """`00 · Why do we scale before we shrink?`"""
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def minutes(notebook):
    """`50 minutes`, as the notebook says first."""
    sources = "\n".join(cell.source for cell in notebook.cells)
    return re.search(r"^\d+ minutes", sources, flags=re.M)[0]


def run(path):
    """The notebook, run, with its widgets' state."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        store_widget_state=True,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return notebook


def lay_out(source, notebooks, embedded):
    """A Sphinx project of the notebooks that were run: pages, pictures, scripts and the home page."""
    shutil.copytree(WEB / "pages", source)
    shutil.copytree(WEB / "templates/pages", source / "_templates")
    for file in (WEB / "conf.py", NOTEBOOKS / "lecturer_notes.md"):
        shutil.copy(file, source)
    for folder in ("road", "data"):  # the pictures of the road, 07's file and its card
        shutil.copytree(NOTEBOOKS / folder, source / folder)
    for path, notebook in notebooks.items():
        nbformat.write(with_folds(notebook), source / path.name)
    (source / "index.md").write_text(home(notebooks, embedded))
    lay_out_static(source / "_static")


def lay_out_static(static):
    """The scripts and styles of pages, slides and embedded explorers."""
    reveal = MODULES / "reveal.js/dist"
    (static / "reveal/dist/theme").mkdir(parents=True)
    for script in ("reveal.js", "reveal.css"):
        shutil.copy(reveal / script, static / "reveal/dist")
    # The theme's web font is left out: slides look as the pages do.
    theme = re.sub(r"@import url\([^)]*\);", "", (reveal / "theme/white.css").read_text())
    (static / "reveal/dist/theme/slides.css").write_text(theme + (WEB / "slides.css").read_text())
    ours = (LIVE / "live_figure.css", WEB / "site.css", WEB / "page.js")
    for file in (MODULES / "mathjax/es5/tex-svg.js", *ours):
        shutil.copy(file, static)
    module = json.dumps((LIVE / "live_figure.js").read_text())
    (static / "explorers.js").write_text(f"const liveFigure = {module};\n{(WEB / 'host.js').read_text()}")


def with_folds(notebook):
    """The tags by which myst-nb folds what JupyterLab folds."""
    for cell in notebook.cells:
        folded, tags = cell.metadata.get("jupyter", {}), cell.metadata.setdefault("tags", [])
        tags += [f"hide-{part}" for part, hidden in HIDDEN.items() if folded.get(hidden)]
    return notebook


def home(notebooks, embedded):
    """The home page: the main explorer, and the road as cards."""
    explorer, presets = "", ""
    if main := embedded.get("learning-curves"):
        content = main.state["content"]
        stops = dict(content["presets"])
        begin = stops["lecture"]  # of the lasso, not of λ = 0
        state = main.state | {"stops": begin, "content": content | {"start": begin}}
        explorer = main._replace(state=state).box("learning-curves")
        presets = "".join(
            f'<a href="#learning-curves:{",".join(map(str, stops[name]))}">{html.escape(words)}</a>'
            for name, words in WORTH_SEEING.items()
        )
    cards = "\n".join(card(path.stem, notebook) for path, notebook in notebooks.items())
    names = "\n".join(path.stem for path in notebooks)
    text = Template((WEB / "index.md").read_text())
    return text.substitute(explorer=explorer, presets=presets, cards=cards, notebooks=names)


def card(name, notebook):
    """A notebook on the road: its picture, its question, its minutes."""
    options = f":img-top: road/{name[:2]}.svg\n:link: {name}\n:link-type: doc"
    return f":::{{grid-item-card}} {title(notebook)}\n{options}\n\n{minutes(notebook)}\n:::"


def write_embeds(embedded, folder):
    """A page for each explorer that holds nothing else, for an <iframe>."""
    folder.mkdir(exist_ok=True)
    text = Template((WEB / "embed.html").read_text())
    for name, explorer in embedded.items():
        page = text.substitute(title=name.replace("-", " "), box=explorer.box(name), of=EMBEDDED[name][0])
        (folder / f"{name}.html").write_text(page)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=ROOT / "site")
    parser.add_argument("--only", nargs="*", default=(), help="numbers of notebooks, e.g. 04 06")
    arguments = parser.parse_args()
    for page in build(arguments.into, arguments.only):
        print(f"{page.stat().st_size / 1e6:.2f} MB  {page}")
