"""Mulin (睦邻): the working system of a neighbourhood that governs itself. The version is read from CHANGELOG.md."""

import re
from pathlib import Path


def _version() -> str:
    """Return the newest released number of CHANGELOG.md; before the first release, 0.0.0."""
    changelog = Path(__file__).parents[1] / "CHANGELOG.md"
    found = re.search(r"^## \[(\d+\.\d+\.\d+)\]", changelog.read_text("utf-8"), re.M) if changelog.exists() else None
    return found[1] if found else "0.0.0"


__version__ = _version()
