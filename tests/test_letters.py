"""The letters of the series: each is in 00's table or is said in its own notebook where it first appears, and
the table has none that is not used."""

import re
import unicodedata
from pathlib import Path

import nbformat
import pytest

ALL = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
TABLE = "notation"  # its cell in 00

# {notebook: {letter that is not in the table: words that say what it is, not later than its first cell}};
# in 00 also the letters that are used above the table
SAID = {
    "00": {
        "λ": "drag λ, the penalty on the weights",
        "m": "m = 67 rows",
        "n": "n = 8 columns",
        "X": "The training X has",
        "x": "a value x becomes",
        "z": "## z-scores",
        "k": "X_test a (k, n) tensor",
        "α": "α (the *learning rate*)",
        "h": "**h** is the largest curvature",
        "S": "the training set S",
    },
    "01": {"L": "L(w) &= ", "v": "Let v be an eigenvector", "d": "with eigenvalue d²"},
    "02": {
        "a": "where a would be best without the penalty",
        "t": "all w with ‖w‖₁ ≤ t form a diamond",
        "ŵ": "A penalised fit ŵ",
        "r": "r = y − Xw − b is the residual",
        "ρ": "with correlation ρ",
    },
    "03": {
        "t": "the weights w_t after t steps",
        "a": "lowest at a",
        "L": "L(w) = (w − a)²",
        "v": "along an eigenvector v",
        "e": "curvature e",
    },
    "04": {},
    "05": {
        "t": "the present weights w_t",
        "v": "lowest at v = w_t − αg",
        "a": "02's one weight, with a = vⱼ",
        "S": r"$$S(v,",
        "q": "with q the mean of xⱼ²",
        "r": "r the residual",
    },
    "06": {
        "c": "c = (2/m)Xᵀy",
        "S": "the same features S are in",
        "s": "the same signs s",
        "u": "w_S = u − λp",
        "p": "w_S = u − λp",
        "F": "F = 10 folds",
        "e": "errors e₁, …, e_F",
        "λ_1se": "The **one-SE rule** takes",
        "λ_min": "one SE of the lowest",
        "K": "lambda_coefs (K,)",
    },
    "07": {
        "λ_min": "λ_min, where the lowest of 100 noisy errors lies",
        "p": "a share p of ones",
        "δ": "higher by δ",
    },
    "08": {},
}

GREEK = {"lambda": "λ", "alpha": "α", "rho": "ρ", "delta": "δ", "Delta": "Δ", "nabla": "∇", "top": " ᵀ "}
# what makes another letter of a letter, as a combining mark; any other subscript is a letter by itself
MARKS = {"_c": "\u0325", "_max": "\u0324", "_min": "\u0331", "_1se": "\u0330", "_S": "\u0332", "*": "\u0359"}
HATS = {"bar": "\u0304", "hat": "\u0302"}
SCRIPTS = str.maketrans({"ᵢ": " i ", "ⱼ": " j ", "ᵀ": " ᵀ "} | dict.fromkeys("₀₁₂₃₄₅²³⁵⁰⁸⁺⁻ⁿΣ√", " "))
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", flags=re.S)
MARK = "[" + "".join([*MARKS.values(), *HATS.values()]) + "]"
LETTER = re.compile(rf"(?<![^\W\d_])(?<!['’-])([^\W\d_]{MARK}?|∇|[①②])(?![\w'’-])")


def plain(formula):
    """A formula in LaTeX as a line of letters, each apart from the next."""
    formula = formula.replace(r"\frac{d|x|}{dx}", "|x|")  # whose d is no letter
    formula = re.sub(r"\\text\{(max|min|1se)\}", r"\1", formula).replace("^*", "*").replace("-", "−")
    formula = re.sub(r"_?\\(?:text|operatorname|begin|end)\{.*?\}", " ", formula)
    formula = re.sub(r"\\(bar|hat) ?(\w)", lambda hat: hat[2] + HATS[hat[1]], formula)
    formula = re.sub(r"\\[lr]Vert|\\\|", "‖", formula).replace("‖_1", "①").replace("‖_2", "②")
    formula = marked(re.sub(r"\\([a-zA-Z]+)", lambda name: GREEK.get(name[1], " "), formula))
    return re.sub(rf"([^\W\d_]{MARK}?)(?=[^\W\d_])", r"\1 ", formula.replace("_", " "))


