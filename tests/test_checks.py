"""The self-checks: right answers pass, every catalogued mistake is named, the rest is described."""

import collections
import itertools
import random
import re

import numpy as np
import pytest
import torch

from lasso_helpers import check, rmse
from lasso_helpers.checks import EXERCISES
from lasso_helpers.checks.exercises import SIZES, Convention, draws, result_of, slips, ways
from lasso_helpers.checks.results import tolerance
from right_answers import RIGHT, RIGHT_VALUES

FUNCTIONS = [name for name, task in EXERCISES.items() if not task.is_value]
VALUES = [name for name, task in EXERCISES.items() if task.is_value]
SLIPS = [(name, words, switches) for name, task in EXERCISES.items() for words, switches in slips(task)]
CONVENTIONS = [slip for slip in SLIPS if isinstance(slip[1], Convention)]
MISTAKES = [slip for slip in SLIPS if not isinstance(slip[1], Convention)]


def results(name, switches):
    """What an exercise's reference gives in each draw."""
    task = EXERCISES[name]
    return [result_of(task, case, **switches) for case in draws(task)]


def with_switches(task, switches):
    """A student's function, or value, that does what the reference does with some switches set."""

    def doubled(args):
        return [arg.double() if isinstance(arg, torch.Tensor) else arg for arg in args]

    def answer(*args):
        return task.reference(*doubled(args), **switches)

    def changes_the_model(model, *args):
        with torch.no_grad():
            for parameter, part in zip((model.weight, model.bias), answer(model, *args)):
                parameter.copy_(part)
        return model

    if task.is_value:
        return answer(*draws(task)[0].values())
    return changes_the_model if "model" in task.changes else answer


@pytest.mark.parametrize(
    "name, words, switches", MISTAKES, ids=[f"{name}: {words[:30]}" for name, words, _ in MISTAKES]
)
def test_a_catalogued_mistake_is_named(name, words, switches):
    verdict = check(name, with_switches(EXERCISES[name], switches))
    assert not verdict.passed and verdict.diagnosis.startswith(f"{name}: ")
    assert verdict.diagnosis.endswith(words) and "two mistakes" not in verdict.diagnosis


