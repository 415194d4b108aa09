"""`make look`: a picture of every page by role, on a phone and at a desk, in Chinese, on one sheet; of the main pages
also in English, in the dark and in elder mode. `make look ALL=1` takes every page in every look.

Words narrow it: `python -m tests.browser.look phone-zh worker` takes only what has them all in its name.
"""

import shutil
import sys
import tempfile
from html import escape

from playwright.sync_api import sync_playwright

from tests.browser.tour import ROLES, pages
from tests.browser.town import ARGS, CHROMIUM, ROOT, SIZES, context_of, serving

OUT = ROOT / "build/look"
ALL = "all"
SETTLES = 150  # milliseconds
ALWAYS = [(device, "zh", {}) for device in SIZES]
MAINLY = [
    *((device, "en", {}) for device in SIZES), *((device, "zh", {"theme": "dark"}) for device in SIZES),
    ("phone", "zh", {"mode": "elder"}),
]  # fmt: skip
# What most people see most often, and what has a shape of its own.
MAIN = {
    "guest": ("home", "report", "list", "case", "sign-in", "entrance"),
    "resident": ("home", "mine", "to-confirm", "notifications", "me", "security", "household", "take-part", "members"),
    "officer": ("day", "in-hand"),
    "worker": ("queue", "case", "people", "homes-building", "homes-owners", "grid-draw", "import-persons"),
    "auditor": ("who-looked",),
    "subdistrict": ("overview",),
}
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Mulin, all pages</title><style>
body {{ font: 14px system-ui; margin: 1rem; background: #ddd }} section {{ display: flex; flex-wrap: wrap; gap: 1rem }}
figure {{ margin: 0 }} img {{ max-height: 420px; border: 1px solid #999; background: #fff }}
</style><h1>Mulin, all pages</h1>{}</html>"""


def main(wanted):
    """Take the pictures and write the sheet."""
    if not wanted or wanted == [ALL]:
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="mulin-look-") as folder,
        serving(folder) as town,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for device, language, looks in ALWAYS + MAINLY:
            for role in ROLES:
                named = wanted or ([ALL] if (device, language, looks) in ALWAYS else [])
                take(browser, town, role, device, language, looks, named)
        browser.close()
    (OUT / "index.html").write_text(sheet(), "utf-8")
    print(f"{len(list(OUT.glob('*.png')))} pictures: {OUT / 'index.html'}")


def take(browser, town, role, device, language, looks, wanted):
    """Take the pictures of one role's pages in one look: those with all the words, or the main ones."""
    kind = "-".join([device, language, *looks.values()])
    listed = {name: path for name, path in pages(town, role).items() if wanted or name in MAIN.get(role, ())}
    todo = {f"{kind}-{role}-{name}": path for name, path in listed.items()}
    words = [word for word in wanted if word != ALL]
    todo = {name: path for name, path in todo.items() if all(word in name for word in words)}
    if not todo:
        return
    who = None if role == "guest" else role
    context = context_of(browser, town, who=who, device=device, language=language, looks=looks)
    page = context.new_page()
    for name, path in todo.items():
        page.goto(town.address + path)
        page.wait_for_load_state("networkidle")
        # As tall as the page, so that no bar stands in its middle.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**SIZES[device], "height": max(tall, SIZES[device]["height"])})
        page.wait_for_timeout(SETTLES)  # maps further down are drawn when they come into sight
        page.screenshot(path=OUT / f"{name}.png")
        page.set_viewport_size(SIZES[device])
    context.close()


def sheet():
    """Write the page on which all pictures stand, one row for each page of a role."""
    rows = {}
    for picture in sorted(OUT.glob("*.png")):
        kind, role, name = split(picture.stem)
        rows.setdefault((role, name), []).append((kind, picture))
    parts = []
    for (role, name), pictures in sorted(rows.items()):
        shown = "".join(
            f'<figure><a href="{escape(file.name)}"><img src="{escape(file.name)}" alt="" loading="lazy"></a>'
            f"<figcaption>{escape(kind)}</figcaption></figure>"
            for kind, file in pictures
        )
        parts.append(f"<h2>{escape(role)}: {escape(name)}</h2><section>{shown}</section>")
    return SHEET.format("".join(parts))


def split(stem):
    """Take the name of a picture apart: how it looks, whose it is, which page."""
    role = next(role for role in ROLES if f"-{role}-" in stem)
    kind, _role, name = stem.partition(f"-{role}-")
    return kind, role, name


if __name__ == "__main__":
    main(sys.argv[1:])