def marked(text):
    """Letters with one of their own subscripts as a letter with a mark; S is one of L alone."""
    text = re.sub(r"L_S(?![a-z])", "L" + MARKS["_S"], text).replace("w*", "w" + MARKS["*"])
    own = r"([XyλΛ])_(c|max|min|1se)(?![a-z])"
    return re.sub(own, lambda letter: letter[1] + MARKS["_" + letter[2]], text)


def prose(text):
    """Prose as a line in which a letter stands apart; a, A and I are letters beside a sign alone."""
    text = re.sub(r"\*\*|(?<![\w*])\*(?=[^*\s])([^*\n]+)\*", r" \1 ", text)  # bold and italics
    text = marked(text.replace("‖w‖₁", "w ①").replace("‖w‖₂", "w ②"))
    sign, apart = "[=−+/≤≥]", r"(?<![\w])([aAI])(?![\w'’₁₂])"
    words = rf"(?<!{sign} )(?<![{{|−+/]){apart}(?! {sign}|[|/])"
    return re.sub(f"([α-ωΔ]{MARK}?)", r" \1 ", re.sub(words, " ", text)).translate(SCRIPTS).replace("_", " ")


def letters(markdown):
    """The letters that a cell uses, in formulas and in prose; code, links and tags left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<[^>]+>", " ", markdown, flags=re.S)
    formulas = [one or other for one, other in FORMULA.findall(text)]
    lines = [*map(plain, formulas), prose(FORMULA.sub(" ", text))]
    found = {letter for line in lines for letter in LETTER.findall(unicodedata.normalize("NFD", line))}
    return {unicodedata.normalize("NFC", letter) for letter in found}


def markdown_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]


def table():
    """The letters in the first column of the table."""
    source = next(cell.source for cell in markdown_cells(ALL[0]) if cell.id == TABLE)
    names = [row.split(" | ")[0] for row in source.splitlines() if row.startswith("| ")]
    return set().union(*(letters(re.sub(r"(?<=[|,;] )", "= ", name)) for name in names))


def unsaid(cells, known, said):
    """{letter: its first cell} of the letters that nothing has said by then; the table says its own."""
    missing, read = {}, ""
    for cell in cells:
        if cell.id == TABLE:
            known = table()
        read += cell.source
        for letter in letters(cell.source) - known - missing.keys():
            if letter not in said or said[letter] not in read:
                missing[letter] = cell.id
    return missing


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_letter_is_in_the_table_or_said_where_it_first_appears(path):
    said = {
        unicodedata.normalize("NFC", marked(letter)): words for letter, words in SAID[path.stem[:2]].items()
    }
    cells = markdown_cells(path)
    assert unsaid(cells, set() if path == ALL[0] else table(), said) == {}
    used = set().union(*(letters(cell.source) for cell in cells))
    assert said.keys() <= used - (set() if path == ALL[0] else table())  # nothing is said in vain


def test_every_letter_of_the_table_is_used():
    cells = [cell for path in ALL for cell in markdown_cells(path) if cell.id != TABLE]
    assert len(table()) >= 20
    assert table() <= set().union(*(letters(cell.source) for cell in cells))


@pytest.mark.parametrize(
    "markdown, expected",
    [
        (
            r"$$\lambda_\text{max} = \max_j|\tfrac2m(x_j-\bar x_j)^\top y_c|$$",
            {"λ_max", "j", "m", "x", "x̄", "ᵀ", "y_c"},
        ),
        ("Then **h** is 2αλ, a *weight* w* of `code`: I say |gⱼ| < λ.", {"h", "α", "λ", "w*", "g", "j"}),
        ("(w − a)² at a = vⱼ, I − αH, ‖w‖₁ and s1's p-value", {"w", "a", "v", "j", "I", "α", "H", "‖w‖₁"}),
        (r"$$L_S(w^+) = Xw\,\lVert w\rVert_2^2,\ \text{for all } t$$", {"L_S", "w", "X", "‖w‖₂", "t"}),
    ],
)
def test_letters_are_found_in_formulas_and_in_prose(markdown, expected):
    names = {"‖w‖₁": "①", "‖w‖₂": "②"}
    assert letters(markdown) == {
        unicodedata.normalize("NFC", marked(names.get(one, one))) for one in expected
    }
