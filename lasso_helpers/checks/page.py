"""A reply as HTML: inline styles alone, on light and on dark grounds, the same on every machine."""

import html
import re

from .results import digits

# each with white letters on it, 5 : 1 and more
COLOURS = {True: "#1b7f4b", False: "#b3441f", None: "#5f6570"}
MARKS = {True: "✓ right", False: "✗ not yet", None: "not attempted yet"}
CELL = "padding:1px 8px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"
HEAD = "padding:1px 8px 1px 0;text-align:left;white-space:nowrap;font-weight:normal;vertical-align:top"


def page(exercise, reply):
    """The reply to an answer of an exercise, as a block of HTML."""
    body = [_headline(exercise, reply), *_paragraphs(reply), _case(reply)]
    return (
        f'<div style="border-left:4px solid {COLOURS[reply.passed]};padding:4px 12px;max-width:720px;'
        'font-family:system-ui,sans-serif;line-height:1.5;overflow-wrap:normal;word-break:normal">'
        + "".join(body)
        + "</div>"
    )


def _headline(exercise, reply):
    """The mark with its word, the exercise, a right answer's remark, the parts judged one by one."""
    mark = (
        f'<span style="background:{COLOURS[reply.passed]};color:#fff;border-radius:4px;padding:2px 8px;'
        f'font-weight:bold;white-space:nowrap">{MARKS[reply.passed]}</span>'
    )
    judged = [
        f'<span style="white-space:nowrap">{_prose(name)} {"✓ right" if is_right else "✗ wrong"}</span>'
        for name, is_right in reply.parts
        if len(reply.parts) > 1
    ]
    remark = _prose(reply.words.removeprefix("right").lstrip(", ")) if reply.passed else ""
    return f"<div>{mark} {' &nbsp; '.join([f'<b>{_prose(exercise)}</b> {remark}', *judged])}</div>"


def _paragraphs(reply):
    if reply.passed is False:
        yield f'<div style="margin-top:6px">{_prose(_sentence(reply.words))}</div>'
    if reply.points:
        items = "".join(f"<li>{_prose(_sentence(point))}</li>" for point in reply.points)
        yield f'<ol style="margin:2px 0 0;padding-left:24px">{items}</ol>'
    if reply.is_known:
        yield '<div style="margin-top:2px">Nothing else is wrong.</div>'


def _case(reply):
    """The case by hand as a table, folded where the mistake is known."""
    rows = [row for name, value in reply.given for row in _rows(name, value)]
    for name, expected, got in reply.compared:
        rows += _rows(f"expected {name}".strip(), expected, line="1px solid #8888")
        rows += _rows(f"yours {name}".strip(), got)
    if not rows:
        return ""
    style = "border-collapse:collapse;margin:4px 0;color:inherit;font-size:inherit"
    table = f'<div style="overflow-x:auto"><table style="{style}">{"".join(rows)}</table></div>'
    fold = '<details style="margin-top:4px"><summary>A case to try by hand</summary>'
    return f"{fold}{table}</details>" if reply.is_known else table


def _rows(name, value, line="0"):
    """The lines of an array: a number, a row, a column written as a row, or a matrix; its name before it.

    line: the border above the first.
    """
    lines = value if value.ndim == 2 and 1 not in value.shape else value.reshape(1, -1)
    shape = f" {value.shape}" if value.size > 1 else ""
    for place, numbers in enumerate(lines):
        head, border = (f"{name}{shape}", line) if place == 0 else ("", "0")
        border = f"border:0;border-top:{border};"
        cells = "".join(f'<td style="{border}{CELL}">{cell}</td>' for cell in map(digits, numbers))
        head = f'<th style="{border}{HEAD}">{_prose(head)}</th>'
        yield f'<tr style="background:transparent">{head}{cells}</tr>'


def _sentence(words):
    """Words that begin and end as a sentence does; a first letter of a formula stays small."""
    first = words.split(" ")[0]
    begins = words[0].upper() + words[1:] if first.isascii() and first.isalpha() and len(first) > 1 else words
    return begins if begins.endswith((".", ":", "…")) else begins + "."


def _prose(words):
    """Text as HTML, what stands in backticks as code."""
    return re.sub(r"`(.+?)`", r"<code>\1</code>", html.escape(words))
