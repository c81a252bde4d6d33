"""The exercises of notebook 02."""

import math

from ..exercises import exercise

# {rows drawn: (a, λ)}
PAIRS = {
    4: (1.0, 0.5),
    6: (-2.0, 1.0),
    9: (0.2, 1.0),
    12: (1.5, 2.0),
    7: (-0.4, 0.6),
    5: (-0.3, 1.0),
    10: (0.7, 0.2),
    8: (-1.2, 1.6),
}


def _pair(rng, m, n):
    a, lam = PAIRS[m]
    return {"a": a, "lambda_coef": lam}


@exercise(
    _pair,
    returns="one number",
    factor={
        1: "pulled by λ, where λ/2 is right: the square's derivative has a 2",
        0: "λ has no effect: this is a",
    },
    rule={
        "beyond 0": "pulled beyond 0: where λ/2 is larger than |a| the answer is 0 itself",
        "no sign": "the sign of a is lost: a negative a has a negative best weight",
        "a > 0": "only right for a > 0: a negative a is pulled up, towards 0",
        "down": "pulled down whatever the sign of a: a negative a is pulled up, towards 0",
        "hard": "set to 0 where |a| is at most λ/2, but otherwise not pulled by λ/2",
        "early": "set to 0 from λ = |a| on, where it must be so from λ = 2|a| on",
        "ridge": "this is ridge's, a/(1 + λ): smaller, never 0",
    },
)
def best_weight(a, lam, *, factor=0.5, rule="soft"):
    """The minimiser of (w − a)² + λ|w|, a number: |a| pulled by λ/2, at most to 0, with the sign of a."""
    sign, distance, pull = math.copysign(1, a) if a else 0.0, abs(a), factor * lam
    return {
        "soft": sign * max(distance - pull, 0),
        "beyond 0": a - sign * pull,
        "no sign": max(distance - pull, 0),
        "a > 0": max(a - pull, 0),
        "down": a - pull,
        "hard": a if distance > pull else 0.0,
        "early": 0.0 if 2 * pull >= distance else a - sign * pull,
        "ridge": a / (1 + 2 * pull),
    }[rule]


@exercise(
    lambda rng, m, n: {"n": m},
    returns="one whole number",
    count={
        "2ⁿ": "2ⁿ counts plus and minus: a weight can also be 0",
        "3n": "3n: the cases multiply, they do not add",
        "n³": "n³: each of the n weights brings a factor of 3, so it is 3 to the power n",
        "n!": "n!: the order of the features does not matter, only each one's sign",
        "3ⁿ − 1": "one too few: all weights 0 is a pattern as well (the one beyond λ_max)",
        "2ⁿ − 1": "2ⁿ − 1 counts sets of features: signs count, too",
        "3ⁿ⁻¹": "3ⁿ⁻¹: every one of the n weights has its three cases",
    },
)
def patterns(n, *, count="3ⁿ"):
    """How many patterns of signs n weights have."""
    return {
        "3ⁿ": 3**n,
        "2ⁿ": 2**n,
        "3n": 3 * n,
        "n³": n**3,
        "n!": math.factorial(n),
        "3ⁿ − 1": 3**n - 1,
        "2ⁿ − 1": 2**n - 1,
        "3ⁿ⁻¹": 3 ** (n - 1),
    }[count]
