"""Wrong answers as students write them, by hand, each with the words that its reply must hold."""

import math

import numpy as np
import torch

# what stands in a notebook, and is no argument
X_mean, y_mean, m, mean = torch.tensor([0.1, 0.2, 0.3]), 2.45, 67, torch.tensor([1.0, 2.0])
lam, residual, labels = 1.0, torch.ones(5, 1), torch.zeros(9, 1)

# 00


def z_not_centred_by_the_variance(X_train, X_test):
    return X_test / X_train.var(dim=0)


def z_one_number_by_test(X_train, X_test):
    return (X_test - X_test.mean()) / X_test.std()


def z_only_centred_by_all(X_train, X_test):
    return X_test - torch.cat([X_train, X_test]).mean(dim=0)


def z_with_the_notebooks_mean(X_train, X_test):
    return (X_test - mean) / X_train.std(dim=0)


def z_by_numpy(X_train, X_test):
    return (X_test - np.mean(X_train, axis=0)) / np.std(X_train, axis=0)


def z_with_numpys_ddof(X_train, X_test):
    return (X_test - X_train.mean(axis=0)) / X_train.std(axis=0, ddof=1)


# 01


def solved(A, target, penalty):
    return torch.linalg.solve(A.T @ A + penalty * torch.eye(A.shape[1]), A.T @ target)


def ridge_uncentred_with_y_bar(X, y, lambda_coef):
    return solved(X, y, len(X) * lambda_coef), y.mean(dim=0)


def ridge_of_sums_with_y_bar(X, y, lambda_coef):
    return solved(X - X.mean(dim=0), y - y.mean(dim=0), lambda_coef), y.mean(dim=0)


def ridge_through_the_origin(X, y, lambda_coef):
    return solved(X, y, len(X) * lambda_coef), torch.zeros(1)


def ridge_with_ones_of_sums(X, y, lambda_coef):
    both = solved(torch.hstack([X, torch.ones(len(X), 1)]), y, lambda_coef)
    return both[:-1], both[-1]


def ridge_half_lambda_with_plus(X, y, lambda_coef):
    w = solved(X - X.mean(dim=0), y - y.mean(dim=0), len(X) * lambda_coef / 2)
    return w, y.mean(dim=0) + X.mean(dim=0) @ w


def ridge_centres_y_only(X, y, lambda_coef):
    w = solved(X, y - y.mean(dim=0), len(X) * lambda_coef)
    return w, y.mean(dim=0) - X.mean(dim=0) @ w


def ridge_with_the_notebooks_means(X, y, lambda_coef):
    w = solved(X - X_mean, y - y_mean, len(X) * lambda_coef)
    return w, y_mean - X_mean @ w


def ridge_with_the_notebooks_m(X, y, lambda_coef):
    w = solved(X - X.mean(dim=0), y - y.mean(dim=0), m * lambda_coef)
    return w, y.mean(dim=0) - X.mean(dim=0) @ w


def ridge_with_np_eye(X, y, lambda_coef):
    X_c, y_c = X - X.mean(dim=0), y - y.mean(dim=0)
    w = torch.linalg.solve(X_c.T @ X_c / len(X) + lambda_coef * np.eye(X.shape[1]), X_c.T @ y_c / len(X))
    return w, y.mean(dim=0) - X.mean(dim=0) @ w


def ridge_with_half_a_bias(X, y, lambda_coef):
    w = solved(X - X.mean(dim=0), y - y.mean(dim=0), len(X) * lambda_coef)
    return w, (y.mean(dim=0) - X.mean(dim=0) @ w) / 2


# 02


def best_weight_no_branch_for_zero(a, lambda_coef):
    if a > lambda_coef / 2:
        return a - lambda_coef / 2
    if a < -lambda_coef / 2:
        return a + lambda_coef / 2


def best_weight_sets_w_for_positive_a_alone(a, lambda_coef):
    if a > 0:
        w = max(a - lambda_coef / 2, 0)
    return w


def best_weight_lambda_and_no_sign(a, lambda_coef):
    return max(abs(a) - lambda_coef, 0)


def best_weight_lambda_beyond_zero(a, lambda_coef):
    return a - math.copysign(lambda_coef, a)