@pytest.mark.parametrize("name", EXERCISES)
def test_two_catalogued_mistakes_at_once_are_named_as_two(name):
    # Or as one, where two give what one gives: no pair is described as unknown, and none passes as right.
    task, right = EXERCISES[name], results(name, {})
    pairs = [pair for pair in ways(task) if len(pair[0]) == 2 and not isinstance(pair[0][0], Convention)]
    for _, switches in pairs[:: max(len(pairs) // 8, 1)]:
        if all(differ(a, b) for a, b in zip(results(name, switches), right)):
            diagnosis = check(name, with_switches(task, switches)).diagnosis
            assert "by none of the mistakes" not in diagnosis
            if "two mistakes at once" in diagnosis:
                first, second = re.findall(r"\n    [12]\. (.*)", diagnosis)
                known = {said for said, _ in slips(task)}
                assert {first, second} <= known and first != second


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_and_its_conventions_pass(name):
    task = EXERCISES[name]
    assert check(name, with_switches(task, {})).passed
    for remark, switches in [slip[1:] for slip in CONVENTIONS if slip[0] == name]:
        verdict = check(name, with_switches(task, switches))
        assert verdict.passed and remark in verdict.diagnosis


@pytest.mark.parametrize("name", FUNCTIONS)
def test_right_answers_in_other_words_pass(name):
    assert len(RIGHT[name]) >= 5
    for answer in RIGHT[name]:
        verdict = check(name, answer)
        assert verdict.passed and verdict.diagnosis == f"{name}: right, in {len(SIZES)} of {len(SIZES)} draws"


def differ(one, other):
    """Whether two results differ clearly, by far more than any rounding."""
    return len(one) != len(other) or any(
        a.size != b.size or np.abs(a.ravel() - b.ravel()).max() > 10 * min(tolerance(a), tolerance(b))
        for a, b in zip(one, other)
    )


@pytest.mark.parametrize("name", EXERCISES)
def test_the_draws_tell_every_pair_of_mistakes_apart(name):
    of_each = [results(name, {}), *(results(name, switches) for of, _, switches in SLIPS if of == name)]
    words = [words for of, words, _ in SLIPS if of == name]
    assert len(set(words)) == len(words)
    for one, other in itertools.combinations(of_each, 2):
        assert any(differ(*parts) for parts in zip(one, other))


def test_there_are_enough_mistakes_and_draws():
    mistakes = collections.Counter(name for name, *_ in MISTAKES)
    assert len(SIZES) >= 3 and all(mistakes[name] >= 5 for name in EXERCISES)


@pytest.mark.parametrize("name", EXERCISES)
def test_an_answer_of_dots_is_not_attempted(name):
    assert repr(check(name, ...)) == f"{name}: not attempted yet"
    if not EXERCISES[name].is_value:
        assert repr(check(name, lambda *args: ...)) == f"{name}: not attempted yet"


def centres_in_place(X, y, lambda_coef):
    X -= X.mean(0)
    return RIGHT["ridge"][0](X, y, lambda_coef)


def uses_a_name_nobody_defined(predictions, labels):
    return undefined  # noqa: F821


def prints(predictions, labels):
    print(((predictions - labels) ** 2).mean().sqrt())


@pytest.mark.parametrize(
    "name, answer, diagnosis",
    [
        ("rmse", prints, "it prints its answer and gives nothing back: end it with `return`"),
        ("rmse", lambda p, t: None, "it gives nothing back (None): end it with `return` and one number"),
        ("rmse", uses_a_name_nobody_defined,
         "it stopped with NameError: name 'undefined' is not defined (a name"),
        ("rmse", lambda p: p, "it stopped with TypeError"),
        ("rmse", lambda p, t: p @ t, "it stopped with RuntimeError"),
        ("rmse", lambda p, t: "good", "it must give back one number, as numbers, got str"),
        ("rmse", lambda p, t: float("nan"), "there is NaN (not a number) in it"),
        ("rmse", 0.7, 'hand over the function itself, `check("rmse", rmse)`, not what it returns'),
        ("rmse", lambda p, t: (p - t) ** 2,
         "it must give back one number: in a first case shape (), got (4, 1)"),
        ("rmse", lambda p, t: 3 * rmse(p, t), "every number is 3 times what it should be"),
        ("ridge_gradient", lambda w, b, X, y, lam: RIGHT["ridge_gradient"][0](w, b, X, y, lam)[:, 0],
         "the numbers are right, but shape (2,) came where (2, 1) is needed"),
        ("ridge", lambda X, y, lam: RIGHT["ridge"][0](X, y, lam)[0],
         "it must give back (w, b), w (n, 1) and b (1,): 2 of them, got 1"),
        ("ridge", lambda X, y, lam: (RIGHT["ridge"][0](X, y, lam)[0], y[0]),
         "w is right, b is wrong: "),
        ("ridge", centres_in_place, "it changes its argument X in place"),
        ("two_steps", lambda model, X, y, lr: model, "it leaves model as it was"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_another_way_is_described(name, answer, diagnosis):
    verdict = check(name, answer)
    assert not verdict.passed and diagnosis in verdict.diagnosis and repr(verdict).startswith("❌ not yet · ")


def test_a_mistake_nobody_thought_of_gets_its_size_and_a_first_case_by_hand():
    verdict = check("best_weight", lambda a, lambda_coef: 0.8 * a + 0.1)
    assert verdict.diagnosis == (
        "best_weight: not right, and by none of the mistakes we know; largest difference 0.8. "
        "A case to try by hand:\n    a = 1.0\n    lambda_coef = 0.5\n    expected 0.75\n    got      0.9"
    )


def test_the_random_state_and_the_arguments_are_left_alone():
    torch.manual_seed(5), np.random.seed(5), random.seed(5)
    before = torch.get_rng_state(), np.random.get_state()[1].copy(), random.getstate()

    def draws_itself(predictions, labels):
        torch.manual_seed(0), np.random.seed(0), random.seed(0)
        return torch.rand(1) + np.random.rand() + random.random()

    check("rmse", draws_itself), check("two_steps", RIGHT["two_steps"][0])
    assert torch.equal(torch.get_rng_state(), before[0])
    assert (np.random.get_state()[1] == before[1]).all() and random.getstate() == before[2]


def test_what_an_answer_prints_is_passed_on_once(capsys):
    def speaks(predictions, labels):
        print("labels", tuple(labels.shape))
        return rmse(predictions, labels)

    assert check("rmse", speaks).passed and capsys.readouterr().out == "labels (4, 1)\n"


@pytest.mark.parametrize("name", VALUES)
def test_right_values_in_other_forms_pass(name, diabetes):
    for answer in RIGHT_VALUES[name](diabetes):
        assert repr(check(name, answer)) == f"✅ {name}: right"


def test_an_unknown_exercise_is_named():
    with pytest.raises(ValueError, match=r"exercise must be one of best_bias, .* got 'ridg'"):
        check("ridg", rmse)


# Wrong answers as a student writes them, one mistake or two, and words that the reply must hold.

X_mean, m, mean = torch.zeros(3), 67, 0.5  # a notebook's own names


def centred(X, y):
    return X - X.mean(0), y - y.mean(0)


def eye(X):
    return torch.eye(X.shape[1])


def ridge_uncentred_with_b_of_means(X, y, lam):
    w = torch.linalg.solve(X.T @ X / len(X) + lam * eye(X), X.T @ y / len(X))
    return w, y.mean(0)


def ridge_sums_with_b_of_means(X, y, lam):
    A, t = centred(X, y)
    return torch.linalg.solve(A.T @ A + lam * eye(X), A.T @ t), y.mean(0)


def ridge_half_lambda_and_no_bias(X, y, lam):
    A, t = centred(X, y)
    return torch.linalg.solve(A.T @ A / len(X) + lam / 2 * eye(X), A.T @ t / len(X)), torch.zeros(1)


def ridge_with_the_notebooks_mean(X, y, lam):
    A = X - X_mean[: X.shape[1]]
    return torch.linalg.solve(A.T @ A / len(X) + lam * eye(X), A.T @ y / len(X)), y.mean(0)


def ridge_by_numpys_mean(X, y, lam):
    return X - np.mean(X, axis=0), y


def ridge_with_the_notebooks_m(X, y, lam):
    A, t = centred(X, y)
    w = torch.linalg.solve(A.T @ A / m + lam * eye(X), A.T @ t / m)
    return w, y.mean(0) - X.mean(0) @ w


def weight_for_positive_a(a, lam):
    if a > 0:
        return max(a - lam / 2, 0)


def weight_pulled_down_by_lambda(a, lam):
    return a - lam


def gradient_without_twos(w, b, X, y, lam):
    return X.T @ (X @ w + b - y) / len(X) + lam * w


def gradient_downhill_of_sums(w, b, X, y, lam):
    return -(2 * X.T @ (X @ w + b - y) + 2 * lam * w)


def gradient_without_bias_and_penalty(w, b, X, y, lam):
    return 2 / len(X) * X.T @ (X @ w - y)


def loss_of_sums_with_bias_penalised(w, b, X, y, lam):
    return ((X @ w + b - y) ** 2).sum() + lam * ((w**2).sum() + (b**2).sum())


def lasso_without_m_and_bias(w, b, X, y, lam):
    return ((X @ w - y) ** 2).sum() + lam * w.abs().sum()


def lasso_with_halves(w, b, X, y, lam):
    return ((X @ w + b - y) ** 2).mean() / 2 + lam / 2 * w.abs().sum()


def step_of_ista(w, b, X, y, lam, lr, threshold=1.0, two=2.0, moves=1.0, rows=None):
    r = X @ w + b - y
    v = w - lr * two / (rows or len(X)) * X.T @ r
    return v.sign() * (v.abs() - threshold).clamp(min=0), b - moves * lr * two / (rows or len(X)) * r.sum(0)


def kkt(w, b, X, y, lam, two=2.0, rows=None, take=torch.max):
    g = two / (rows or len(X)) * X.T @ (X @ w + b - y)
    return take(torch.where(w != 0, (g + lam * w.sign()).abs(), (g.abs() - lam).clamp(min=0)))


def largest(X, y, two=2.0, rows=None, take=torch.max):
    A, t = centred(X, y)
    return take((two / (rows or len(X)) * A.T @ t).abs())


def no_return_for_few_rows(predictions, labels):
    if len(labels) > 4:
        return ((predictions - labels) ** 2).mean().sqrt()


WRONG = [
    ("ridge", ridge_uncentred_with_b_of_means, ["two mistakes", "not centred before", "b is ȳ, which forgets"]),
    ("ridge", ridge_sums_with_b_of_means, ["two mistakes", "the 1/m is missing", "b is ȳ, which forgets"]),
    ("ridge", ridge_half_lambda_and_no_bias, ["two mistakes", "λ/2 in place of λ", "b is 0, where"]),
    ("ridge", ridge_with_the_notebooks_mean, ["`X_mean` is not an argument of ridge"]),
    ("ridge", ridge_with_the_notebooks_m, ["`m` is not an argument of ridge"]),
    ("ridge", ridge_by_numpys_mean, ["`np.mean` cannot take a tensor", "X.mean()"]),
    ("ridge", lambda X, y, lam: (RIGHT["ridge"][0](X, y, lam)[0], y.mean(0)), ["w is right, b is wrong", "forgets"]),
    ("ridge", lambda X, y, lam: (0 * X.mean(0)[:, None] + 3, RIGHT["ridge"][0](X, y, lam)[1]),
     ["w is wrong, b is right"]),
    ("best_bias", lambda w, X, y: y.mean(0) / 2, ["two mistakes", "this is ȳ", "half of"]),
    ("best_bias", lambda w, X, y: X.mean(0).sum() - y.mean(0), ["two mistakes", "turned round", "without their"]),
    ("best_bias", lambda w, X, y: (X @ w - y).sum(0), ["two mistakes", "turned round", "sum of what is left"]),
    ("best_bias", lambda w, X, y: mean, ["`mean` is not an argument of best_bias"]),
    ("ridge_loss", loss_of_sums_with_bias_penalised, ["two mistakes", "squared errors are summed", "bias is penal"]),
    ("ridge_loss", lambda w, b, X, y, lam: ((X @ w - y) ** 2).mean() + lam * w.norm(),
     ["two mistakes", "drop the root", "bias is missing"]),
    ("ridge_loss", lambda w, b, X, y, lam: ((X @ w + b - y) ** 2).mean() / 2 + lam / 2 * (w**2).sum(),
     ["two mistakes", "half the squared error", "λ/2 in place"]),
    ("ridge_loss", lambda w, b, X, y, lam: ((X @ w + b - y) ** 2).sum() + lam * w.abs().sum(),
     ["two mistakes", "summed", "lasso's"]),
    ("best_weight", weight_for_positive_a, ["gives nothing back in some cases", "a ="]),
    ("best_weight", weight_pulled_down_by_lambda, ["two mistakes", "pulled by λ", "down whatever"]),
    ("best_weight", lambda a, lam: max(abs(a) - lam, 0), ["two mistakes", "pulled by λ", "sign of a is lost"]),
    ("best_weight", lambda a, lam: a if abs(a) > lam else 0, ["two mistakes", "pulled by λ", "not pulled"]),
    ("unexplained", lambda w, b, X, y: X.T @ (y - X @ w - b) / len(X), ["two mistakes", "2 is missing", "sign is"]),
    ("unexplained", lambda w, b, X, y: (2 * X.T @ (y - X @ w)).abs(), ["two mistakes", "summed", "bias is miss"]),
    ("unexplained", lambda w, b, X, y: (2 * X.T @ y).abs(), ["two mistakes", "summed over", "with y itself"]),
    ("ridge_gradient", gradient_without_twos, ["two mistakes", "penalty's 2", "squared error's 2"]),
    ("ridge_gradient", gradient_downhill_of_sums, ["two mistakes", "1/m is missing", "downhill"]),
    ("ridge_gradient", gradient_without_bias_and_penalty, ["two mistakes", "penalty's part is", "bias is missing"]),
    ("largest_lr", lambda X, lam: 2 / (torch.linalg.eigvalsh(2 * X.T @ X / len(X))[-1] + lam),
     ["two mistakes", "bias is missing", "λ in place of 2λ"]),
    ("largest_lr", lambda X, lam: 1 / (torch.linalg.eigvalsh(2 * X.T @ X / len(X))[-1] + 2 * lam),
     ["two mistakes", "1 over the curvature", "bias is missing"]),
    ("rmse", no_return_for_few_rows, ["gives nothing back in some cases", "One of them", "predictions"]),
    ("rmse", lambda p, t: ((p - t) ** 2).sum(), ["two mistakes", "root is missing", "mean is wanted"]),
    ("rmse", lambda p, t: ((p - t[:, 0]) ** 2).mean(), ["two mistakes", "root is missing", "every prediction"]),
    ("rmse", lambda p, t: np.std(p), ["`np.std` cannot take a tensor"]),
    ("lasso_loss", lasso_without_m_and_bias, ["two mistakes", "squared errors are summed", "bias is missing"]),
    ("lasso_loss", lasso_with_halves, ["two mistakes", "half the squared error", "scikit-learn's alpha"]),
    ("lasso_loss", lambda w, b, X, y, lam: ((X @ w + b - y) ** 2).mean() - lam * w.sum(),
     ["two mistakes", "taken away", "Σw in place"]),
    ("ista_step", lambda w, b, X, y, lam, lr: step_of_ista(w, b, X, y, lam, lr, lam, moves=0),
     ["two mistakes", "threshold is λ", "bias has not moved"]),
    ("ista_step", lambda w, b, X, y, lam, lr: step_of_ista(w, b, X, y, lam, lr, lr * lam / 2, rows=1),
     ["two mistakes", "αλ/2", "1/m is missing"]),
    ("ista_step", lambda w, b, X, y, lam, lr: step_of_ista(w, b, X, y, lam, lr, lr * lam, two=1.0, moves=0),
     ["two mistakes", "2 is missing", "bias has not moved"]),
    ("kkt_violation", lambda w, b, X, y, lam: kkt(w, b, X, y, lam, rows=1, take=torch.sum),
     ["two mistakes", "sum over the features", "1/m is missing"]),
    ("kkt_violation", lambda w, b, X, y, lam: kkt(w, b, X, y, lam, two=1.0, take=torch.mean),
     ["two mistakes", "mean over the features", "2 is missing"]),
    ("lambda_max", lambda X, y: largest(X, y, two=1.0, take=torch.sum), ["two mistakes", "2 is missing", "sum over"]),
    ("lambda_max", lambda X, y: (2 * X.T @ y).abs().max(), ["two mistakes", "not centred", "1/m is missing"]),
    ("lambda_max", lambda X, y: largest(X, y, rows=m), ["`m` is not an argument of lambda_max"]),
    ("shrink", lambda v, t: v.sign() * (v.abs() - t / 2), ["two mistakes", "half the threshold", "beyond 0"]),
    ("zscore_test", lambda A, B: B / A.var(0), ["two mistakes", "divided by the variance", "mean was not taken"]),
    ("paired_gain", lambda one, other: ((one - other).mean(), np.std(other - one, ddof=1) / len(one) ** 0.5),
     ["the gain is wrong, the SE is right", "sign is turned round"]),
]  # fmt: skip


@pytest.mark.parametrize(
    "name, answer, words", WRONG, ids=[f"{k} {name}" for k, (name, *_) in enumerate(WRONG)]
)
def test_a_students_wrong_answer_is_explained(name, answer, words):
    verdict = check(name, answer)
    assert not verdict.passed
    for said in words:
        assert said in verdict.diagnosis, verdict.diagnosis


def test_a_notebooks_name_in_a_right_answer_is_no_mistake():
    assert check("rmse", lambda p, t: ((p - t) ** 2).mean().sqrt() + 0 * mean).passed


def test_the_reply_is_html_of_mark_words_and_table():
    answers = [ridge_uncentred_with_b_of_means, RIGHT["ridge"][0], ..., lambda X, y, lam: (X[:1].T, y[0])]
    pages = [check("ridge", answer)._repr_html_() for answer in answers]
    assert pages == [check("ridge", answer)._repr_html_() for answer in answers]
    for page, mark in zip(pages, ("✗ not yet", "✓ right", "not attempted yet", "✗ not yet")):
        assert mark in page and page.count("<div") == page.count("</div>")
        assert not re.search(r"<script|\bid=|class=|http|0x[0-9a-f]{6}", page)
    assert pages[0].count("<li>") == 2 and "<details" in pages[0]  # a named mistake's case is folded
    assert "<table" in pages[3] and "<details" not in pages[3] and "expected w" in pages[3]
