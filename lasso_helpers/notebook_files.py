"""Notebooks as files: read and written without Jupyter, and the text that stands in one."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path


def read_notebook(path: Path) -> dict:
    """A notebook as a dictionary, each source and output in one piece.

    Raises ValueError, with the file's name, for what is no notebook of format 4.
    """
    try:
        return in_one_piece(json.loads(path.read_text("utf8")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ValueError(f"{path} must be a notebook (.ipynb of format 4), got {reason}") from None


def in_one_piece(notebook: dict) -> dict:
    """A notebook whose texts may be saved as lists of their lines, with each in one piece."""
    for cell in notebook["cells"]:
        cell |= {"source": "".join(cell["source"]), "metadata": dict(cell.get("metadata", {}))}
        if cell["cell_type"] == "code":
            cell["outputs"] = [_output_in_one_piece(output) for output in cell.get("outputs", [])]
    return notebook


def _output_in_one_piece(output):
    data = {
        kind: part if kind.endswith("json") else "".join(part)
        for kind, part in output.get("data", {}).items()
    }
    text = {"text": "".join(output["text"])} if "text" in output else {}
    kind = {"output_type": output["output_type"]}  # a KeyError here is one of `read_notebook`'s
    return output | kind | text | ({"data": data} if data else {})


def write_notebook(notebook: dict, path: Path) -> None:
    """Writes it as Jupyter does, but for the lines, which stay in one piece."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", "utf8")


def tags(cell: dict) -> list:
    """The tags of a cell."""
    return cell["metadata"].get("tags", [])


def notebooks_in(folder: Path) -> list[Path]:
    """The notebooks in a folder and in its subfolders, hidden ones (Jupyter's checkpoints) left out."""
    paths = (path.relative_to(folder) for path in folder.rglob("*.ipynb"))
    return [folder / path for path in sorted(paths) if not any(part.startswith(".") for part in path.parts)]


def output_text(cells: Iterable) -> str:
    """All text in the outputs of code cells, pictures left out."""
    return "\n".join(text for cell in cells for output in cell["outputs"] for text in _texts(output))


def _texts(output) -> Iterator[str]:
    yield output.get("text", "")
    yield from (str(text) for kind, text in output.get("data", {}).items() if not kind.startswith("image/"))