def best_weight_of_the_notebook(a, lambda_coef):
    return np.sign(a) * max(abs(a) - lam / 2, 0)


def best_weight_by_torch(a, lambda_coef):
    return torch.sign(a) * torch.clamp(torch.abs(a) - lambda_coef / 2, min=0)


# 03


def ridge_gradient_no_2_anywhere(w, b, X, y, lambda_coef):
    return X.T @ (X @ w + b - y) / len(X) + lambda_coef * w


def ridge_gradient_summed_without_b(w, b, X, y, lambda_coef):
    return 2 * X.T @ (X @ w - y) + 2 * lambda_coef * w


def ridge_gradient_lasso_turned(w, b, X, y, lambda_coef):
    return 2 / len(X) * X.T @ (y - X @ w - b) + lambda_coef * torch.sign(w)


def ridge_gradient_of_the_notebooks_residual(w, b, X, y, lambda_coef):
    return 2 / len(X) * X.T @ residual + 2 * lambda_coef * w


def largest_lr_one_over_without_bias(X, lambda_coef):
    H = 2 / len(X) * X.T @ X + 2 * lambda_coef * torch.eye(X.shape[1])
    return 1 / torch.linalg.eigvalsh(H)[-1]


def largest_lr_without_2_and_lambda(X, lambda_coef):
    A = torch.hstack([X, torch.ones(len(X), 1)])
    return 2 / torch.linalg.eigvalsh(A.T @ A / len(X))[-1]


# 04


def rmse_sum_without_root(predictions, labels):
    return ((predictions - labels) ** 2).sum()


def rmse_m_minus_1_without_root(predictions, labels):
    return ((predictions - labels) ** 2).sum() / (len(labels) - 1)


def rmse_to_the_notebooks_labels(predictions, truth):
    return ((predictions - labels) ** 2).mean().sqrt()


def rmse_by_np_mean(predictions, labels):
    return np.sqrt(np.mean((predictions - labels) ** 2))


def descend(model, X, y, lr, steps=2, zero=True, loss=None):
    for _ in range(steps):
        if zero:
            model.zero_grad()
        (loss or model.loss)(X, y).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= lr * parameter.grad
    return model


def two_steps_three_kept(model, X, y, lr):
    return descend(model, X, y, lr, steps=3, zero=False)


def two_steps_mse_uphill(model, X, y, lr):
    return descend(model, X, y, -lr, loss=lambda X, y: ((model.predict(X) - y) ** 2).mean())


def two_steps_by_numpy(model, X, y, lr):
    model.weight = model.weight - lr * np.sign(model.weight)
    return model


# 05


def ista_threshold_lambda_still_bias(w, b, X, y, lambda_coef, lr):
    v = w - lr * 2 / len(X) * X.T @ (X @ w + b - y)
    return v.sign() * (v.abs() - lambda_coef).clamp(min=0), b


def ista_sums_without_2(w, b, X, y, lambda_coef, lr):
    r = X @ w + b - y
    v = w - lr * X.T @ r
    return v.sign() * (v.abs() - lr * lambda_coef).clamp(min=0), b - lr * r.sum(dim=0)


def ista_no_threshold_for_w_but_for_b(w, b, X, y, lambda_coef, lr):
    r = X @ w + b - y
    new_b = b - lr * 2 * r.mean(dim=0)
    return w - lr * 2 / len(X) * X.T @ r, new_b.sign() * (new_b.abs() - lr * lambda_coef).clamp(min=0)


def kkt_sum_without_2(w, b, X, y, lambda_coef):
    g = X.T @ (X @ w + b - y) / len(X)
    inside = torch.clamp(g.abs() - lambda_coef, min=0)
    return torch.where(w != 0, (g + lambda_coef * w.sign()).abs(), inside).sum()


def kkt_without_b_signs_turned(w, b, X, y, lambda_coef):
    g = 2 / len(X) * X.T @ (X @ w - y)
    inside = torch.clamp(g.abs() - lambda_coef, min=0)
    return torch.where(w != 0, (g - lambda_coef * w.sign()).abs(), inside).max()


# 06


