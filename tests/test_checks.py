"""The self-checks: right answers pass, every catalogued mistake is named, the rest is described."""

import collections
import itertools
import random
import re

import numpy as np
import pytest
import torch

from lasso_helpers import check, rmse
from lasso_helpers.checks import EXERCISES, Verdict
from lasso_helpers.checks.exercises import SIZES, Convention, double, draws, result_of, slips, ways
from lasso_helpers.checks.results import digits, tolerance
from right_answers import RIGHT, RIGHT_VALUES
from wrong_answers import (
    OTHERS,
    PAIRS,
    ridge_uncentred_with_y_bar,
    ridge_with_the_notebooks_means,
    z_with_the_notebooks_mean,
)

FUNCTIONS = [name for name, task in EXERCISES.items() if not task.is_value]
VALUES = [name for name, task in EXERCISES.items() if task.is_value]
SLIPS = [(name, words, switches) for name, task in EXERCISES.items() for words, switches in slips(task)]
CONVENTIONS = [slip for slip in SLIPS if isinstance(slip[1], Convention)]
MISTAKES = [slip for slip in SLIPS if slip not in CONVENTIONS]
SHOWN = {
    "ridge": ridge_uncentred_with_y_bar,
    "rmse": rmse,
    "best_weight": lambda a, lambda_coef: 0.8 * a + 0.1,
    "zscore_test": z_with_the_notebooks_mean,
    "patterns": ...,
}
HTML = {name: check(name, answer)._repr_html_() for name, answer in SHOWN.items()}


def by_switches(task, **switches):
    """A student's function, or value, that does what the reference does with these switches set."""

    def answer(*args):
        return task.reference(*map(double, args), **switches)

    def changes_the_model(model, *args):
        with torch.no_grad():
            for parameter, part in zip((model.weight, model.bias), answer(model, *args)):
                parameter.copy_(part)
        return model

    if task.is_value:
        return task.reference(**switches)
    return changes_the_model if task.changes else answer


@pytest.mark.parametrize(
    "name, words, switches", MISTAKES, ids=[f"{n}: {words[:30]}" for n, words, _ in MISTAKES]
)
def test_a_catalogued_mistake_is_named(name, words, switches):
    verdict = check(name, by_switches(EXERCISES[name], **switches))
    assert not verdict.passed
    assert re.sub(r"(?<=: )\w+ is \w+, \w+ is \w+: ", "", verdict.diagnosis) == f"{name}: {words}"


@pytest.mark.parametrize("name, answer, one, other", PAIRS, ids=[answer.__name__ for _, answer, *_ in PAIRS])
def test_two_mistakes_at_once_are_named_as_two(name, answer, one, other):
    verdict = check(name, answer)
    head, first, second = verdict.diagnosis.split("\n")
    assert not verdict.passed and head.endswith("two mistakes at once")
    assert one in first and other in second


@pytest.mark.parametrize("name, answer, words", OTHERS, ids=[answer.__name__ for _, answer, _ in OTHERS])
def test_what_went_wrong_is_named_with_its_case(name, answer, words):
    verdict = check(name, answer)
    assert not verdict.passed and words in verdict.diagnosis


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_and_its_conventions_pass(name):
    assert check(name, by_switches(EXERCISES[name])).passed
    for _, remark, switches in (slip for slip in CONVENTIONS if slip[0] == name):
        verdict = check(name, by_switches(EXERCISES[name], **switches))
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
def test_the_draws_tell_every_two_mistakes_apart(name):
    task, cases = EXERCISES[name], draws(EXERCISES[name])
    results = [
        [result_of(task, case, **switches) for case in cases]
        for switches in ({}, *dict(slips(task)).values())
    ]
    assert len(results) == 1 + len(slips(task))  # no words twice
    for one, other in itertools.combinations(results, 2):
        assert any(differ(*parts) for parts in zip(one, other))


@pytest.mark.parametrize("name", EXERCISES)
def test_every_pair_of_switches_gives_numbers_none_of_them_infinite(name):
    task = EXERCISES[name]
    for _, switches in ways(task):
        assert all(
            np.isfinite(part).all() for case in draws(task) for part in result_of(task, case, **switches)
        )


def test_there_are_enough_mistakes_pairs_and_draws():
    mistakes = collections.Counter(name for name, *_ in MISTAKES)
    assert len(SIZES) >= 3
    assert [name for name in EXERCISES if mistakes[name] < 5] == []  # five named mistakes each
    assert len(PAIRS) + len(OTHERS) >= 3 * len(FUNCTIONS)
    assert {name for name, *_ in PAIRS} >= set(FUNCTIONS) - {"patterns"}


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
        ("rmse", lambda p, t: 3 * rmse(p, t), "it is 3 times what it should be"),
        ("ridge_gradient", lambda w, b, X, y, lam: RIGHT["ridge_gradient"][0](w, b, X, y, lam)[:, 0],
         "the numbers are right, but shape (2,) came where (2, 1) is needed"),
        ("ridge", lambda X, y, lam: RIGHT["ridge"][0](X, y, lam)[0],
         "it must give back (w, b), w (n, 1) and b (1,): 2 of them, got 1"),
        ("ridge", lambda X, y, lam: (RIGHT["ridge"][0](X, y, lam)[0], y[0]),
         "ridge: w is right, b is wrong: by none of the mistakes we know; largest"),
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


