"""`mulin tally`: counts a vote again from its file, with no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import CommandError, CommandParser

from mulin.config.management.house import HouseCommand, spoken
from mulin.tally.files import differences, hashes_of, recount
from mulin.tally.malformed import Malformed
from mulin.tally.reading import Read, read
from mulin.tally.resting import at_rest
from mulin.tally.result import Result
from mulin.tally.sheet import as_text, sheet
from mulin.tally.words import say

DIFFERS, MALFORMED = 1, 2  # exit codes
FEW = 20


class Command(HouseCommand):
    help = "Count a vote again from its file of roll, ballots and rules, and compare it with the result in the file."
    requires_system_checks = []  # nothing of an installation is needed

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json", help="as docs/develop/vote-files.md says")
        parser.add_argument("--json", action="store_true", help="write one JSON document instead of the proof sheet")

    def act(self, options: dict[str, Any]) -> None:
        lang, file = spoken(), options["file"]
        try:
            with at_rest():
                said = read(file)
                result = said.located(recount)
        except Malformed as wrong:
            code = "tally_line" if wrong.line else "tally_file"
            sentence = _shown(say(code, lang, file=file, line=wrong.line, reason=wrong.said(lang)))
            if options["json"]:
                self._write({"malformed": {"line": wrong.line, "code": wrong.code, "reason": wrong.said(lang)}})
            raise CommandError(sentence, returncode=MALFORMED) from None
        wrong_hashes, others = _wrong_hashes(said), _others(said, result)
        if options["json"]:
            self._write({
                "agrees": None if said.vote.result is None else not others,
                "hashes": msgspec.to_builtins(hashes_of(said.vote, said.rows)), "wrong_hashes": sorted(wrong_hashes),
                "differences": [{"where": one[0], "file": one[1], "recount": one[2]} for one in others],
                "result": msgspec.to_builtins(result),
            })  # fmt: skip
        else:
            self.stdout.write(_shown(as_text(sheet(said.vote.question, said.vote.rules, result, lang))))
            self.stdout.write("\n" + _verdict(said, not wrong_hashes, not others, lang))
        if wrong_hashes or others:
            lines = [say("tally_hash", lang, part=part, found=found) for part, found in sorted(wrong_hashes.items())]
            if others:
                lines.append(say("tally_differs", lang))
                lines += [say("tally_difference", lang, where=a, said=b, found=c) for a, b, c in others[:FEW]]
            raise CommandError(_shown("\n".join(lines)), returncode=DIFFERS)

    def _write(self, said: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(said, ensure_ascii=False))


def _wrong_hashes(read: Read) -> dict[str, str]:
    """Name the parts whose hash in the file is another; give the right one."""
    if read.vote.hashes is None:
        return {}
    found = msgspec.to_builtins(hashes_of(read.vote, read.rows))
    said = msgspec.to_builtins(read.vote.hashes)
    return {part: found[part] for part in found if found[part] != said[part]}


def _others(read: Read, result: Result) -> list[tuple[str, Any, Any]]:
    if read.vote.result is None:
        return []
    return list(differences(msgspec.to_builtins(read.vote.result), msgspec.to_builtins(result)))


def _verdict(read: Read, hashes_fit: bool, agrees: bool, lang: str) -> str:
    """Say what was compared and fits; what does not is told as an error."""
    said = []
    if read.vote.hashes is not None and hashes_fit:
        said.append(say("tally_hashes", lang))
    if read.vote.result is None:
        said.append(say("tally_alone", lang))
    elif agrees:
        said.append(say("tally_agrees", lang))
    return " ".join(said)


def _shown(text: str) -> str:
    """Keep what a file says from steering the console."""
    return "".join(each if each.isprintable() or each == "\n" else "�" for each in text)