def lambda_max_uncentred_without_2(X, y):
    return (X.T @ y / len(X)).abs().max()


def lambda_max_signed_sum(X, y):
    return (2 * (X - X.mean(0)).T @ (y - y.mean(0))).max()


def one_se_sd_and_smallest(lambda_coefs, fold_errors):
    mean = fold_errors.mean(axis=0)
    best = mean.argmin()
    return lambda_coefs[mean <= mean[best] + fold_errors[:, best].std(ddof=1)].min()


def one_se_ddof_0_of_all_ses(lambda_coefs, fold_errors):
    mean, se = fold_errors.mean(axis=0), fold_errors.std(axis=0) / np.sqrt(len(fold_errors))
    return lambda_coefs[mean - se <= mean.min()].max()


def one_se_by_dim(lambda_coefs, fold_errors):
    return lambda_coefs[fold_errors.mean(dim=0).argmin()]


def one_se_by_torch(lambda_coefs, fold_errors):
    return lambda_coefs[torch.mean(fold_errors, 0).argmin()]


def paired_gain_turned_with_sd(squares, squares_other):
    gain = squares - squares_other
    return gain.mean(), gain.std(ddof=1)


def paired_gain_summed_unpaired(squares, squares_other):
    se = np.sqrt((squares.var(ddof=1) + squares_other.var(ddof=1)) / len(squares))
    return (squares_other - squares).sum(), se


BIAS_IS_MEAN, UNCENTRED = "b is ȳ, which forgets x̄ᵀw", "X and y were not centred before `solve`"
SUM = "1/m is missing"

# (exercise, answer, the two mistakes that its reply names)
PAIRS = [
    ("zscore_test", z_not_centred_by_the_variance, "divided by the variance", "the mean was not subtracted"),
    ("zscore_test", z_one_number_by_test, "their own mean and std", "for the whole table"),
    ("zscore_test", z_only_centred_by_all, "over all men together", "nothing was divided by the std"),
    ("ridge", ridge_uncentred_with_y_bar, UNCENTRED, BIAS_IS_MEAN),
    ("ridge", ridge_of_sums_with_y_bar, SUM, BIAS_IS_MEAN),
    ("ridge", ridge_through_the_origin, UNCENTRED, "b is 0, where ȳ − x̄ᵀw is wanted"),
    ("ridge", ridge_with_ones_of_sums, SUM, "the intercept is penalised too"),
    ("ridge", ridge_half_lambda_with_plus, "λ/2 in place of λ", "b adds x̄ᵀw to ȳ"),
    ("best_weight", best_weight_lambda_and_no_sign, "pulled by λ", "the sign of a is lost"),
    ("best_weight", best_weight_lambda_beyond_zero, "pulled by λ", "pulled beyond 0"),
    ("ridge_gradient", ridge_gradient_no_2_anywhere, "the penalty's 2", "the squared error's 2"),
    ("ridge_gradient", ridge_gradient_summed_without_b, SUM, "the intercept b is missing"),
    ("ridge_gradient", ridge_gradient_lasso_turned, "the lasso's, λ sign(w)", "residual has the wrong sign"),
    ("largest_lr", largest_lr_one_over_without_bias, "1 over the curvature", "the intercept is missing"),
    ("largest_lr", largest_lr_without_2_and_lambda, "λ has no effect", "the Hessian's 2 is missing"),
    ("rmse", rmse_sum_without_root, "the root is missing", SUM),
    ("rmse", rmse_m_minus_1_without_root, "the root is missing", "divided by m − 1"),
    ("two_steps", two_steps_three_kept, "`zero_grad` is missing", "three steps were taken"),
    ("two_steps", two_steps_mse_uphill, "it climbs", "the penalty is missing"),
    ("ista_step", ista_threshold_lambda_still_bias, "the threshold is λ", "the intercept has not moved"),
    ("ista_step", ista_sums_without_2, "the gradient's 2 is missing", "the gradient's 1/m is missing"),
    ("ista_step", ista_no_threshold_for_w_but_for_b, "no threshold", "the intercept was thresholded"),
    ("kkt_violation", kkt_sum_without_2, "the sum over the features", "the gradient's 2 is missing"),
    ("kkt_violation", kkt_without_b_signs_turned, "the sign is wrong", "the intercept is missing"),
    ("lambda_max", lambda_max_uncentred_without_2, "were not centred", "the 2 is missing"),
    ("lambda_max", lambda_max_signed_sum, SUM, "the |·| is missing"),
    ("one_se", one_se_sd_and_smallest, "the SD was taken for the SE", "the smallest λ within one SE"),
    ("paired_gain", paired_gain_turned_with_sd, "the SD was taken for the SE", "the sign is turned round"),
    ("paired_gain", paired_gain_summed_unpaired, "the men were not paired", "summed over the men"),
]


