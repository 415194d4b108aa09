"""The translations: what the code says against locale/zh_Hans, checked, updated and compiled with Babel.

Run as `python -m mulin.config.catalogue --check | --update | --compile`. Message ids are English.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

ROOT = Path(__file__).parents[2]
PO = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
TEMPLATES = {".html", ".txt", ".xml"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "_l": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The API's manual translates what describes these; the argument that does. Babel loses calls inside calls.
DESCRIBED = {"Filter": 2, "Extra": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)\}|(?<!%)%([sd])")
EMPTY_HEADERS = re.compile(rb'^"(Project|Report|POT|PO|Last|Language-Team|Generated)-?[^\n]*\n', re.M)
Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def sources() -> Iterator[Path]:
    """List every file that may speak to people."""
    for path in sorted((ROOT / "mulin").rglob("*")):
        inside = path.relative_to(ROOT).parts
        if {"tests", "migrations", "static"} & set(inside):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATES and "templates" in inside):
            yield path


def messages(path: Path) -> Iterable[Found]:
    """Extract the messages of one file; a template is first turned into what Python would say."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # The blots that templatize leaves keep the indentation of the HTML, which Python would stumble over.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    said = list(extract("python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)))
    return said + list(_described(text)) if path.suffix == ".py" and "api" in str(path) else said


def _described(text: str) -> Iterator[Found]:
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in DESCRIBED:
            at = DESCRIBED[call.func.id]
            words = call.args[at] if len(call.args) > at else None
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                yield call.lineno, words.value, [], None


def spoken() -> Catalog:
    """Collect all messages of the code."""
    catalog = Catalog(charset="utf-8")
    for path in sources():
        for _line, said, comments, context in messages(path):
            place = (str(path.relative_to(ROOT)), 0)
            catalog.add(said, None, [place], auto_comments=comments, context=context)
    return catalog


def written() -> Catalog:
    """Read the Chinese catalogue, or begin one."""
    if not PO.exists():
        return Catalog(
            "zh_Hans", header_comment="# Mulin in simplified Chinese.", project="Mulin", version="", fuzzy=False
        )
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans", charset="utf-8")


def faults(code: Catalog, chinese: Catalog) -> list[str]:
    """Say everything that keeps the catalogue from being complete."""
    said = {_key(message) for message in code if message.id}
    known = {_key(message): message for message in chinese if message.id}
    found = [f"missing: {_show(key)}" for key in sorted(said - known.keys())]
    for key, message in sorted(known.items()):
        if key not in said:
            found.append(f"obsolete: {_show(key)}")
        elif message.fuzzy:
            found.append(f"fuzzy: {_show(key)}")
        elif not all(_strings(message)):
            found.append(f"not translated: {_show(key)}")
        elif any(_placeholders(text) != _placeholders(_ids(message)[-1]) for text in _strings(message)):
            found.append(f"other placeholders: {_show(key)} -> {' | '.join(_strings(message))}")
    return found + [f"obsolete: {_show(_key(message))}" for message in chinese.obsolete.values()]


def update(code: Catalog, chinese: Catalog) -> list[str]:
    """Add new messages without a translation, drop what nobody says any more, and return what was dropped."""
    before = {_key(message): message for message in chinese if message.id}
    chinese.update(code, no_fuzzy_matching=True)
    after = {_key(message) for message in chinese if message.id}
    PO.parent.mkdir(parents=True, exist_ok=True)
    file = BytesIO()
    # No line numbers, no wrapping, no dates: a moved line of code is no change of the catalogue.
    write_po(file, chinese, width=0, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    PO.write_bytes(EMPTY_HEADERS.sub(b"", file.getvalue()))
    return [f"{_show(key)} ({' | '.join(_strings(before[key]))})" for key in sorted(before.keys() - after)]


def compile_catalogue() -> None:
    """Write the binary catalogue that Django reads."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, written())


def _key(message: Message) -> tuple[str, str]:
    return message.context or "", _ids(message)[0]


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def _placeholders(text: str) -> set[str]:
    return {"".join(groups) for groups in PLACEHOLDER.findall(text)}


def _show(key: tuple[str, str]) -> str:
    context, said = key
    return repr(said) + (f" [{context}]" if context else "")


def main(asked: list[str]) -> None:
    """Do what the one option says."""
    if asked == ["--compile"]:
        compile_catalogue()
    elif asked == ["--update"]:
        for gone in update(spoken(), written()):
            print("dropped:", gone)
    elif asked == ["--check"]:
        found = faults(spoken(), written())
        if found:
            raise SystemExit("\n".join([*found, f"{PO.relative_to(ROOT)}: {len(found)} to mend."]))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
