"""The sentences of the library in both languages, from packs/words.toml: proof sheets are the same for everyone."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "packs" / "words.toml"


def say(code: str, lang: str = "en", **values: Any) -> str:
    """Say one sentence; languages that are no Chinese get English."""
    row = words()[code]
    return row["zh" if lang.startswith("zh") else "en"].format_map(values)


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Read all sentences: code, language, words."""
    return tomllib.loads(_FILE.read_text("utf-8"))
