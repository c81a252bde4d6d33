"""Files and tables as people have them: read as who has not seen the code expects, or refused in words."""

import gzip
import json
import random
import re
from pathlib import Path

import numpy as np
import pandas
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import lasso_helpers
from odd_files import ODD_FILES

FILES = Path(__file__).parent / "files"


def suggested(error):
    """What the message's last line asks for, as the keyword arguments that are not the file's and label's."""
    call = str(error.value).splitlines()[-1]
    assert call.startswith("lasso_helpers."), error.value
    return call


def load(call):
    return eval(call, {"lasso_helpers": lasso_helpers})


def rows_and_sums(data):
    parts = data.exact
    table = torch.vstack([torch.hstack(parts[:2]), torch.hstack(parts[2:4])]).numpy()
    return len(table), dict(zip([*data.feature_names, data.label], table.sum(axis=0)))


def check_loaded(data, expected):
    rows, sums = rows_and_sums(data)
    assert data.feature_names == expected.get("features", data.feature_names)
    assert rows == expected.get("rows", rows)
    for name, total in expected.get("sums", {}).items():
        assert sums[name] == pytest.approx(total, rel=1e-9, abs=1e-9), name


@pytest.mark.parametrize("odd", ODD_FILES, ids=lambda odd: odd.file)
def test_an_odd_file_is_met_as_a_statistician_expects(odd):
    path, expected = FILES / odd.file, odd.expected
    if "says" not in expected:
        check_loaded(lasso_helpers.load_csv(path, odd.label, standardized=False), expected)
        return
    with pytest.raises(ValueError) as error:
        lasso_helpers.load_csv(path, odd.label, standardized=False)
    for part in expected["says"]:
        assert str(part).lower() in str(error.value).lower()
    if expected["then"] is None:
        assert "lasso_helpers.load_csv(" not in str(error.value)
        return
    call = suggested(error)
    for name, value in expected["then"].items():
        assert f'{name}="{value}"' in call if isinstance(value, str) else f"{name}=(" in call
    check_loaded(load(call), expected)


def test_every_odd_file_is_tried():
    assert {odd.file for odd in ODD_FILES} == {path.name for path in FILES.iterdir()}
    assert len(ODD_FILES) > 150


# One message


MIXED = """id,age,plan,bmi,blood,country,bmi_copy,y
1,31,a,20.5,1.5,US,205,5.1
2,45,b,,2.5,US,,7.2
3,28,a,24.0,?,US,240,4.4
4,52,c,31.5,3.0,US,315,9.9
5,39,b,27.0,2.0,US,270,6.1
6,61,a,29.5,4.5,US,295,10.2
7,33,c,22.0,1.0,US,220,4.9
8,48,b,26.5,3.5,US,265,8.0
9,57,a,23.5,4.0,US,235,9.1
10,36,c,28.0,2.2,US,280,5.6
11,44,b,25.5,oops,US,255,7.4
12,50,a,30.0,3.3,US,300,8.8
13,41,b,21.0,2.9,US,210,6.6
14,55,c,29.0,3.8,US,290,9.5
15,29,a,25.0,1.2,US,250,4.6
16,63,b,32.0,4.1,US,320,10.8
17,38,c,26.0,2.6,US,260,6.3
18,47,a,23.0,3.1,US,230,7.7
19,53,b,28.5,2.4,US,285,8.3
20,35,c,24.5,1.8,US,245,5.4
"""


