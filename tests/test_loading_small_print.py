"""What load_csv says and where its rules turn, one case on either side."""

import gzip
import re
from pathlib import Path

import numpy as np
import pandas
import pytest
import torch

import lasso_helpers

ROWS = 24
WAVE, COSINE = np.sin(np.arange(ROWS)), np.cos(1.7 * np.arange(ROWS))


def loaded(tmp_path, text, label="y", encoding="utf-8", **more):
    path = tmp_path / "own.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return lasso_helpers.load_csv(path, label, **({"standardized": False} | more))


def refused(tmp_path, text, label="y", **more):
    with pytest.raises(ValueError) as error:
        loaded(tmp_path, text, label, **more)
    return str(error.value)


def table(cells, header="a;y"):
    return f"{header}\n" + "".join(f"{cell};{(7 * k) % 11}\n" for k, cell in enumerate(cells))


def both_parts(data):
    return torch.vstack([data.exact.X_train, data.exact.X_test]).numpy()


PLAIN = table(f"{k * k}" for k in range(12))


@pytest.mark.parametrize(
    "text, said",
    [
        (PLAIN, "semicolons between the columns"),
        (PLAIN.replace(";", "|"), "vertical bars between the columns"),
        (PLAIN.replace(";", "\t"), "tabs between the columns"),
        (PLAIN.replace(";", "  "), "blanks between the columns"),
        (table(f"{k},5" for k in range(12)), "decimal comma: a"),
        (table(f"{k + 1}'234" for k in range(12)), 'thousands parted by "\'": a'),
        (table(f"{k * k} %" for k in range(12)), "% left out: a"),
        (table(f"${k * k}" for k in range(12)), "$ left out: a"),
        (table(f"-${k * k}" for k in range(1, 13)), "$ left out: a"),
        (table(f"{k * k} kg" for k in range(12)), "kg left out: a"),
        (table(f"({k * k})" for k in range(1, 13)), "(5) as −5: a"),
        (table(["true", "false", "false"] * 4), "true as 1, false as 0: a"),
        (table([f'="{k * k}"' for k in range(12)]), "semicolons between"),
        ("# one\n#two\n" + PLAIN, "left out: lines of comments (2)"),
        (PLAIN + "# the end\n", "left out: lines of comments (1)"),
        ("A survey\n\nof 2020\n" + PLAIN, "left out: lines above the header (2)"),
        (PLAIN + ";\nNA;NA\n\n", "left out: lines with nothing in them (2)"),
        (
            table([f"{k};{k * k}" for k in range(12)], ";a;y"),
            "left out: the first column, which names or counts",
        ),
        (
            table([f"r{k};{k * k}" for k in range(12)], "rownames;a;y"),
            "left out: the first column, which names",
        ),
        (
            table([f"{k % 5};{k * k}" for k in range(12)], "b;b;y"),
            "column 2, called 'b' in the file, is called 'b (2)'",
        ),
        (
            table([f"{k % 5};{k * k}" for k in range(12)], "b;;y"),
            "column 2, called '' in the file, is called 'column 2'",
        ),
        (table([f"{0.1 + k * 0.37:.3f};{k * k}" for k in range(12)], ";b;y"), "column 1, called ''"),
        (PLAIN.replace("a;", "ä;").encode("cp1252"), "letters in windows-1252"),
        (PLAIN.encode("utf-16"), "letters in utf-16"),
        (PLAIN.encode("utf-16-le"), "letters in utf-16-le"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "semicolons between the columns\n"),
        (PLAIN.replace("\n", "\r\n"), "semicolons between the columns\n"),
        (PLAIN.replace("\n", "\r"), "semicolons between the columns\n"),
        (gzip.compress(PLAIN.encode(), mtime=0), "own.csv: 12 rows, 2 columns"),
        ("sep=;\n" + PLAIN, "semicolons between the columns"),
        ('"SEP=;"\n' + PLAIN, "semicolons between the columns"),
        ("\n" * 400 + PLAIN, "semicolons between the columns"),
        ("'a';'y'\n" + PLAIN.split("\n", 1)[1], "12 rows"),
        (
            "".join(f'"{line.replace(";", ",")}"\n' for line in PLAIN.splitlines()),
            "commas between the columns",
        ),
    ],
)
def test_how_a_file_is_written_is_said(tmp_path, text, said):
    data = loaded(tmp_path, text)
    read = repr(data.report()).split("\nSplit\n")[0]
    assert said in read and len(both_parts(data)) == 12