def test_of_two_parts_the_right_one_is_said_to_be_right():
    def takes_the_mean(X, y, lambda_coef):
        return RIGHT["ridge"][0](X, y, lambda_coef)[0], y.mean(dim=0)

    verdict = check("ridge", takes_the_mean)
    assert verdict == (False, "ridge: w is right, b is wrong: b is ȳ, which forgets x̄ᵀw")
    assert "w ✓ right" in verdict._repr_html_() and "b ✗ wrong" in verdict._repr_html_()


def test_where_a_name_of_the_notebook_stopped_the_answer_no_case_is_blamed():
    assert "It happens in this case" not in check("ridge", ridge_with_the_notebooks_means).diagnosis


tiny = 1e-12


def test_a_right_answer_that_takes_a_number_from_the_notebook_is_not_refused():
    assert check("rmse", lambda p, t: ((p - t) ** 2).mean().sqrt() + tiny).passed


def test_a_method_that_is_called_like_a_value_of_the_notebook_is_not_blamed():
    # wrong_answers has a `mean`; here it is the tensor's own
    answer = eval("lambda p, t: 1.5 + (p - t).mean()", {"mean": torch.ones(3)})
    assert "not an argument" not in check("rmse", answer).diagnosis


def test_a_name_within_a_lambda_of_the_answer_is_found():
    answer = eval("lambda p, t: max([p], key=lambda row: scale)[0].sum() + 2", {"scale": torch.ones(1)})
    assert "`scale` is not an argument of rmse" in check("rmse", answer).diagnosis


def test_another_convention_is_no_mistake_beside_one():
    def ddof_0_and_turned(squares, squares_other):
        gain = squares - squares_other
        return gain.mean(), gain.std() / len(gain) ** 0.5

    says = check("paired_gain", ddof_0_and_turned).diagnosis
    assert says == "paired_gain: the sign is turned round: positive must mean that the first model is better"


def test_the_mark_stands_with_its_word():
    assert ">✗ not yet</span> <b>ridge</b>" in HTML["ridge"] and "#b3441f" in HTML["ridge"]
    assert ">✓ right</span> <b>rmse</b> in 8 of 8 draws" in HTML["rmse"] and "#1b7f4b" in HTML["rmse"]
    assert ">not attempted yet</span> <b>patterns</b>" in HTML["patterns"]


def test_two_mistakes_are_a_list_and_their_case_is_folded():
    assert re.findall(r"<li>(.*?)</li>", HTML["ridge"]) == [
        "X and y were not centred before <code>solve</code>.",
        "b is ȳ, which forgets x̄ᵀw.",
    ]
    assert "Nothing else is wrong." in HTML["ridge"]
    assert re.search(r"<details[^>]*><summary>A case to try by hand</summary>.*<table", HTML["ridge"])


def cells_of(page):
    """The text of each row of a reply's table."""
    rows = re.findall(r"<tr.*?</tr>", page)
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_the_case_by_hand_is_a_table():
    assert cells_of(HTML["best_weight"]) == [
        ["a", "1"],
        ["lambda_coef", "0.5"],
        ["expected", "0.75"],
        ["yours", "0.9"],
    ]
    rows = cells_of(HTML["ridge"])
    assert rows[0][0] == "X (4, 2)" and len(rows[0]) == 3 and rows[1][0] == "" and rows[4][0] == "y (4, 1)"
    assert rows[-4][0] == "expected w (2, 1)" and rows[-1][0] == "yours b"


def test_numbers_are_shown_to_four_decimals_with_a_true_minus():
    shown = [digits(number) for number in (0.5, -2.0, 1e-6, -1e-6, 531441.0, 0.123456, 3e7, 100.0)]
    assert shown == ["0.5", "−2", "0", "0", "531441", "0.1235", "3e+07", "100"]


def test_the_html_is_the_same_on_two_calls_and_needs_nothing_from_outside():
    for name, page in HTML.items():
        assert check(name, SHOWN[name])._repr_html_() == page
        assert not re.search(r"\bid=|class=|<style|<script|0x|break-word|monospace", page)


def test_the_html_escapes_what_the_student_wrote():
    def stops(predictions, labels):
        raise ValueError("<b> & so on")

    assert "&lt;b&gt; &amp; so on" in check("rmse", stops)._repr_html_()


def test_a_verdict_made_by_hand_is_plain():
    assert Verdict(True, "fine") == (True, "fine") and Verdict(True, "fine")._repr_html_() is None


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
    with pytest.raises(ValueError, match=r"exercise must be one of best_weight, .* got 'ridg'"):
        check("ridg", rmse)
