"""A matplotlib figure whose lines follow sliders: painted once in Python, moved in the browser."""

from .widget import VIEW, LiveFigure