def test_all_that_stands_in_the_way_is_said_at_once_with_the_call_that_loads_it(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    with pytest.raises(ValueError) as error:
        lasso_helpers.load_csv(path, "y")
    message = str(error.value)
    for said in (
        "20 rows, 8 columns",
        "id (1 to 20)",
        "country (US in 20 rows)",
        "plan (3 values: a, b, c)",
        "blood ('oops')",
        "bmi 1, blood 2",
        "bmi_copy (correlation 1.0000 with bmi)",
    ):
        assert said in message
    assert suggested(error) == (
        f'lasso_helpers.load_csv({json.dumps(str(path))}, "y", drop=("id", "country", "bmi_copy"), '
        f'missing="drop rows", categories="dummies")'
    )
    data = load(suggested(error))
    assert data.feature_names == ["age", "plan=b", "plan=c", "bmi", "blood"]
    assert len(data.X_train) + len(data.X_test) == 17


def test_the_call_keeps_what_was_asked_for(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    with pytest.raises(ValueError) as error:
        lasso_helpers.load_csv(
            path, "y", test_fraction=0.25, seed=3, standardized=False, drop=["age"], keep=["bmi_copy"]
        )
    assert 'test_fraction=0.25, seed=3, standardized=False, drop=("age", "id", "country")' in suggested(error)
    data = load(suggested(error))
    assert "bmi_copy" in data.feature_names and "age" not in data.feature_names
    assert 'keep=("bmi_copy",)' in suggested(error)


def test_a_frame_is_met_as_its_file_is(tmp_path):
    path = tmp_path / "mixed.csv"
    path.write_text(MIXED)
    frame = pandas.read_csv(path)
    with pytest.raises(ValueError) as of_frame:
        lasso_helpers.from_frame(frame, "y")
    with pytest.raises(ValueError) as of_file:
        lasso_helpers.load_csv(path, "y")
    assert str(of_frame.value).splitlines()[1:-1] == str(of_file.value).splitlines()[1:-1]
    ours = eval(suggested(of_frame), {"lasso_helpers": lasso_helpers, "frame": frame})
    for one, other in zip(ours.exact[:4], load(suggested(of_file)).exact[:4]):
        assert torch.equal(one, other)


def test_a_frame_of_all_kinds_of_columns():
    rng = np.random.default_rng(0)
    y = rng.standard_normal(30)
    frame = pandas.DataFrame(
        {
            "number": rng.standard_normal(30),
            "whole": pandas.array(rng.integers(0, 9, 30), dtype="Int64"),
            "truth": rng.random(30) > 0.5,
            "kind": pandas.Categorical(rng.choice(["x", "y", "z"], 30)),
            7: rng.standard_normal(30).astype(np.float32),
            "y": y,
        },
        index=rng.permutation(30),
    )
    with pytest.raises(ValueError, match="text: kind"):
        lasso_helpers.from_frame(frame, "y")
    data = lasso_helpers.from_frame(frame, "y", categories="dummies", standardized=False)
    assert [name.split("=")[0] for name in data.feature_names] == [
        "number",
        "whole",
        "truth",
        "kind",
        "kind",
        "7",
    ]
    rows, sums = rows_and_sums(data)
    assert rows == 30 and sums["truth"] == frame["truth"].sum() and sums["y"] == pytest.approx(y.sum())
    frame.loc[3, "whole"] = pandas.NA
    with pytest.raises(ValueError, match="whole 1"):
        lasso_helpers.from_frame(frame, "y", categories="dummies")


# What is decided


def test_a_mean_is_the_training_rows_alone():
    # scikit-learn's SimpleImputer, fitted on the rows that are to train on.
    from sklearn.impute import SimpleImputer

    rng = np.random.default_rng(1)
    table = rng.standard_normal((60, 4)) + 5
    table[rng.random((60, 4)) < 0.15] = np.nan
    y = rng.standard_normal(60)
    frame = pandas.DataFrame(table, columns=list("abcd")).assign(y=y)
    data = lasso_helpers.from_frame(frame, "y", missing="mean", standardized=False)
    is_train = np.isin(y, data.exact.y_train.numpy())
    theirs = SimpleImputer().fit(table[is_train])
    np.testing.assert_allclose(data.exact.X_train.numpy(), theirs.transform(table[is_train]))
    np.testing.assert_allclose(data.exact.X_test.numpy(), theirs.transform(table[~is_train]))


def test_dummies_are_one_column_less_than_values_and_span_what_all_of_them_do():
    frame = pandas.DataFrame({"city": [*"aabbbccccd"] * 5, "y": np.random.default_rng(0).standard_normal(50)})
    data = lasso_helpers.from_frame(frame, "y", categories="dummies", standardized=False)
    assert data.feature_names == ["city=a", "city=b", "city=d"]  # c is the most frequent one
    y = data.exact.y_train.numpy()[:, 0]
    rows = [int(np.flatnonzero(frame["y"] == value)[0]) for value in y]
    ours = np.column_stack([np.ones(len(y)), data.exact.X_train.numpy()])
    theirs = pandas.get_dummies(frame["city"]).to_numpy(dtype=float)[rows]
    fits = [X @ np.linalg.lstsq(X, y, rcond=None)[0] for X in (ours, theirs)]
    np.testing.assert_allclose(*fits)


def test_a_value_that_no_training_row_has_is_left_out_and_said():
    city = np.array(["a", "b"] * 20)
    frame = pandas.DataFrame({"city": city, "x": np.arange(40) ** 2, "y": np.sin(np.arange(40))})
    is_test = np.flatnonzero(
        ~np.isin(frame["y"], lasso_helpers.from_frame(frame, "y", drop=["city"]).exact.y_train)
    )
    frame.loc[is_test[0], "city"] = "only here"
    data = lasso_helpers.from_frame(frame, "y", categories="dummies")
    assert "city=only here" not in data.feature_names
    assert "it counts as the reference: city=only here" in repr(data.report())


def test_rows_without_a_label_are_never_filled():
    frame = pandas.DataFrame(
        {"x": [*np.sin(np.arange(20)), np.nan], "z": np.arange(21) ** 2, "y": [*range(20), np.nan]}
    )
    frame["y"] = np.cos(frame["y"])
    for missing in ("drop rows", "mean"):
        data = lasso_helpers.from_frame(frame, "y", missing=missing)
        assert len(data.X_train) + len(data.X_test) == 20


@pytest.mark.parametrize("unit, offset", [(1e-6, 0), (1e9, 0), (1, 1e9), (1e3, -1e6)])
def test_the_choice_does_not_depend_on_the_labels_unit_or_offset(prostate, unit, offset):
    names = prostate.feature_names
    frame = pandas.DataFrame(prostate.exact.X_train.numpy(), columns=names)
    y = prostate.exact.y_train.numpy()[:, 0]
    choices = []
    for label in (y, unit * y + offset):
        data = lasso_helpers.from_frame(frame.assign(y=label), "y")
        X, labels = data.exact[:2]
        chosen = lasso_helpers.cross_validate(X, labels).lambda_1se
        weights = lasso_helpers.lasso_path(X, labels, [chosen]).weights[0]
        choices.append((chosen / lasso_helpers.lambda_max(X, labels), weights / labels.std().item()))
    assert choices[1][0] == pytest.approx(choices[0][0], rel=1e-6)
    np.testing.assert_allclose(choices[1][1], choices[0][1], atol=1e-6)
    assert ((choices[1][1] == 0) == (choices[0][1] == 0)).all()


# Arguments


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"label": "z"}, r"label must be one of the columns \['a', 'b', 'y'\], got 'z'"),
        ({"test_fraction": 1}, "test_fraction must be between 0 and 1, got 1"),
        ({"test_fraction": "half"}, "test_fraction must be a finite number"),
        ({"seed": -1}, "seed must be a whole number ≥ 0, got -1"),
        ({"drop": ["c"]}, r"drop must hold names of columns other than the label, got \['c'\]"),
        ({"drop": ["y"]}, r"drop must hold names of columns other than the label, got \['y'\]"),
        ({"drop": "a"}, "drop must be a list of columns' names, got 'a'"),
        ({"drop": None}, "drop must be a list of columns' names, got None"),
        ({"drop": ["a"], "keep": ["a"]}, r"drop and keep must have no name in common, got \['a'\]"),
        ({"label": "Y"}, r"got 'Y': is it 'y'\?"),
        ({"label": ["y"]}, r"label must be one of the columns .* got \['y'\]"),
        ({"keep": ["c"]}, r"keep must hold names of columns, got \['c'\]"),
        ({"missing": "median"}, "missing must be 'drop rows' or 'mean', or None, got 'median'"),
        ({"categories": "onehot"}, "categories must be 'dummies', or None, got 'onehot'"),
    ],
)
def test_an_argument_that_cannot_be_is_named(tmp_path, arguments, message):
    path = tmp_path / "own.csv"
    path.write_text("a,b,y\n" + "\n".join(f"{i % 7},{i * i},{i % 5}" for i in range(12)))
    with pytest.raises(ValueError, match=message):
        lasso_helpers.load_csv(path, **({"label": "y"} | arguments))


