"""Files of votes: hashes, layout, and everything that can be wrong with one."""

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest
import rfc8785
from hypothesis import given

from mulin.tally.ballots import Ballot, Hands, Question
from mulin.tally.files import differences, document, hashes_of, recount
from mulin.tally.hashes import ballots_hash, canonical, question_hash, roll_hash, rules_hash
from mulin.tally.malformed import Malformed
from mulin.tally.reading import load, read
from mulin.tally.roll import Entry, Roll
from mulin.tally.words import words

from .made import NO, ORDINARY, REPS, YES, areas, heads, replace, rules, say, vote
from .test_edges import votes


def whole(**more):
    """A vote with its result and hashes, as it is published."""
    one = vote(**more)
    return replace(one, result=recount(one), hashes=hashes_of(one))


def plain(data):
    """Hash plain data as the page of the format says, by another program."""
    return hashlib.sha256(rfc8785.dumps(data)).hexdigest()


@given(votes())
def test_hashes_are_those_of_canonical_json_whatever_the_order(made):
    roll, ballots = made
    one = vote(ORDINARY, roll, ballots, present=None)
    said = json.loads(canonical(one))
    said["roll"]["entries"].sort()
    said["ballots"].sort(key=lambda row: row[:2])
    returned = {name: said[name] for name in ("ballots", "present", "hands", "unreached", "lot")}
    found = hashes_of(one)
    assert found.roll == plain(said["roll"]) == roll_hash(Roll(roll.entries[::-1]))
    assert found.ballots == plain(returned) == ballots_hash(ballots[::-1])
    assert found.rules == plain(said["rules"]) == rules_hash(one.rules)
    assert found.question == plain(said["question"]) == question_hash(one.question)


def test_what_else_is_needed_to_count_is_hashed_with_the_ballots():
    plain_one = ballots_hash(say(YES))
    hands = Hands(yes=1, no=0, abstain=0, present=1)
    others = [
        ballots_hash(say(NO)), ballots_hash(say(YES), present=1), ballots_hash(say(YES), present=["R-1"]),
        ballots_hash(say(YES), hands=hands), ballots_hash(say(YES), unreached=["R-2"]), ballots_hash(say(YES), lot="7"),
    ]  # fmt: skip
    assert len({plain_one, *others}) == 7
    assert ballots_hash([], present=["R-2", "R-1"]) == ballots_hash([], present={"R-1", "R-2"})
    assert ballots_hash([], unreached=["R-2", "R-1"]) == ballots_hash([], unreached=["R-1", "R-2"])


def test_words_of_people_are_hashed_as_rfc_8785_writes_them():
    one = Question("V-1", "修 “屋顶” \u0007\u2028 / \\ é 😀")
    assert canonical(one) == rfc8785.dumps(msgspec.to_builtins(one))


@given(votes())
def test_what_is_written_is_read_again(made):
    roll, ballots = made
    one = whole(by=ORDINARY, roll=roll, ballots=ballots)
    back = load(document(one)).vote
    assert back.result == one.result == recount(back)
    assert (hashes_of(back), document(back)) == (one.hashes, document(one))


def test_each_row_has_a_line():
    lines = document(vote(roll=heads(3, 5))).decode().splitlines()
    assert lines.count('["R-2",1,0,0],') == 1
    assert lines.count('["R-3",1,["no"],true,"web",""]') == 1
    assert '"seats":5,' in lines


def test_a_file_may_be_set_otherwise():
    one = whole()
    data = json.loads(document(one))
    data["ballots"].reverse()
    for text in (json.dumps(data), json.dumps(data, indent=4), json.dumps(dict(reversed(data.items())))):
        assert load(text.encode()).vote.hashes == one.hashes
        assert hashes_of(load(b"\xef\xbb\xbf" + text.encode()).vote) == one.hashes


@pytest.mark.parametrize("name", ["present", "hands", "unreached", "lot", "hashes", "result"])
def test_what_is_nothing_may_be_left_out(name):
    data = json.loads(document(vote()))
    del data[name]
    assert load(json.dumps(data).encode()).vote == load(document(vote())).vote


def broken(change, one=None):
    """Read a file in which this was replaced: what is refused, in which line, and the line's text."""
    text = document(one or whole()).decode()
    old, new = change
    assert old in text, text
    return refused(text.replace(old, new, 1).encode(), act=recount)


def refused(raw, act=None):
    """Read what cannot be read, or counted: code, line, and what stands there."""
    with pytest.raises(Malformed) as caught:
        load(raw).located(act)
    wrong = caught.value
    assert wrong.said("zh") != wrong.said("en")
    assert "{" not in wrong.said("en")
    lines = raw.decode("utf-8", "replace").split("\n")
    return wrong.code, lines[wrong.line - 1].strip()


