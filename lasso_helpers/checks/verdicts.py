"""What a check says of an answer."""

from typing import NamedTuple


class Verdict(NamedTuple):
    """What `check` says. Shown in a cell, it begins with ✅ or with ❌ not yet."""

    passed: bool
    diagnosis: str

    def __repr__(self):
        return f"{'✅' if self.passed else '❌ not yet ·'} {self.diagnosis}"


class NotAttempted(Verdict):
    """The verdict on an answer that is still `...`: not passed, but no mistake either, so without a mark."""

    def __repr__(self):
        return self.diagnosis


def right(diagnosis):
    """The verdict on a right answer."""
    return Verdict(True, diagnosis)


def wrong(diagnosis):
    """The verdict on a wrong answer."""
    return Verdict(False, diagnosis)


def not_attempted():
    """The verdict on an answer that is still `...`."""
    return NotAttempted(False, "not attempted yet")
