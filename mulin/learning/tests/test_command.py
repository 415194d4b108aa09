"""`mulin learn` teaches, measures, and says in a sentence what stops it."""

import json

import pytest
from django.core.management import CommandError, call_command

from mulin.learning.models import Lesson

from .lessons import settled

ROWS = [
    ("路灯不亮", "lamp"), ("楼道灯坏了", "lamp"), ("灯又坏了", "lamp"), ("下水道堵了", "water"),
    ("水管漏水", "water"), ("管道漏水了", "water"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "texts.csv"

    def write(content):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def table(rows=ROWS, head="text,label"):
    return "\n".join([head, *(f'"{text}",{label}' for text, label in rows)])


def stops(*args):
    with pytest.raises(CommandError) as stopped:
        call_command("learn", *args)
    return stopped.value.returncode, str(stopped.value)


def test_a_file_is_measured_beside_what_is_simpler(file, capsys):
    call_command("learn", "--evaluate", file(table(ROWS * 3)), "--folds", "3", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["labels"], said["folds"], said["left_out"]) == (18, 2, 3, 0)
    assert said["macro_f1"] > said["baselines"]["most_frequent"]["macro_f1"]
    assert "character_ngrams" in said["baselines"]
    assert [each["label"] for each in said["per_label"]] == ["lamp", "water"]


def test_to_measure_again_gives_the_same(file, capsys):
    path = file(table(ROWS * 3))
    answers = []
    for _time in range(2):
        call_command("learn", "--evaluate", path, "--folds", "3", "--json")
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_people_read_a_table(file, capsys):
    call_command("learn", "--evaluate", file(table(ROWS * 3)), "--folds", "3")
    said = capsys.readouterr().out
    assert "macro-F1" in said
    assert "most frequent label" in said


def test_rows_without_text_or_label_are_counted_and_left_out(file, capsys):
    rows = [*ROWS, ("", "lamp"), ("灯", ""), ("😀" * 1000, "lamp"), ("x" * 100_000, "water")]
    call_command("learn", "--evaluate", file(table(rows)), "--folds", "2", "--json")
    assert json.loads(capsys.readouterr().out)["left_out"] == 2


def test_a_file_from_excel_in_china_is_read(file, capsys):
    call_command("learn", "--evaluate", file(table().encode("gb18030")), "--folds", "2", "--json")
    assert json.loads(capsys.readouterr().out)["rows"] == 6


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "must name the columns text and label. Missing: text, label"),
        ("text,kind\na,b\n", "Missing: label"),
        ("text,label\n", "No row has both"),
        ("text,label\n,\n", "No row has both"),
        (table(ROWS[:3]), "All rows have the same label"),
        (table([*ROWS, ("电梯坏了", "lift")]), "fewer rows than folds (2): lift (1)"),
        (b"\xff\xfe\x00\xd8\x80\x80" * 9, "neither in UTF-8 nor in GB 18030"),
    ],
)
def test_a_file_that_cannot_be_measured_says_why_and_ends_with_two(file, content, says):
    code, said = stops("--evaluate", file(content), "--folds", "2")
    assert code == 2
    assert says in said


def test_a_file_that_is_not_there_ends_with_two(tmp_path):
    assert stops("--evaluate", str(tmp_path / "none.csv"))[0] == 2
    assert stops("--evaluate", str(tmp_path))[0] == 2


def test_one_fold_is_refused(file):
    assert stops("--evaluate", file(table()), "--folds", "1") == (
        2,
        "Take at least two folds: one is learnt from, the other tried.",
    )


def test_it_learns_and_the_same_cases_teach_nothing_new(town, capsys):
    settled(town)
    call_command("learn", "--community", "baocui", "--json")
    first = json.loads(capsys.readouterr().out)["items"][0]
    assert (first["is_new"], first["cases"]) == (True, 12)
    body = bytes(Lesson.objects.get().body)
    call_command("learn")
    assert "nothing new in 12 cases" in capsys.readouterr().out
    assert bytes(Lesson.objects.get().body) == body


def test_too_few_cases_say_so(town, capsys):
    call_command("learn", "--community", "baocui")
    assert "0 cases are too few" in capsys.readouterr().out


def test_an_unknown_community_is_named(town):
    assert stops("--community", "nowhere") == (1, "There is no community nowhere. Found it first: mulin found.")


def test_ctrl_c_leaves_what_was_learnt(town, monkeypatch):
    settled(town)
    monkeypatch.setattr("mulin.learning.figures.linear._fit", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
    code, said = stops("--community", "baocui")
    assert code == 130
    assert "What was learnt before stays" in said
    assert not Lesson.objects.exists()
