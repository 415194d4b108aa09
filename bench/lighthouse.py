"""What Lighthouse says of five main pages: `python -m bench.lighthouse`, goal 95 in each column.

Lighthouse is no package of ours: it is 176 MB for a handful of numbers. Install it anywhere (`npm install lighthouse`,
with Node 22.19 or newer; `lighthouse@12` with Node 18 or 20) and name that folder in MULIN_LIGHTHOUSE; the browser is
MULIN_CHROMIUM. No other machine is asked. The column performance falls by many points while the machine does other
things, too: ask a quiet one. Pages behind a sign-in are asked with the cookies of a role of the demo.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from tests.browser.tour import OPEN
from tests.browser.town import ARGS, CHROMIUM, HOME, Town, context_of, serving

SUBJECTS = ("performance", "accessibility", "best-practices", "seo")
WELL = 0.9  # below it, what lowers a score is printed
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def main() -> None:
    """Serve the demo and print one row for each page."""
    cli = Path(os.environ.get("MULIN_LIGHTHOUSE", "")) / "node_modules/lighthouse/cli/index.js"
    if not cli.exists():
        raise SystemExit("Name the folder of Lighthouse in MULIN_LIGHTHOUSE; how, this file says first.")
    table = Table("page", "role", *SUBJECTS, title="Lighthouse, phone")
    with tempfile.TemporaryDirectory(prefix="mulin-lighthouse-") as folder, serving(folder) as town:
        pages = (
            ("home", "resident", HOME),
            ("report", "", f"{HOME}report/?e={town.code()}"),
            ("cases", "", f"{HOME}cases/"),
            ("case", "", town.case("is_public", OPEN)),
            ("queue", "worker", f"{HOME}cases/queue/"),
        )
        cookies = signed_in(town, {role for _name, role, _path in pages if role})
        for name, role, path in pages:
            found = scores(cli, town.address + path, cookies.get(role, "language=zh-hans"))
            row = [name, role or "guest", *(f"{score:.0f}" for score in found)]
            print(*row, file=sys.stderr)
            table.add_row(*row)
    Console().print(table)


def signed_in(town: Town, roles: set[str]) -> dict[str, str]:
    """Sign the roles in and return the cookies of each, as a browser sends them."""
    found = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for role in roles:
            cookies = context_of(browser, town, who=role, language="zh").cookies()  # type: ignore[no-untyped-call]
            found[role] = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
        browser.close()
    return found


def scores(cli: Path, address: str, cookies: str) -> list[float]:
    """Let Lighthouse look at one address; return its scores in the order of the subjects."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        command = [
            "node", str(cli), address, "--quiet", "--output=json", f"--output-path={out.name}",
            f"--chrome-flags={FLAGS}", f"--only-categories={','.join(SUBJECTS)}",
            f"--extra-headers={json.dumps({'Cookie': cookies})}",
        ]  # fmt: skip
        env = os.environ | {"CHROME_PATH": CHROMIUM}
        # Now and then it misses the moment at which a page begins: then it asks to be run again.
        for last in (False, True):
            if not subprocess.run(command, env=env, check=last, stdout=sys.stderr, timeout=300).returncode:
                break
        found = json.loads(Path(out.name).read_text("utf-8"))
        for name in SUBJECTS:
            for audit in found["categories"][name]["auditRefs"]:
                told = found["audits"][audit["id"]]
                if audit["weight"] and told["score"] is not None and told["score"] < WELL:
                    print(f"  {address} {name}: {told['title']} {told.get('displayValue', '')}", file=sys.stderr)
    return [100 * (found["categories"][name]["score"] or 0) for name in SUBJECTS]


if __name__ == "__main__":
    main()