ROW = '["R-2",1,0,0]'


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ((ROW, '["R-2",1,0,-1]'), "file_value", '["R-2",1,0,-1],'),
        ((ROW, '["R-2",1.0,0,0]'), "file_type", '["R-2",1.0,0,0],'),
        ((ROW, '["R-2",true,0,0]'), "file_type", '["R-2",true,0,0],'),
        ((ROW, '["R-2","1",0,0]'), "file_type", '["R-2","1",0,0],'),
        ((ROW, '["R-2",NaN,0,0]'), "file_json", '["R-2",NaN,0,0],'),
        ((ROW, '["R-2",Infinity,0,0]'), "file_json", '["R-2",Infinity,0,0],'),
        ((ROW, '["R-2",1e400,0,0]'), "file_value", '["R-2",1e400,0,0],'),
        ((ROW, '["R-2",' + "9" * 400 + ",0,0]"), "file_value", '["R-2",' + "9" * 400 + ",0,0],"),
        ((ROW, '["R-2",' + "9" * 9000 + ",0,0]"), "file_value", '["R-2",' + "9" * 9000 + ",0,0],"),
        ((ROW, '["R-2",10000000001,0,0]'), "file_value", '["R-2",10000000001,0,0],'),
        ((ROW, '["R-2",1,0]'), "file_short", '["R-2",1,0],'),
        ((ROW, '["R-2"]'), "file_short", '["R-2"],'),
        ((ROW, "[]"), "file_value", "[],"),
        ((ROW, '["R-2",1,0,0,0]'), "file_long", '["R-2",1,0,0,0],'),
        (('["R-2",1,["yes"],true,"web",""]', '["R-2",1,["yes"],true,"web","",1]'), "file_long",
         '["R-2",1,["yes"],true,"web","",1],'),
        ((ROW, "[" * 5000 + "]" * 5000), "file_type", "[" * 5000 + "]" * 5000 + ","),
        ((ROW, '["R-1",1,0,0]'), "roll_double", '["R-1",1,0,0],'),
        ((ROW, '["户",1,0,0]'), "roll_key", '["户",1,0,0],'),
        ((ROW, '["R-2",0,0,0]'), "roll_heads", '["R-2",0,0,0],'),
        (('["R-2",1,["yes"]', '["R-9",1,["yes"]'), "ballot_stranger", '["R-9",1,["yes"],true,"web",""],'),
        (('["R-2",1,["yes"]', '["R-2",0,["yes"]'), "file_value", '["R-2",0,["yes"],true,"web",""],'),
        (('["R-2",1,["yes"]', '["R-2",1,["perhaps"]'), "ballot_option", '["R-2",1,["perhaps"],true,"web",""],'),
        (('["R-2",1,["yes"]', '["R-2",1,"yes"'), "file_type", '["R-2",1,"yes",true,"web",""],'),
        (('["R-2",1,["yes"],true,"web"', '["R-2",1,["yes"],true,"fax"'), "file_value",
         '["R-2",1,["yes"],true,"fax",""],'),
        (('"lot":""', '"lot":"","lot":""'), "file_twice", '"lot":"","lot":"",'),
        (('"lot":""', '"lots":""'), "file_unknown", '"lots":"",'),
        (('"present":null', '"present":[["R-1"]]'), "file_type", '"present":[["R-1"]],'),
        (('"present":null', '"present":["R-9"]'), "present_stranger", '"present":["R-9"],'),
        (('"present":null', '"present":1.5'), "file_type", '"present":1.5,'),
        (('"unreached":[]', '"unreached":["R-1"]'), "unreached_returned", '"unreached":["R-1"],'),
        (('"num": 2', '"num": 67'), "test_fraction", '"num": 67,'),
        (('"num": 2', '"num": 0.6667'), "file_type", '"num": 0.6667,'),
        (('"notice_days": 3', '"notice_days": 999'), "rules_days", '"notice_days": 999,'),
        (('"electorate": "seats"', '"electorate": "cats"'), "file_value", '"electorate": "cats",'),
        (('"mulin-vote/1"', '"mulin-vote/2"'), "file_format", '"format":"mulin-vote/2",'),
        (('"mulin-vote/1"', "7"), "file_format", '"format":7,'),
        (('"seats":null,', ""), "file_lacking", '"roll":{'),
        (('"follow": false,', ""), "file_lacking", '"rules":{'),
        (('"majority": "",', ""), "file_lacking", '"result":{'),
        (('"outcome": "adopted"', '"outcome": "fine"'), "file_value", '"outcome": "fine",'),
        (('"yes": 2', '"yes": 99999999999999999999'), "file_value", '"yes": 99999999999999999999'),
        (('"title": "Mend', '"title": "\\ud800Mend'), "file_json", '"title": "\\ud800Mend the gate"'),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_is_wrong_has_its_line(change, code, line):
    assert broken(change) == (code, line)


def test_a_title_has_an_end():
    assert broken(("Mend the gate", "x" * 301))[0] == "file_value"


