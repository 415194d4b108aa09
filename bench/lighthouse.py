"""What Lighthouse says of five main pages: `python -m bench.lighthouse`, goal 95 in each column.

Lighthouse is no package of ours: it is 176 MB for a handful of numbers. Install it anywhere (`npm install lighthouse`,
Node 22.19 or newer) and name that folder in MULIN_LIGHTHOUSE; the browser is MULIN_CHROMIUM. No other machine is asked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.browser.town import CHROMIUM, HOME, serving

SUBJECTS = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> None:
    """Serve the demo and print one row for each page."""
    cli = Path(os.environ.get("MULIN_LIGHTHOUSE", "")) / "node_modules/lighthouse/cli/index.js"
    if not cli.exists():
        raise SystemExit("Name the folder of Lighthouse in MULIN_LIGHTHOUSE; how, this file says first.")
    table = Table("page", *SUBJECTS, title="Lighthouse, phone")
    with tempfile.TemporaryDirectory(prefix="mulin-lighthouse-") as folder, serving(folder) as town:
        pages = ("/", HOME, f"{HOME}cases/", f"{HOME}report/", town.place("entrance"))
        for path in pages:
            table.add_row(path, *(f"{score:.0f}" for score in scores(cli, town.address + path)))
    Console().print(table)


def scores(cli: Path, address: str) -> list[float]:
    """Let Lighthouse look at one address; return its scores in the order of the subjects."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            "node", str(cli), address, "--quiet", "--output=json", f"--output-path={out.name}",
            f"--chrome-flags={FLAGS}", f"--only-categories={','.join(SUBJECTS)}",
        ]  # fmt: skip
        env = os.environ | {"CHROME_PATH": CHROMIUM}
        subprocess.run(command, env=env, check=True, stdout=sys.stderr, timeout=300)
        found = json.loads(Path(out.name).read_text("utf-8"))["categories"]
    return [100 * (found[name]["score"] or 0) for name in SUBJECTS]


if __name__ == "__main__":
    main()
