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


def test_load_csv_splits_every_row_once(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("a,b\n" + "".join(f"{2 * i},{i % 4}\n" for i in range(10)))
    data = lasso_helpers.load_csv(path, "b", test_fraction=0.3, standardized=False)
    assert len(data.X_test) == 3
    assert sorted(torch.cat([data.X_train, data.X_test])[:, 0].tolist()) == list(range(0, 20, 2))


def test_a_dataset_made_of_parts_reports_them(prostate):
    made = lasso_helpers.Dataset(*prostate)
    text = repr(made.report())
    assert "67 rows to train on, 30 to test on" in text and "8 features\n" in text
    assert "given as tensors or arrays" in text and "Decided" not in text