@pytest.mark.parametrize(
    "text, numbers",
    [
        (
            table(["-5", "(5)", "−5", "+5", "5e0", "5.", ".5", "5.25", "1e3", "12", "13", "14"]),
            [-5, -5, -5, 5, 5, 5],
        ),
        (table(["0,5", "10,25", "3", "1.234,5", "2.000", "7"] * 2), [0.5, 10.25, 3, 1234.5, 2000, 7]),
        (table([3, 4, 8, "3,5", 9, 12, 15, 21, 22, 25, 27, 29]), None),  # one slip is no decimal comma
        (table(["0.028", "0.124", "0.5"] * 4).replace(";1", ";1,5"), [0.028, 0.124, 0.5]),
        (table(["1,234", "12,34,567", "100,000", "45,678"] * 3), [1234, 1234567, 100000, 45678]),
    ],
)
def test_a_number_is_what_a_person_reads(tmp_path, text, numbers):
    if numbers is None:
        assert "cells that are no numbers, taken as missing: a ('3,5')" in refused(tmp_path, text)
        return
    assert set(numbers) <= set(both_parts(loaded(tmp_path, text))[:, 0].tolist())


@pytest.mark.parametrize(
    "text, message",
    [
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff", "must name a whole gzip"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:-9], "must name a whole gzip"),
        ("sep=:\na:b:y\n1:2:3\n", "Before a lasso can be fitted"),
        ("a,y\n1,2\n3,4,5\n6,7\n# end\n# end\n", "got 3 in line 3"),
        ("# top\na,y\n1,2\n3,4,5\n6,7\n", "got 3 in line 4"),
        ('a,y\n1,2\n"3,4\n5,6\n', "each quotation mark must be closed, got one that is not in line 3"),
        ("a,y\n" + "1,2,\n" * 3 + "1,2,3\n" * 9, "header's 2 cells"),
        ("1,2\n3,4\n5,6\n", "lasso_helpers.from_frame(pandas.read_csv(…, sep=',', header=None), \"0\")"),
        ("  \n\t\n", "which is empty"),
        ("<!DOCTYPE html><p>a,y", "HTML or XML"),
        (b"\xef\xbb\xbf <table>", "HTML or XML"),
        (b"a,y\n1,\x07\n", "bytes that are no text"),
        ("a;y;y\n1;2;3\n", "label must name one column, got 'y', the name of 2"),
        ("y\n1\n2\n", "two columns or more"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, text, message):
    if "header's 2" in message:  # a cell too many in most rows: no name for it
        message = "label"
        text = text.replace("a,y", "a,b")
    assert message in refused(tmp_path, text)


@pytest.mark.parametrize("wrong", [None, 5, pandas.DataFrame(), "x" * 5000])
def test_what_is_no_path_is_said(wrong):
    with pytest.raises(ValueError, match="path must"):
        lasso_helpers.load_csv(wrong, "y")


@pytest.mark.parametrize(
    "text",
    [
        '"' + "," * 100_000,
        '"' + "a," * 50_000,
        "\n" * 200_000 + "a,b\n1,2\n",
        "a," * 3000 + "y\n" + "1," * 3000 + "2\n",
        "c,y\n" + "\n".join(f"{'long ' * 20_000 if k == 3 else k % 3},{k}" for k in range(40)),
        "1" * 100_000,
        "1," + "1" * 100_000,
    ],
)
def test_a_strange_file_is_answered_at_once(tmp_path, text):
    assert refused(tmp_path, text)


# Rows


def test_test_rows_are_rounded_and_drawn_by_the_seed(tmp_path):
    parts = [loaded(tmp_path, PLAIN, seed=seed) for seed in (0, 0, 1)]
    assert [len(part.X_test) for part in parts] == [4, 4, 4]
    assert torch.equal(parts[0].y_test, parts[1].y_test) and not torch.equal(parts[0].X_test, parts[2].X_test)
    assert len(loaded(tmp_path, PLAIN, test_fraction=0.5).X_test) == 6
    assert "2 and 1 are the least" in refused(tmp_path, PLAIN, test_fraction=0.01)
    assert "2 and 1 are the least" in refused(tmp_path, PLAIN, test_fraction=0.95)


def framed(columns, label="y", **more):
    return lasso_helpers.from_frame(pandas.DataFrame(columns), label, **more)


def asks(columns, label="y", **more):
    """The message, "" where the table loads."""
    try:
        framed(columns, label, **more)
    except ValueError as error:
        return str(error)
    return ""


def test_a_column_that_no_training_row_knows_is_left_out():
    y = WAVE
    is_test = ~np.isin(y, framed({"a": COSINE, "y": y}).exact.y_train.numpy())
    for known, stays in (
        (is_test, False),
        (is_test | (np.arange(ROWS) == np.flatnonzero(~is_test)[0]), False),
    ):
        column = np.where(known, np.cos(np.arange(ROWS)), np.nan)
        report = asks({"a": COSINE, "b": column, "y": y}, missing="mean")
        names = [] if report else framed({"a": COSINE, "b": column, "y": y}, missing="mean").feature_names
        assert ("b" in names) == stays


def test_half_the_values_are_enough():
    rng = np.random.default_rng(0)
    for missing, topic in ((ROWS // 2, "missing values"), (ROWS // 2 + 1, "more than half missing")):
        column = rng.standard_normal(ROWS)
        column[:missing] = np.nan
        assert topic in asks({"a": COSINE, "b": column, "y": WAVE})
    gaps = rng.standard_normal((ROWS, 2))
    gaps[:6, 0], gaps[6:12, 1] = np.nan, np.nan
    assert 'missing="drop rows"' in asks({"a": gaps[:, 0], "b": gaps[:, 1], "y": WAVE})
    gaps[12, 0] = np.nan
    assert 'missing="mean"' in asks({"a": gaps[:, 0], "b": gaps[:, 1], "y": WAVE})


# What says the same


def beside(r, of, seed=0):
    """A column with this correlation with another one."""
    z = np.random.default_rng(seed).standard_normal(len(of))
    unit = (of - of.mean()) / np.linalg.norm(of - of.mean())
    rest = z - z.mean() - unit * (unit @ (z - z.mean()))
    return r * unit + np.sqrt(1 - r**2) * rest / np.linalg.norm(rest)


ALL = {"test_fraction": 0.01}  # so that all rows but few are to train on
LABEL = np.random.default_rng(3).gamma(3, size=200)
OTHER = np.random.default_rng(4).standard_normal(200)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_column_beside_the_label_or_another_is_asked_about_from_0_999_on(sign):
    for r, is_asked in ((0.9993, True), (0.9985, False)):
        near = {"a": OTHER, "b": sign * beside(r, LABEL), "y": LABEL}
        assert ("follows the label almost exactly" in asks(near, **ALL)) == is_asked
        assert asks(near, keep=["b"], **ALL) == ""
        twin = {"a": OTHER, "b": sign * beside(r, OTHER), "y": LABEL}
        assert ("almost the same as another column: b (correlation" in asks(twin, **ALL)) == is_asked
        assert asks(twin, keep=["b"], **ALL) == ""


@pytest.mark.parametrize("form", [np.log, np.sqrt, np.square, np.reciprocal, lambda y: 5 - 2 * y])
def test_a_formula_of_the_label_is_asked_about(form):
    message = asks({"a": OTHER, "b": form(LABEL), "y": LABEL}, **ALL)
    assert "follows the label almost exactly" in message and ("b (its " in message) == (form(2.0) != 1)
    noisy = form(LABEL) + 0.02 * form(LABEL).std() * np.random.default_rng(5).standard_normal(200)
    assert (asks({"a": OTHER, "b": noisy, "y": LABEL}, **ALL) == "") == (
        form(2.0) != 1
    )  # the straight one is near


def test_parts_that_add_up_to_the_label_are_asked_about_together():
    rng = np.random.default_rng(6)
    parts = {"casual": rng.gamma(2, size=200), "registered": rng.gamma(5, size=200), "warmth": OTHER}
    whole = parts["casual"] + parts["registered"]
    message = asks(parts | {"y": whole}, **ALL)
    assert "columns that add up to the label: casual, registered" in message
    assert 'drop=("casual", "registered")' in message
    for keep in (["casual"], ["casual", "registered"]):
        assert asks(parts | {"y": whole}, keep=keep, **ALL) == ""
    assert asks(parts | {"y": whole + 0.01 * rng.standard_normal(200)}, **ALL) == ""
    only = {"casual": parts["casual"], "registered": parts["registered"], "y": whole}
    assert 'keep=("casual", "registered")' in asks(only, **ALL)  # something has to stay


def test_a_label_of_minus_1_and_1_is_no_formula(recwarn):
    assert asks({"a": OTHER, "y": np.sign(WAVE.repeat(9)[:200] + 0.1)}) == ""
    assert [str(one.message) for one in recwarn] == []


def test_dummies_are_no_copies_of_each_other():
    city = np.array(["a", "b"] * 100)
    assert "text" in asks({"one": city, "two": np.char.add(city, "!"), "y": LABEL})
    data = framed({"one": city, "two": np.char.add(city, "!"), "y": LABEL}, categories="dummies")
    assert data.feature_names == ["one=b", "two=b!"]
    both = framed({"c": city, "c=b": OTHER, "y": LABEL}, categories="dummies")
    assert both.feature_names == ["c=b'", "c=b"]


@pytest.mark.parametrize(
    "values, rows, many", [(10, 40, False), (11, 40, True), (41, 200, True), (40, 200, False)]
)
def test_a_text_with_too_many_values_goes(values, rows, many):
    words = [f"w{k % values:03}" for k in range(rows)]
    message = asks({"a": words, "b": np.cos(np.arange(rows)), "y": np.sin(np.arange(rows))})
    assert ("too many values for dummies" in message) == many


@pytest.mark.parametrize(
    "values, topic",
    [
        (np.arange(ROWS)[::-1], "a number for each row: a (0 to 23)"),
        (np.random.default_rng(0).permutation(ROWS) + 7, "a number for each row: a (7 to 30)"),
        (np.arange(ROWS) + 1950, ""),
        (2 * np.arange(ROWS), ""),
        (10_000_000_000 + 37 * np.arange(ROWS) ** 2, "an id, different in every row"),
        (10.0 ** np.linspace(8, 12, ROWS).round(3), ""),
    ],
)
def test_row_numbers_and_ids_are_told_from_measurements(values, topic):
    message = asks({"a": values, "b": COSINE, "y": WAVE})
    assert (topic in message) if topic else message == ""


def test_a_kept_column_stays_kept():
    frame = {"id": np.arange(ROWS), "b": COSINE, "none": np.ones(ROWS), "y": WAVE}
    message = asks(frame, keep=["id", "none"])
    assert message.splitlines()[-1].endswith('"y", drop=("none",), keep=("id",))')


# The report


def test_the_reports_table_is_pandas(tmp_path):
    rng = np.random.default_rng(0)
    frame = pandas.DataFrame(rng.gamma(2, 50, (40, 3)), columns=["a", "b", "y"])
    for standardized in (True, False):
        data = lasso_helpers.from_frame(frame, "y", standardized=standardized)
        train = frame[np.isin(frame["y"], data.exact.y_train.numpy())]
        lines = dict(line.split(maxsplit=1) for line in repr(data.report()).splitlines()[-3:])
        for name in frame:
            *first, mean, std, low, high = map(float, lines[name].split())
            assert first == pytest.approx(train[name][:3].tolist(), rel=1e-3)
            assert (mean, std) == pytest.approx((train[name].mean(), train[name].std()), rel=1e-3)
            assert (low, high) == pytest.approx((frame[name].min(), frame[name].max()), rel=1e-3)
        assert ("z-scored with" in repr(data.report())) == standardized


def test_of_two_training_rows_two_are_shown():
    frame = pandas.DataFrame(np.random.default_rng(0).random((12, 2)), columns=["a", "y"])
    text = repr(lasso_helpers.from_frame(frame, "y", test_fraction=0.84).report())
    assert "2 rows to train on" in text and re.search(r"\n +1st row +2nd row +mean +std", text)


def test_whole_numbers_have_whole_ticks():
    path = Path(__file__).parents[1] / "notebooks/data/penguins.csv"
    frame = pandas.read_csv(path).dropna()  # its years come back from their z-scores with 13 digits
    frame["tiny"] = 1e-10 * np.sin(np.arange(len(frame)))
    data = lasso_helpers.from_frame(frame, "tiny", categories="dummies")
    figure, _ = data.report().pictures()
    ticks = {ax.get_title(): ax.get_xticks() for ax in figure.axes}
    assert all(tick.is_integer() for tick in ticks["year"])
    assert not all(tick.is_integer() for tick in ticks["tiny"])


def test_of_many_columns_the_first_are_shown():
    frame = pandas.DataFrame(
        np.random.default_rng(0).standard_normal((50, 33)), columns=[f"c{j}" for j in range(33)]
    )
    report = lasso_helpers.from_frame(frame, "c32").report()
    assert "(without 2 others)" in repr(report) and "\nc29 " in repr(report) and "\nc30 " not in repr(report)
    assert "without 21 other features" in report.pictures()[1]


def test_the_label_is_drawn_last_in_its_own_colour():
    frame = pandas.DataFrame(
        {"flag": np.arange(60) % 2, "a": np.cos(np.arange(60)), "y": np.sin(np.arange(60))}
    )
    data = lasso_helpers.from_frame(frame, "y")
    figure, alt = data.report().pictures()
    assert [ax.get_title() for ax in figure.axes] == ["a", "flag", "y"]  # measurements first
    colors = [ax.patches[0].get_facecolor() for ax in figure.axes]
    assert colors[0] == colors[1] != colors[2]
    heights, _ = np.histogram(data.exact.y_train.numpy(), len(figure.axes[2].patches))
    assert [patch.get_height() for patch in figure.axes[2].patches] == heights.tolist()
    assert alt == "Histograms of a, flag, y over the 42 training rows."


def test_pictures_of_strange_columns():
    X = np.column_stack([1 + 2.3e-16 * np.arange(10), 1e300 * np.arange(10), np.zeros(10)])
    data = lasso_helpers.Dataset(
        X[:, [0, 2]], WAVE[:10, None], X[:1, [0, 2]], WAVE[:1, None], ["a", "y"], "y"
    )
    figure, _ = data.report().pictures()
    assert len(figure.axes) == 3
