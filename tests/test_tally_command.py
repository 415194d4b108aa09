"""`mulin tally`: recounts files without a database, agrees, differs, and refuses; the examples of the docs."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mulin.tally.files import document, hashes_of, recount
from mulin.tally.reading import read
from mulin.tally.tests.made import COUNCIL, NO, YES, heads, replace, say, vote

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "docs/examples").glob("*.json"))


@pytest.fixture
def file(tmp_path):
    """A council vote of 37 seats with 25 yes, as it is published."""
    one = vote(COUNCIL, heads(37), say(*[YES] * 25, *[NO] * 12))
    path = tmp_path / "vote.json"
    path.write_bytes(document(replace(one, hashes=hashes_of(one), result=recount(one))))
    return path


def tally(path, *more):
    """Run the command, without a database: what it writes, its exit code, what it complains of."""
    out = io.StringIO()
    try:
        call_command("tally", str(path), *more, stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode, str(error)
    return out.getvalue(), 0, ""


def change(file, old, new):
    """Replace something in the file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_that_is_right_agrees(file):
    out, code, complaint = tally(file)
    assert (code, complaint) == (0, "")
    assert "3 × 25 ≥ 2 × 37: met" in out
    assert out.endswith("The hashes in the file are right. The recount agrees with the result in the file.\n")


def test_programs_get_one_document(file):
    out, code, _complaint = tally(file, "--json")
    said = json.loads(out)
    assert (code, said["agrees"], said["differences"], said["wrong_hashes"]) == (0, True, [], [])
    assert said["result"]["passes"][0]["left"] == 75
    assert set(said["hashes"]) == {"question", "rules", "roll", "ballots"}


def test_a_changed_ballot_is_found_by_recount_and_hash(file):
    change(file, '["R-7",1,["yes"]', '["R-7",1,["no"]')
    out, code, complaint = tally(file)
    assert code == 1
    assert "3 × 24 < 2 × 37: not met" in out
    assert "outcome: the file says adopted, the recount rejected" in complaint
    assert "The hash of ballots in the file" in complaint
    said = json.loads(tally(file, "--json")[0])
    assert (said["agrees"], said["wrong_hashes"]) == (False, ["ballots"])
    assert said["differences"][0] == {"where": "outcome", "file": "adopted", "recount": "rejected"}


def test_a_changed_result_is_found(file):
    change(file, '"outcome": "adopted"', '"outcome": "rejected"')
    _out, code, complaint = tally(file)
    assert (code, complaint) == (
        1, "The recount differs from what the file says:\noutcome: the file says rejected, the recount adopted"
    )  # fmt: skip


def test_a_changed_rule_that_changes_no_number_is_found_by_its_hash(file):
    change(file, '"notice_days": 3', '"notice_days": 4')
    out, code, complaint = tally(file)
    assert code == 1
    assert "The hash of rules" in complaint
    assert "agrees with the result" in out
    assert "hashes in the file are right" not in out


def test_a_file_without_a_result_is_counted(file):
    text = file.read_text("utf-8")
    file.write_text(text[: text.index(',\n"hashes"')] + "}", "utf-8")
    out, code, _complaint = tally(file)
    assert code == 0
    assert out.endswith("\nThe file has no result to compare with.\n")
    assert json.loads(tally(file, "--json")[0])["agrees"] is None


def test_a_malformed_file_names_line_and_reason(file):
    change(file, '["R-7",1,["yes"]', '["R-99",1,["yes"]')
    line = file.read_text("utf-8").split('["R-99"')[0].count("\n") + 1
    out, code, complaint = tally(file)
    assert (out, code) == ("", 2)
    reason = "R-99 returned a ballot, but is not on the roll. Is it a ballot of another vote?"
    assert complaint == f"{file}, line {line}: {reason}"
    out, code, _complaint = tally(file, "--json")
    assert code == 2
    assert json.loads(out) == {"malformed": {"line": line, "code": "ballot_stranger", "reason": reason}}


def test_a_file_that_is_not_there_is_malformed(tmp_path):
    _out, code, complaint = tally(tmp_path / "none.json")
    assert code == 2
    assert complaint == f"{tmp_path / 'none.json'}: The file cannot be read: No such file or directory."


def test_the_console_decides_the_language(file, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "3 × 25 ≥ 2 × 37：达到" in tally(file)[0]
    change(file, '"lot":""', '"lots":""')
    assert "行：文件：这里没有“lots”这个字段。" in tally(file)[2]


def test_a_file_cannot_steer_the_console(file):
    change(file, '"title": "Mend', '"title": "\\u001b[2JMend')
    out, _code, complaint = tally(file)
    assert "\x1b" not in out + complaint
    assert "�[2JMend" in out
    change(file, '["R-7",1,["yes"]', '["R-7",1,["\\u001b[2J"]')
    assert "\x1b" not in tally(file)[2]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_of_the_docs_are_recounted(path):
    _out, code, complaint = tally(path)
    assert (code, complaint) == (0, "")
    found = read(path)
    assert found.vote.hashes is not None
    assert document(found.vote) == path.read_bytes()


def test_the_examples_show_what_the_docs_say():
    outcomes = {path.stem: read(path).vote.result.outcome for path in EXAMPLES}
    assert outcomes == {
        "council-24-of-37": "rejected", "council-25-of-37": "adopted", "owners-special": "rejected",
    }  # fmt: skip
    area, by_head = read(ROOT / "docs/examples/owners-special.json").vote.result.passes
    assert (area.met, by_head.met) == (False, True)  # it fails for area alone


def test_the_script_in_the_docs_recounts_the_examples(tmp_path):
    page = (ROOT / "docs/develop/vote-files.md").read_text("utf-8")
    script = tmp_path / "recount.py"
    script.write_text(page.split("```python\n")[1].split("```")[0], "utf-8")
    for path in EXAMPLES:
        ran = subprocess.run([sys.executable, "-I", script, path], capture_output=True, text=True, check=True)
        assert ran.stdout.strip().endswith("The file is right."), (path.name, ran.stdout, ran.stderr)


def test_the_command_runs_where_there_is_no_installation(file, tmp_path):
    command = [sys.executable, "-m", "mulin.config.cli", "tally", str(file)]
    environ = {"MULIN_DATA": str(tmp_path / "nothing"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environ)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert not list((tmp_path / "nothing").rglob("*.sqlite3*")) if (tmp_path / "nothing").exists() else True