def test_a_file_that_is_not_there_is_looked_for_beside(tmp_path):
    (tmp_path / "Hitters.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match=r"found none at .*Hiters\.csv'.*: is it 'Hitters\.csv'"):
        lasso_helpers.load_csv(tmp_path / "Hiters.csv", "b")


def test_a_frame_is_a_frame():
    with pytest.raises(ValueError, match="frame must be a pandas DataFrame, got ndarray"):
        lasso_helpers.from_frame(np.eye(3), "y")
    twice = pandas.DataFrame(np.eye(3), columns=["a", "a", "y"])
    with pytest.raises(ValueError, match="frame must have columns with names of their own"):
        lasso_helpers.from_frame(twice, "y")


# What was wrong once


def asked(columns, **more):
    """The message on a table of these columns and a label y, "" where it loads."""
    rows = len(next(iter(columns.values())))
    frame = pandas.DataFrame(columns | {"y": np.random.default_rng(1).standard_normal(rows).round(2)} | more)
    try:
        lasso_helpers.from_frame(frame, "y")
    except ValueError as error:
        return str(error)
    return ""


def numbers_of(tmp_path, cells):
    """The first column of a file of these cells, as it was loaded."""
    path = tmp_path / "own.csv"
    path.write_text("a;y\n" + "".join(f"{cell};{(7 * k) % 11}\n" for k, cell in enumerate(cells)))
    data = lasso_helpers.load_csv(path, "y", standardized=False)
    return sorted(torch.vstack([data.exact.X_train, data.exact.X_test])[:, 0].tolist()), repr(data.report())


def test_decimals_are_no_thousands_unless_all_have_three(tmp_path):
    percent = [9.96, 84.84, 93.4, 33.77, 5.16, 90.57, 100, 100, 12.5, 4.75]  # as in R's swiss
    assert numbers_of(tmp_path, percent)[0] == sorted(percent)
    thousands = ["1.234", "2.310", "850", "975", "1.480", "640", "3.125", "700"]
    loaded, report = numbers_of(tmp_path, thousands)
    assert loaded == [640, 700, 850, 975, 1234, 1480, 2310, 3125] and "1.234 read as 1234" in report
    loaded, report = numbers_of(tmp_path, ["1.234", "2.310", "1.480", "3.125", "4.001", "2.718"])
    assert loaded[0] == 1.234 and "does its mark part decimals or thousands?" in report
    frame = pandas.DataFrame({"a": [1.234, 2.31, 850, 975, 1.48, 640], "y": [1.0, 3, 2, 5, 4, 4]})
    assert lasso_helpers.from_frame(frame, "y", standardized=False).exact.X_train.min() < 5


def test_a_row_of_totals_is_named_and_left_out():
    rng = np.random.default_rng(0)
    table = pandas.DataFrame(rng.integers(10, 90, (30, 3)), columns=["a", "b", "y"])
    totals = pandas.concat([table, table.sum().to_frame().T], ignore_index=True)
    with pytest.raises(ValueError, match="a row of totals: the last"):
        lasso_helpers.from_frame(totals, "y")
    for missing in ("drop rows", "mean"):
        data = lasso_helpers.from_frame(totals, "y", missing=missing)
        assert len(data.X_train) + len(data.X_test) == 30
        assert "the last row left out, as it adds up the others" in repr(data.report())


@pytest.mark.parametrize(
    "values, asks",
    [
        ([1, 2, 3, 4, 5, 88, 99, 2, 3, 4, 1, 2], "a (1 times 88), a (1 times 99)"),
        ([31, 45, 62, 999, 54, 38, 41, 77, 60, 52, 49, 33], "a (1 times 999)"),
        ([0, 3, 2, -9, 4, 1, 0, 2, -9, 1, 3, 2], "a (2 times -9)"),
        ([-1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0, 1], ""),
        ([61, 77, 88, 99, 72, 85, 93, 70, 66, 81, 90, 75], ""),
        ([0.5, 1.5, -9, 2.5, 3.5, 0.2, 1.1, 2.2, 3.3, 1.8, 0.7, 2.9], ""),
        ([500, 999, 1200, 800, 999, 640, 700, 910, 860, 720, 650, 999], ""),
    ],
)
def test_codes_for_not_known_stand_apart(values, asks):
    message = asked({"a": values})
    assert (asks in message and "a code for missing" in message) if asks else message == ""


def test_a_code_is_reported_or_kept(tmp_path):
    frame = pandas.DataFrame(
        {"a": [*"121231231", "x?"] * 3, "b": [*range(5, 34), -999], "y": np.sin(np.arange(30))}
    )
    frame["b"] = frame["b"].where(frame.index % 7 > 0, 40)
    report = repr(lasso_helpers.from_frame(frame, "y", missing="drop rows").report())
    assert "a: taken as missing: x? (3)" in report and "b: taken as missing: -999 (1)" in report
    data = lasso_helpers.from_frame(frame, "y", missing="mean", keep=["b"], standardized=False)
    assert rows_and_sums(data)[1]["b"] < 0
    label = frame.assign(y=frame["b"], b=np.cos(np.arange(30)))
    kept = lasso_helpers.from_frame(label, "y", missing="mean", keep=["y"])
    assert kept.exact.y_train.min() == -999 or kept.exact.y_test.min() == -999


@pytest.mark.parametrize(
    "cells, topic",
    [
        (["5. April 2021", "6. Mai 2021", "7. Mai 2021"] * 4, "a date or time"),
        (["12-Mar-21", "13-Mar-21", "1-Apr-21"] * 4, "a date or time"),
        (["1 Mar", "2 Mar", "3 Mar", "2 Mar"] * 3, "text: a (3 values: 1 Mar, 2 Mar, 3 Mar)"),
        (["07:30", "08:15", "09:00", "08:15"] * 3, "a date or time"),
        ([20210101, 20210115, 20210301, 20211231] * 3, "a date or time"),
        (["113A", "114A", "115B", "116A"] * 3, "text: a (4 values"),
        (["030 584 167", "030 584 168", "031 584 167"] * 4, "text: a (3 values"),
        (
            ["<0.5", "0.6", "1.5", "0.8", "<0.5", "2.2", "3.1", "<0.5", "1.9", "2.4", "0.7", "<0.5"],
            "8 of 12 are numbers",
        ),
        (["M", "m", "F", "f"] * 3, "text: a (4 values: F, M, f, m)"),
        ([None] * 12, "constant: a (nothing in it)"),
    ],
)
def test_what_is_no_number_is_named_for_what_it_is(cells, topic):
    assert topic in asked({"a": cells, "b": np.sin(np.arange(12))})


@pytest.mark.parametrize(
    "name", ["id", "PatientID", "patient_id", "Patientennr.", "pidnum", "Case No", "key"]
)
def test_an_id_is_known_by_its_name(name):
    values = np.random.default_rng(0).permutation(np.arange(10, 40) ** 2)
    assert f"an id, different in every row: {name} (" in asked({name: values})
    assert asked({"humid": values}) == ""


def test_something_has_to_stay():
    message = asked({"week": np.arange(1, 31), "day": [f"2020-01-{k:02}" for k in range(1, 31)]})
    assert message.splitlines()[-1] == 'lasso_helpers.from_frame(frame, "y", drop=("day",), keep=("week",))'
    assert "keep=(…) in place of drop=(…)" in message


@pytest.mark.parametrize("text", ["a,y,,\n{}", ",a,,y,\n{}"])
def test_columns_of_nothing_are_left_out(tmp_path, text):
    path = tmp_path / "own.csv"
    start, end = ("", ",,") if text.startswith("a") else (",", ",")
    middle = "," if text.startswith("a") else ",,"
    rows = "".join(f"{start}{k * k}{middle}{(7 * k) % 11}{end}\n" for k in range(12))
    path.write_text(text.format(rows))
    assert lasso_helpers.load_csv(path, "y").feature_names == ["a"]


@pytest.mark.parametrize(
    "start, words",
    [(b"BZh9", "bz2"), (b"$FL2", "read_spss"), (b"<stata_dta>", "read_stata"), (b"PAR1", "read_parquet")],
)
def test_other_formats_are_named(tmp_path, start, words):
    path = tmp_path / "own.csv"
    path.write_bytes(start + bytes(range(200)))
    with pytest.raises(ValueError, match=words):
        lasso_helpers.load_csv(path, "y")


# The report


def test_the_report_says_what_was_read_decided_and_split(tmp_path):
    path = tmp_path / "mixed.csv.gz"
    path.write_bytes(gzip.compress(("# a trial\n" + MIXED.replace("bmi_copy", "<b>")).encode("utf-16")))
    data = lasso_helpers.load_csv(
        path, "y", drop=["id", "country", "<b>"], missing="drop rows", categories="dummies"
    )
    text = repr(data.report())
    for said in (
        "mixed.csv.gz: 20 rows, 8 columns",
        "commas between the columns",
        "letters in utf-16",
        "left out: lines of comments (1)",
        "columns dropped: id, country, <b>",
        "plan: columns of 0 and 1 for b, c; a has 0 in all",
        "3 of 20 rows left out, as a value is missing in them",
        "12 rows to train on, 5 to test on",
        "5 features, z-scored with the training rows' mean and standard deviation",
    ):
        assert said in text
    page = data.report()._repr_html_()
    assert "&lt;b&gt;" in page and "<b>," not in page and page.count("<table") == 1
    ages = raw_column(data, "age")
    assert re.findall(r"^age +(.+)$", text, flags=re.M)[0].split()[:4] == [
        *(f"{age:.4g}" for age in ages[:3]),
        f"{ages.mean():.4g}",
    ]


def raw_column(data, name):
    """A training column in raw units, by way of the rows' labels, which MIXED has only once each."""
    frame = pandas.read_csv(pandas.io.common.StringIO(MIXED)).set_index("y")
    return frame.loc[data.exact.y_train.numpy()[:, 0], name]


def test_the_reports_table_is_in_raw_units_and_has_no_rounding_noise():
    rng = np.random.default_rng(0)
    frame = pandas.DataFrame(
        {"x": 1e6 + rng.standard_normal(40), "flag": rng.integers(0, 2, 40), "y": rng.random(40)}
    )
    text = repr(lasso_helpers.from_frame(frame, "y").report())
    assert re.search(r"^flag( +[01]){3} +\S+ +\S+ +0 +1$", text, flags=re.M) and "e-1" not in text
    assert re.search(r"^x( +1000000| +99999\d| +100000\d){3} +1000000 ", text, flags=re.M)


def test_a_second_look_is_asked_for_where_one_is_due():
    rng = np.random.default_rng(0)
    x = rng.standard_normal(100)
    frame = pandas.DataFrame(
        {
            "x": x,
            "nearly x": x + 0.3 * rng.standard_normal(100),
            "far": np.where(np.arange(100) == 50, 400.0, rng.standard_normal(100)),
            "rare": (np.arange(100) % 33 == 0).astype(int),
            "y": rng.integers(0, 2, 100),
        }
    )
    text = repr(lasso_helpers.from_frame(frame, "y", test_fraction=0.01).report())
    assert "y is 0 or 1" in text
    assert "1 pair of columns correlates above 0.9 in absolute value, x and nearly x" in text
    assert "far from all others: far (400)" in text
    assert re.search(r"in fewer than 10 training rows.*: rare \([34]\)", text)
    assert "A second look" not in repr(lasso_helpers.load_prostate().report())


def test_what_lies_far_from_all_others_is_named_wherever_it_is():
    rng = np.random.default_rng(0)
    frame = pandas.DataFrame(rng.standard_normal((30, 2)), columns=["a", "y"])
    for name in ("a", "y"):
        for row in range(30):  # among them those to test on
            one = frame.copy()
            one.loc[row, name] = 400.0
            assert f"far from all others: {name} (400)" in repr(lasso_helpers.from_frame(one, "y").report())
    assert "far from" not in repr(lasso_helpers.from_frame(frame, "y").report())


def test_the_shipped_data_report_their_raw_units(prostate):
    text = repr(prostate.report())
    assert "prostate.csv: 97 rows" in text and "the file's own column `train`" in text
    raw = lasso_helpers.load_prostate(standardized=False)
    assert repr(raw.report()).split("\nColumns, ")[1] == text.split("\nColumns, ")[1]
    assert "test rows are 0.3 of all, drawn with seed 0" in repr(lasso_helpers.load_diabetes().report())


def test_pictures_of_the_columns_are_shown_with_their_names(displayed):
    names = [f"${name}$" for name in "abcdefghijklmn"]
    frame = pandas.DataFrame(np.random.default_rng(0).standard_normal((30, 15)), columns=[*names, "y"])
    figure, alt = lasso_helpers.from_frame(frame, "y").report().pictures()
    assert len(figure.axes) == 12 and "without 3 other features" in alt
    lasso_helpers.show(figure, alt)
    heights = [patch.get_height() for patch in figure.axes[0].patches]
    assert sum(heights) == 21  # a column's training rows


# Any bytes


PIECES = [
    "1",
    "2.5",
    "-3",
    "1,5",
    "1.234",
    "NA",
    "",
    "x",
    "y",
    "é",
    '"',
    '"a,b"',
    "#",
    " ",
    "0",
    "1e400",
    "inf",
    "$5",
]
PIECES += [
    "12%",
    "true",
    "2020-01-01",
    "999999999999999999999",
    "'",
    "\\",
    "\u2212",
    "(3)",
    "-999",
    "=1",
    "1_0",
    "a",
]


def survives(content, tmp_path, label):
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        data = lasso_helpers.load_csv(path, label)
    except ValueError as error:
        assert str(error).strip()
        last = str(error).splitlines()[-1]
        data = load(last) if last.startswith("lasso_helpers.load_csv(") else None
    if data is not None:
        assert all(bool(part.isfinite().all()) for part in data.exact[:4])
        assert repr(data.report())


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_dataset_or_a_valueerror(content, tmp_path_factory):
    survives(content, tmp_path_factory.mktemp("fuzz"), "y")


@settings(max_examples=200, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    columns=st.integers(1, 6),
    rows=st.integers(0, 25),
    separator=st.sampled_from([",", ";", "\t", " ", "|"]),
    ragged=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_any_table_gives_a_dataset_or_a_valueerror(
    seed, columns, rows, separator, ragged, encoding, tmp_path_factory
):
    draw = random.Random(seed)
    kinds = [draw.sample(PIECES, draw.randint(1, 4)) for _ in range(columns)]
    numeric = [draw.random() < 0.5 for _ in range(columns)]
    lines = [["y", *(draw.choice(["a", "b", "c d", "", "id", "$x$"]) for _ in range(columns - 1))]]
    for _ in range(rows):
        cells = [
            f"{draw.gauss(0, 10):.3f}" if plain and draw.random() < 0.95 else draw.choice(kind)
            for kind, plain in zip(kinds, numeric)
        ]
        lines.append(cells[: draw.randint(1, columns)] if ragged and draw.random() < 0.1 else cells)
    text = "\n".join(separator.join(line) for line in lines)
    survives(text.encode(encoding, errors="replace"), tmp_path_factory.mktemp("fuzz"), "y")