def test_a_file_that_ends_early_says_so_at_its_end():
    raw = document(whole())
    assert refused(raw[:400])[0] == "file_truncated"
    assert refused(b"") == ("file_truncated", "")
    assert refused(b"\n\n") == ("file_truncated", "")
    assert refused(raw + b"x")[0] == "file_json"


@pytest.mark.parametrize("raw", [b"7", b"null", b'"x"', b"[]", b"[1,2]"])
def test_another_kind_of_json_is_no_file_of_a_vote(raw):
    assert refused(raw)[0] == "file_type"


def test_an_empty_object_lacks_what_it_lacks():
    assert refused(b"{}") == ("file_lacking", "{}")


def test_words_that_are_not_utf_8_have_a_line():
    raw = document(whole()).replace(b"Mend the gate", "修门".encode("gb18030"))
    code, line = refused(raw)
    assert code == "file_encoding"
    assert line.startswith('"title"')
    assert refused("{}".encode("utf-16"))[0] == "file_encoding"
    # where the type is wrong as well, what cannot be read comes first
    assert refused(b'{"format": 7, "lot": "\xff"}')[0] == "file_encoding"


def test_a_file_that_is_nested_too_deeply_is_refused():
    result = document(whole()).decode().split('"result":')[1].rsplit("}", 1)[0]
    deep = result.replace('"without_silence": null', '"without_silence": ' * 1, 1)
    head, tail = deep.rsplit('"without_silence": ', 1)
    nested = (head + '"without_silence": ') * 2000 + "null" + tail * 2000
    raw = document(whole()).decode().replace(result, nested, 1).encode()
    assert refused(raw)[0] == "file_deep"


def test_the_key_that_is_there_twice_is_found_where_it_is():
    raw = b'{\n"a": {"b": [{"c": 1}, {"c": "\\"{"}]},\n"d": 1,\n"a": 2}'
    assert refused(raw)[0] == "file_unknown"
    text = document(whole()).decode().replace('"challenge_days": 7', '"challenge_days": 8,\n "challenge_days": 7')
    assert refused(text.encode()) == ("file_twice", '"challenge_days": 7,')
    text = document(whole()).decode().replace('"title": ', '"titl\\u0065": "x",\n "title": ')
    assert refused(text.encode())[0] == "file_twice"


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("mulin.tally.reading.MOST_MB", 1)
    file = tmp_path / "vote.json"
    file.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(Malformed) as caught:
        read(file)
    assert (caught.value.code, caught.value.line) == ("file_size", 0)
    file.write_bytes(b" " * 2**20)
    with pytest.raises(Malformed) as caught:
        read(file)
    assert caught.value.code == "file_truncated"


def test_a_file_that_is_not_there_is_said(tmp_path):
    for file in (tmp_path / "none.json", tmp_path):
        with pytest.raises(Malformed) as caught:
            read(file)
        assert (caught.value.code, caught.value.line) == ("file_missing", 0)


def test_differences_are_named():
    said = {"a": 1, "b": [{"c": 1}, {"c": 2}], "d": [1], "e": None}
    found = {"a": 2, "b": [{"c": 1}, {"c": 3}], "d": [1, 2], "f": 1}
    assert list(differences(said, found)) == [
        ("a", 1, 2), ("b[1].c", 2, 3), ("d", [1], [1, 2]), ("f", None, 1)
    ]  # fmt: skip
    assert list(differences(said, said)) == []


def test_a_recount_takes_all_that_is_in_the_file():
    one = vote(REPS, heads(5), [], hands=Hands(yes=3, no=1, abstain=0, present=4))
    assert recount(load(document(one)).vote).outcome == "adopted"
    one = vote(REPS, heads(3), say(YES, YES), present=("R-1", "R-2"))
    assert recount(load(document(one)).vote).totals[0].present == 2
    silent = rules(silence="with_majority", passes=ORDINARY.passes[1:])
    one = vote(silent, heads(9), say(YES), unreached=("R-9", "R-8"))
    assert recount(load(document(one)).vote).totals[0].silent_joined == 6


def test_no_sentence_about_files_is_left_untried():
    tried = Path(__file__).read_text("utf-8")
    assert [code for code in words() if code.startswith("file_") and code not in tried] == []


def test_a_quarter_of_a_million_are_counted():
    many = 250_000
    roll = Roll(tuple(Entry(f"R-{at:06}", 1, 9000 + at % 500) for at in range(many)))
    ballots = tuple(Ballot(f"R-{at:06}", 1, YES if at % 3 else NO) for at in range(many))
    one = load(document(vote(ORDINARY, roll, ballots)))
    assert one.located(recount).totals[0].yes == 166_666


def test_a_row_is_found_in_a_long_file_too():
    text = document(vote(ORDINARY, areas(*range(1, 3001)), [])).decode().replace('["R-2999",1,', '["R-2999",1.5,')
    code, line = refused(text.encode())
    assert (code, re.sub(r"\s", "", line)) == ("file_type", '["R-2999",1.5,2999,0],')
