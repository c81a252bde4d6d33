"""The self-checks: right answers pass, every catalogued mistake is named, the rest is described."""

import collections
import itertools
import random

import numpy as np
import pytest
import torch

from lasso_helpers import check, rmse
from lasso_helpers.checks import EXERCISES
from lasso_helpers.checks.exercises import SIZES, Convention, draws, formulas_on, formulas_on_draws
from lasso_helpers.checks.results import tolerance
from right_answers import RIGHT, RIGHT_VALUES

FUNCTIONS = [name for name, task in EXERCISES.items() if not task.is_value]
VALUES = [name for name, task in EXERCISES.items() if task.is_value]
# {exercise: {words: what the formula gives in each draw}}
RESULTS = {name: dict(formulas_on_draws(task)) for name, task in EXERCISES.items()}
CONVENTIONS = [(name, words) for name in RESULTS for words in RESULTS[name] if isinstance(words, Convention)]
MISTAKES = [
    (name, words)
    for name in RESULTS
    for words in RESULTS[name]
    if words != "right" and (name, words) not in CONVENTIONS
]


def by_formula(task, words):
    """A student's function, or value, that does what the formula under these words does."""

    def formula(*args):
        return next(result for said, result in formulas_on(task, *args) if said == words)

    def changes_the_model(model, *args):
        with torch.no_grad():
            for parameter, part in zip((model.weight, model.bias), formula(model, *args)):
                parameter.copy_(part)
        return model

    if task.is_value:
        return formula(*draws(task)[0].values())
    return changes_the_model if "model" in task.changes else formula


@pytest.mark.parametrize("name, words", MISTAKES, ids=[f"{name}: {words[:30]}" for name, words in MISTAKES])
def test_a_catalogued_mistake_is_named(name, words):
    verdict = check(name, by_formula(EXERCISES[name], words))
    assert verdict == (False, f"{name}: {words}")


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_and_its_conventions_pass(name):
    task = EXERCISES[name]
    assert check(name, by_formula(task, "right")).passed
    for remark in [words for of, words in CONVENTIONS if of == name]:
        verdict = check(name, by_formula(task, remark))
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
def test_the_draws_tell_every_pair_of_formulas_apart(name):
    assert len(RESULTS[name]) == sum(1 for _ in formulas_on_draws(EXERCISES[name]))  # no words twice
    for one, other in itertools.combinations(RESULTS[name].values(), 2):
        assert any(differ(*parts) for parts in zip(one, other))


def test_there_are_enough_mistakes_and_draws():
    mistakes = collections.Counter(name for name, _ in MISTAKES)
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
        ("rmse", 0.7, 'hand over the function itself, check("rmse", rmse), not what it returns'),
        ("rmse", lambda p, t: (p - t) ** 2,
         "it must give back one number: in a first case shape (), got (4, 1)"),
        ("rmse", lambda p, t: 3 * rmse(p, t), "every number is 3 times what it should be"),
        ("ridge_gradient", lambda w, b, X, y, lam: RIGHT["ridge_gradient"][0](w, b, X, y, lam)[:, 0],
         "the numbers are right, but shape (2,) came where (2, 1) is needed"),
        ("ridge", lambda X, y, lam: RIGHT["ridge"][0](X, y, lam)[0],
         "it must give back (w, b), w (n, 1) and b (1,): 2 of them, got 1"),
        ("ridge", lambda X, y, lam: (RIGHT["ridge"][0](X, y, lam)[0], y[0]),
         "(number 1 of what comes back is right)"),
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
