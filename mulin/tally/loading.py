"""The rules of votes that come with Mulin, as the pack brings them."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

from .ruleset import RuleSet

_FILE = Path(__file__).parent / "packs" / "rules.toml"


@lru_cache(maxsize=1)
def packs() -> dict[str, RuleSet]:
    """Read all rules that come with Mulin, by key."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["rules"]
    return {rules.key: rules for rules in msgspec.convert(rows, list[RuleSet])}
