"""Templates, classes and icons are there because something names them; what nothing names is deleted."""

import re
from pathlib import Path

import pytest

from mulin.config.frontend import icon_names

ROOT = Path(__file__).parents[1]
WEB = ROOT / "mulin/web/static/web"
FILES = [
    path for ending in ("py", "html", "js", "toml") for path in ROOT.glob(f"mulin/**/*.{ending}")
    if not {"vendor", "tests"} & set(path.parts)
]  # fmt: skip
TEXTS = {path: path.read_text("utf-8") for path in FILES}
WORDS = {word for text in TEXTS.values() for word in re.findall(r"[A-Za-z][\w-]*", text)}
QUOTED = {word for text in TEXTS.values() for word in re.findall(r"[\"']([\w-]+)[\"']", text)}
TEMPLATES = {str(path).split("/templates/")[1]: path for path in FILES if path.suffix == ".html"}
BY_DJANGO = {"404.html", "500.html"}  # and those of django/forms, which stand for its own


@pytest.mark.parametrize("name", sorted(name for name in TEMPLATES if not name.startswith("django/")))
def test_a_template_is_named(name):
    rest = (text for path, text in TEXTS.items() if path != TEMPLATES[name])
    assert name in BY_DJANGO or any(name in text for text in rest), "Nothing shows it: delete it."


@pytest.mark.parametrize("path", sorted(WEB.glob("*.css")), ids=lambda path: path.name)
def test_a_class_is_named(path):
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "{}", path.read_text("utf-8"), flags=re.DOTALL)
    names = {name for name in re.findall(r"\.([A-Za-z][\w-]*)", rules) if not name.startswith("leaflet-")}
    # A tone is put together in code: is-{{ tone }}.
    dead = [name for name in sorted(names - WORDS) if not (name.startswith("is-") and name[3:] in QUOTED)]
    assert dead == [], "Nothing has these classes: delete their rules."


def test_an_icon_is_named():
    assert sorted(set(icon_names()) - QUOTED) == [], "Nothing draws these: take them out of icons.txt."


def test_an_icon_that_is_drawn_is_there():
    drawn = {name for text in TEXTS.values() for name in re.findall(r"(?:% icon |icon_name=)\"([\w-]+)\"", text)}
    assert sorted(drawn - set(icon_names())) == [], "One line in mulin/web/icons.txt."
