import numpy as np
import pytest
import torch

import lasso_helpers


def test_prostate_is_the_books(prostate):
    assert prostate.X_train.shape == (67, 8) and prostate.X_test.shape == (30, 8)
    assert prostate.y_train.shape == (67, 1) and prostate.y_test.shape == (30, 1)
    assert prostate.feature_names == ["lcavol", "lweight", "age", "lbph", "svi", "lcp", "gleason", "pgg45"]
    assert prostate.label == "lpsa" and prostate.X_train.dtype == torch.float32


def test_prostate_row_32_is_corrected():
    raw = lasso_helpers.load_prostate(standardized=False)
    assert torch.cat([raw.X_train, raw.X_test])[:, 1].max() < 5


def test_diabetes_is_whole_and_split_by_seed_0():
    data = lasso_helpers.load_diabetes(standardized=False)
    assert data.X_train.shape == (309, 10) and data.X_test.shape == (133, 10)
    y = torch.cat([data.y_train, data.y_test])
    assert y.min() == 25 and y.max() == 346
    assert torch.equal(data.X_train, lasso_helpers.load_diabetes(standardized=False).X_train)


def test_zscore_uses_the_training_statistics():
    raw = lasso_helpers.load_prostate(standardized=False)
    X_train, X_test = lasso_helpers.zscore(raw.X_train.double(), raw.X_test.double())
    assert torch.allclose(X_train.mean(0), torch.zeros(8, dtype=torch.float64), atol=1e-12)
    assert torch.allclose(X_train.std(0), torch.ones(8, dtype=torch.float64))
    assert X_test.mean(0).abs().max() > 0.1


def test_zscore_is_scikit_learns_up_to_ddof():
    from sklearn.preprocessing import StandardScaler

    raw = lasso_helpers.load_prostate(standardized=False)
    theirs = StandardScaler().fit(raw.X_train.double().numpy()).transform(raw.X_test.double().numpy())
    ours = lasso_helpers.zscore(raw.X_train.double(), raw.X_test.double())[1].numpy()
    np.testing.assert_allclose(ours, theirs * np.sqrt(66 / 67), rtol=1e-9)


@pytest.mark.parametrize(
    "X_train, X_test, message",
    [
        (np.zeros(3), np.zeros((1, 3)), r"X_train must be 2-D .* got shape \(3,\)"),
        (np.eye(3), np.ones((2, 2)), "X_test must have X_train's 3 columns, got 2"),
        (
            np.array([[1.0, 2], [1, 3]]),
            np.ones((1, 2)),
            "X_train must have no constant column, got one at index 0",
        ),
        (
            np.array([[1.0, np.nan], [2, 3]]),
            np.ones((1, 2)),
            "X_train must hold finite numbers, got NaN or infinity",
        ),
        (np.ones((1, 2)), np.ones((1, 2)), "X_train must have 2 rows or more"),
        ("text", np.ones((1, 2)), "X_train must be a tensor, array or table of numbers, got str"),
    ],
)
def test_zscore_says_what_is_wrong(X_train, X_test, message):
    with pytest.raises(ValueError, match=message):
        lasso_helpers.zscore(X_train, X_test)


@pytest.mark.parametrize(
    "text, label, message",
    [
        (
            "a;b\n1;2\n",
            "b",
            "path must name a file with commas .* got a first cell 'a;b': save it with commas",
        ),
        ("a;b\n1,5;2\n", "b", "path must name a file with commas .* got a first cell 'a;b'"),
        ("a;b,c\n1,5;2\n", "b", "path must name a file with commas .* got a first cell 'a;b'"),
        ("a\tb\n1\t2\n", "b", "path must name a file with commas .* not semicolons or tabs"),
        (
            "a,b\n1,2\n3,\n",
            "b",
            "row 2, column 'b' must be a finite number, got '', a missing value: fill it",
        ),
        ("a,b\n1,2\nNA,3\n", "b", "row 2, column 'a' must be .* got 'NA', a missing value"),
        ("a,b\n1,2\nnan,3\n", "b", "row 2, column 'a' must be .* got 'nan', a missing value"),
        ('a,b\n"1,5",2\n3,4\n', "b", "row 1, column 'a' must be .* got '1,5', with a decimal comma: write a"),
        ("a,b\n1,5,2\n3,4\n", "b", r"row 1 must have 2 cells like the header, got 3: \['1', '5', '2'\]"),
        ("a,b\nx,2\ny,4\n", "b", "row 1, column 'a' must be .* got 'x', in a column of text: leave it out"),
        ("a,b\n1,2\n3,x\n", "b", "row 2, column 'b' must be a finite number, got 'x'$"),
        ("a,b\n1,inf\n3,4\n", "b", "row 1, column 'b' must be a finite number, got 'inf'"),
        ("a,a\n1,2\n3,4\n", "a", "every column must have a name of its own"),
        (
            "a,b\n1,2\n1,3\n1,4\n1,5\n",
            "b",
            "column 'a' must not be constant, got 1 in all 3 training rows: leave",
        ),
        ("a,b\n1,2\n2,2\n3,2\n4,2\n", "b", "column 'b' must not be constant, got 2 in all 3 training rows"),
        ("a,b\n1,2,3\n", "b", "row 1 must have 2 cells like the header, got 3"),
        ("a,b\n1,2\n3,4\n5,6\n", "c", r"label must be one of the columns \['a', 'b'\], got 'c'"),
        ("a,b\n1,2\n", "b", "leaves 2 rows or more to train on .* got 1 rows"),
        ("", "b", "path must name a file with commas"),
    ],
)
def test_load_csv_says_what_is_wrong(tmp_path, text, label, message):
    path = tmp_path / "own.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        lasso_helpers.load_csv(path, label)


def test_load_csv_reads_what_a_spreadsheet_saves(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("\ufeffa, b\n1, 2\n3, 5\n4, 4\n,\n5, 1e1\n\n", encoding="utf-8")
    data = lasso_helpers.load_csv(path, "b", standardized=False)
    assert data.feature_names == ["a"] and len(data.X_train) + len(data.X_test) == 4


def test_load_csv_wants_utf_8(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("größe,b\n1,2\n".encode("latin-1"))
    with pytest.raises(ValueError, match="path must name a text file in UTF-8"):
        lasso_helpers.load_csv(path, "b")


def test_a_constant_column_may_stay_where_nothing_is_scaled(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a,b\n1,2\n1,3\n1,4\n1,5\n")
    assert len(lasso_helpers.load_csv(path, "b", standardized=False).X_train) == 3


def test_load_csv_splits_every_row_once(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a,b\n" + "".join(f"{i},{i * i}\n" for i in range(10)))
    data = lasso_helpers.load_csv(path, "b", test_fraction=0.3, standardized=False)
    assert len(data.X_test) == 3
    assert sorted(torch.cat([data.X_train, data.X_test])[:, 0].tolist()) == list(range(10))


@pytest.mark.parametrize("fraction", [0, 1, -0.1, float("nan")])
def test_load_csv_wants_a_fraction(tmp_path, fraction):
    path = tmp_path / "own.csv"
    path.write_text("a,b\n1,2\n3,4\n5,7\n")
    with pytest.raises(ValueError, match="test_fraction must be between 0 and 1"):
        lasso_helpers.load_csv(path, "b", test_fraction=fraction)