def z_without_brackets(X_train, X_test):
    return X_test - X_train.mean(dim=0) / X_train.std(dim=0)


def ista_step_half_a_bias(w, b, X, y, lambda_coef, lr):
    error = X @ w + b - y
    v = w - lr * 2 / len(X) * X.T @ error
    return torch.sign(v) * torch.relu(v.abs() - lr * lambda_coef), b - lr * error.mean()


def kkt_violation_signed(w, b, X, y, lambda_coef):
    g = 2 / len(X) * X.T @ (X @ w + b - y)
    return torch.where(w != 0, g + lambda_coef * w.sign(), torch.relu(g.abs() - lambda_coef)).max()


def paired_gain_se_first(squares, squares_other):
    gain = squares_other - squares
    return gain.std(ddof=1) / np.sqrt(len(gain)), gain.mean()


# (exercise, answer, words of its reply)
OTHERS = [
    ("zscore_test", z_without_brackets, "brackets round X_test − mean are missing"),
    ("ista_step", ista_step_half_a_bias, "the intercept's gradient lacks its 2"),
    ("kkt_violation", kkt_violation_signed, "the absolute value is missing where w ≠ 0"),
    ("paired_gain", paired_gain_se_first, "gain and SE have changed places"),
    ("zscore_test", z_with_the_notebooks_mean, "`mean` is not an argument of zscore_test: it comes from the"),
    ("ridge", ridge_with_the_notebooks_means, "`X_mean` and `y_mean` are not arguments of ridge: they come"),
    ("ridge", ridge_with_the_notebooks_means, "from X, y, lambda_coef (it stopped with RuntimeError"),
    ("ridge", ridge_with_the_notebooks_m, "`m` is not an argument of ridge"),
    ("best_weight", best_weight_of_the_notebook, "`lam` is not an argument of best_weight"),
    ("ridge_gradient", ridge_gradient_of_the_notebooks_residual, "`residual` is not an argument"),
    ("rmse", rmse_to_the_notebooks_labels, "`labels` is not an argument of rmse"),
    (
        "zscore_test",
        z_by_numpy,
        "`np.mean` cannot take a tensor: use the tensor's own, as in `X.mean(dim=0)`",
    ),
    ("zscore_test", z_with_numpys_ddof, "`ddof` is NumPy's"),
    ("rmse", rmse_by_np_mean, "`np.mean` cannot take a tensor"),
    ("ridge", ridge_with_np_eye, "float32 and float64 do not mix"),
    ("two_steps", two_steps_by_numpy, "`.detach()` comes before NumPy"),
    ("one_se", one_se_by_dim, "this is a NumPy array, which says `axis`"),
    ("one_se", one_se_by_torch, "a NumPy array and a tensor do not mix"),
    ("best_weight", best_weight_by_torch, "this is a plain number"),
    (
        "best_weight",
        best_weight_no_branch_for_zero,
        "a branch ends without `return`. One of them:\n    a = 0.2\n",
    ),
    ("best_weight", best_weight_sets_w_for_positive_a_alone, "no branch that was taken has set it"),
    ("best_weight", best_weight_sets_w_for_positive_a_alone, "It happens in this case:\n    a = -2.0\n"),
    ("ridge", ridge_centres_y_only, "ridge: only y was centred before `solve`, not X"),
    ("ridge", ridge_with_half_a_bias, "w is right, b is wrong: it is 0.5 times what it should be"),
    ("one_se", one_se_ddof_0_of_all_ses, "one_se: each λ was judged by its own SE"),
]
