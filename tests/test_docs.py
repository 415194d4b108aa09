"""What is documented exists, and what exists is documented."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from mulin.kernel.models import nouns

ROOT = Path(__file__).parents[1]
SETTINGS = (ROOT / "mulin/config/settings.py").read_text("utf-8")
OPERATE = "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs/operate").glob("*.md")))
NAMES = sorted(set(re.findall(r'env(?:_bool|_int|_word)?\(\s*"([A-Z_]+)"', SETTINGS)))


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_is_documented(name):
    assert f"`{name}`" in OPERATE, f"Say in docs/operate what {name} is for."


@pytest.mark.parametrize("name", sorted(name for name, app in get_commands().items() if app.startswith("mulin.")))
def test_a_command_is_documented(name):
    text = OPERATE + "".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    assert f"mulin {name.replace('_', '-')}" in text, f"Say in docs what `mulin {name}` does."


def test_the_pages_of_the_flows_are_fresh():
    call_command("flows", check=True)


@pytest.mark.parametrize("model", nouns(), ids=lambda model: model._meta.label)
def test_every_flow_has_a_page(model):
    assert (ROOT / f"docs/flows/{model._meta.model_name}.md").exists()


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_links_between_the_docs_lead_somewhere(path):
    for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8")):
        assert (path.parent / link).exists(), f"{path.name} links to {link}, which is not there."


LAWS = (ROOT / "docs/develop/laws.md").read_text("utf-8")


@pytest.mark.parametrize("cited", sorted(set(re.findall(r"`([\w/]+\.py::\w+)`", LAWS))))
def test_a_law_names_tests_that_are_there(cited):
    path, name = cited.split("::")
    assert f"def {name}(" in (ROOT / path).read_text("utf-8"), "Name the test that fails when the law is broken."


def test_each_law_has_a_number_and_its_tests():
    numbers, *_ = zip(*re.findall(r"^## (\d+)\. (.+)$", LAWS, re.MULTILINE), strict=True)
    assert list(map(int, numbers)) == list(range(1, len(numbers) + 1))
    assert all("Held by `" in law for law in LAWS.split("\n## ")[1:])


def test_a_law_that_code_speaks_of_is_written_down():
    numbers = set(re.findall(r"^## (\d+)\.", LAWS, re.MULTILINE))
    for path in [*ROOT.glob("mulin/**/*.py"), *ROOT.glob("tests/**/*.py")]:
        for number in re.findall(r"\blaw (\d+)\b", path.read_text("utf-8")):
            assert number in numbers, f"{path.name} speaks of law {number}, which docs/develop/laws.md does not have."


def test_every_decision_is_in_the_index():
    index = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    missing = [path.name for path in (ROOT / "docs/decisions").glob("0*.md") if path.name not in index]
    assert missing == []
