"""The pictures in README and the guides, taken from the demo: `python -m tests.browser.pictures` takes them anew.

Words narrow it: `python -m tests.browser.pictures queue overview`. They are small on purpose; they lie in git.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.tour import pages
from tests.browser.town import ARGS, CHROMIUM, HOME, ROOT, context_of, serving

OUT = ROOT / "docs/pictures"
MOST = 60_000  # bytes of one picture
WIDEST = 1200  # as wide as a page of docs shows it
QUALITIES = (80, 70, 60, 50, 40, 30)
PICTURES = {
    "report": ("resident", "phone", lambda town: f"{HOME}report/?e={town.code()}"),
    "confirm": ("resident", "phone", lambda town: pages(town, "resident")["to-confirm"]),
    "household": ("resident", "phone", lambda town: f"{HOME}households/mine/"),
    "take-part": ("resident", "phone", lambda town: f"{HOME}take-part/"),
    "security": ("resident", "phone", lambda town: "/me/security/"),
    "day": ("officer", "phone", lambda town: f"{HOME}cases/queue/"),
    "in-hand": ("officer", "phone", lambda town: pages(town, "officer")["in-hand"]),
    "building": ("lead", "phone", lambda town: town.place("building")),
    "queue": ("worker", "desktop", lambda town: f"{HOME}cases/queue/"),
    "posts": ("secretary", "desktop", lambda town: f"{HOME}people/"),
    "import": ("secretary", "desktop", lambda town: f"{HOME}import/households/"),
    "overview": ("subdistrict", "desktop", lambda town: "/overview/"),
}


def main(wanted):
    """Take the pictures of a fresh demo."""
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="mulin-pictures-") as folder,
        serving(folder) as town,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for name in wanted or PICTURES:
            (OUT / f"{name}.webp").write_bytes(take(browser, town, name))
        browser.close()
    taken = sorted(OUT.glob("*.webp"))
    print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in taken) // 1000} kB: {OUT.relative_to(ROOT)}")


def take(browser, town, name):
    """Take one picture, in Chinese, and pack it small."""
    who, device, path = PICTURES[name]
    context = context_of(browser, town, who=who, device=device, language="zh")
    page = context.new_page()
    answer = page.goto(town.address + path(town))
    assert answer.ok, f"{name}: {answer.status}"
    page.wait_for_load_state("networkidle")
    shot = page.screenshot()
    context.close()
    return small(shot)


def small(shot):
    """Pack a picture as WebP, as well as the limit allows."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    picture.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST:
            return out.getvalue()
    raise ValueError("This page has too much on it for a small picture.")


def named():
    """List the pictures that README and docs name, as paths."""
    found = set()
    for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]:
        for part in path.read_text("utf-8").split("](")[1:]:
            link = Path(part.partition(")")[0])
            if link.suffix == ".webp":
                found.add((path.parent / link).resolve())
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
