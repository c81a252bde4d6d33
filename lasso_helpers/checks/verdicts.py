"""What a check says of an answer: a reply in its parts, and the verdict that shows it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .results import listed


@dataclass(frozen=True)
class Reply:
    """What is to be said of an answer, before it becomes text or HTML."""

    passed: bool | None  # None: not attempted yet
    words: str
    points: tuple[str, ...] = ()  # mistakes made at once
    parts: tuple[tuple[str, bool], ...] = ()  # each part of what came back, and whether it is right
    given: tuple[tuple[str, np.ndarray], ...] = ()  # the arguments of a case to try by hand
    compared: tuple[tuple[str, np.ndarray, np.ndarray], ...] = ()  # part, expected, got in that case
    is_known: bool = False  # whether the mistake was named; its case then stands folded, in HTML only

    @property
    def sentence(self):
        """The words; where some parts are right, behind the judgement of each."""
        judged = ", ".join(f"{name} is {'right' if is_right else 'wrong'}" for name, is_right in self.parts)
        some_right = any(is_right for _, is_right in self.parts)
        return f"{judged}: {self.words}" if some_right else self.words

    def text(self):
        """The reply in plain text, a line a point, a line an argument."""
        lines = [self.sentence, *(f"{k}. {point}" for k, point in enumerate(self.points, start=1))]
        if not self.is_known:
            lines += [f"{name} = {listed((value,))}" for name, value in self.given]
            if self.compared:
                _, expected, got = zip(*self.compared)
                lines += [f"expected {listed(expected)}", f"got      {listed(got)}"]
        return "\n    ".join(lines)


class _Verdict(NamedTuple):
    passed: bool
    diagnosis: str


class Verdict(_Verdict):
    """What `check` says: passed, and the diagnosis in plain text. A notebook shows it as HTML.

    Printed, it begins with ✅ or with ❌ not yet.
    """

    html: str | None = None

    def __repr__(self):
        return f"{'✅' if self.passed else '❌ not yet ·'} {self.diagnosis}"

    def _repr_html_(self):
        return self.html


class NotAttempted(Verdict):
    """The verdict on an answer that is still `...`: not passed, but no mistake either, so without a mark."""

    def __repr__(self):
        return self.diagnosis


def not_attempted():
    """The reply to an answer that is still `...`."""
    return Reply(None, "not attempted yet")


def right(words):
    """The reply to a right answer."""
    return Reply(True, words)


def wrong(words, **fields):
    """The reply to a wrong answer; fields: `Reply`'s others."""
    return Reply(False, words, **fields)
