"""What cannot be counted: where, and a sentence in either language."""

from __future__ import annotations

from typing import Any

from .words import say

Path = tuple[str | int, ...]


class Malformed(Exception):
    """Something with which a vote cannot be counted. `path` leads there; `line` is its line, if it is of a file."""

    def __init__(self, code: str, path: Path = (), line: int = 0, **values: Any) -> None:
        super().__init__(code)
        self.code, self.path, self.line, self.values = code, path, line, values

    def said(self, lang: str = "en") -> str:
        """Say what is wrong and what would work."""
        here = {"where": self.values.get("where") or say("where_top", lang)}
        return say(self.code, lang, **{**self.values, **here})

    def __str__(self) -> str:
        return f"line {self.line}: {self.said()}" if self.line else self.said()
