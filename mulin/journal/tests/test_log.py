"""Writing lines, proving them, and finding every way in which a log can be tampered with."""

from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mulin.journal import log, merkle, signing
from mulin.journal.log import prove_consistency, prove_inclusion, root, sign_head
from mulin.journal.merkle import TILE, check_consistency, check_inclusion, root_of
from mulin.journal.models import INSTALLATION, Detail, Head, Line, SignedHead, Tile
from mulin.journal.verify import verify

from .factories import NOON, drop_guards, grow, make_entry, make_log

pytestmark = pytest.mark.django_db


def problems(head, **how):
    return verify(head.pk, **how).problems


def rewrite(head, seq, **fields):
    """Change a line behind the back of the guards."""
    drop_guards()
    assert Line.objects.filter(community=head, seq=seq).update(**fields)


def test_a_new_installation_has_its_own_head():
    assert Head.objects.get(key=INSTALLATION).size == 0
    assert verify(INSTALLATION).ok


def test_a_log_that_nobody_touched_is_sound():
    head = grow(make_log(TILE + 30), 5, at_once=2)
    sign_head(head.pk, NOON)
    grow(head, TILE, at_once=300)
    sign_head(head.pk, NOON)
    report = verify(head.pk)
    assert report.ok, report.problems
    assert (report.size, report.erased, report.signed) == (2 * TILE + 35, 0, 2)
    assert Tile.objects.filter(community=head).count() == 2


def test_the_head_holds_the_root_over_its_lines():
    head = make_log(37, at_once=5)
    assert root(head) == root_of(log.leaves(head.pk, 0, 37))
    assert [line.seq for line in head.lines.order_by("seq")] == list(range(37))


@pytest.mark.parametrize("size", [1, 7, TILE - 1, TILE, TILE + 1, 2 * TILE + 3])
def test_every_line_can_be_proved(size):
    head = make_log(size)
    leaves = list(log.leaves(head.pk, 0, size))
    for seq in {0, size // 2, size - 1}:
        assert check_inclusion(leaves[seq], seq, size, prove_inclusion(head.pk, seq, size), root(head))
    for first in {1, size // 3, size - 1, size} - {0}:
        path = prove_consistency(head.pk, first, size)
        assert check_consistency(first, size, path, root_of(leaves[:first]), root(head))


def test_a_proof_reads_nodes_instead_of_lines(django_assert_max_num_queries, monkeypatch):
    head = make_log(3 * TILE)
    read = []
    plain = log.batches
    monkeypatch.setattr(log, "batches", lambda key, start, end: read.append(end - start) or plain(key, start, end))
    prove_inclusion(head.pk, 5, 3 * TILE)
    assert sum(read) < TILE


def test_a_changed_line_is_found():
    head = make_log(20)
    rewrite(head, 7, cleared='{"kind":"cases.other"}')
    assert problems(head) == ["The tree over the lines is not the one in the head: a line was changed."]


def test_a_changed_line_is_found_among_many_and_said_where():
    head = make_log(2 * TILE)
    rewrite(head, TILE + 3, cleared="{}")
    assert problems(head)[0] == "The node kept for lines 1024 to 2047 is not theirs: one of them was changed."


def test_a_missing_line_is_found_and_named():
    head = make_log(20)
    drop_guards()
    Line.objects.filter(community=head, seq=13).delete()
    assert "Line 13 is missing: the head counts 20 lines." in problems(head)


def test_a_cut_end_is_found():
    head = make_log(20)
    sign_head(head.pk, NOON)
    drop_guards()
    old = Head.objects.create(key=uuid4())
    Line.objects.filter(community=head, seq__gte=15).delete()
    shorter = merkle.Frontier()
    for item in log.leaves(head.pk, 0, 15):
        shorter.push(item)
    Head.objects.filter(pk=head.pk).update(size=15, frontier=shorter.pack())
    Detail.objects.filter(community=head, seq__gte=15).delete()
    assert problems(head) == ["A head was signed at 20 lines, but the log has 15: lines were lost."]
    assert problems(old) == []


def test_a_line_after_the_end_is_found():
    head = make_log(5)
    Line.objects.create(community=head, seq=5, commitment=b"x" * 32, cleared="{}")
    assert problems(head) == ["The head counts 5 lines, but there is a line 5."]


def test_a_line_in_anothers_place_is_found():
    head = make_log(4)
    one, other = Line.objects.filter(community=head, seq__in=(1, 2)).order_by("seq")
    rewrite(head, 1, commitment=bytes(other.commitment))
    rewrite(head, 2, commitment=bytes(one.commitment))
    assert "a line was changed" in problems(head, details=False)[0]


@pytest.mark.parametrize(
    "changed",
    [
        {"body": '{"words":"nothing happened"}'},
        {"actor": "person:someone-else"},
        {"verb": "withdraw"},
        {"noun_id": uuid4()},
        {"noun_kind": "cases.other"},
        {"at": NOON.replace(hour=5)},
        {"salt": b"0" * 16},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_changed_detail_is_found_and_named(changed):
    head = make_log(20)
    Detail.objects.filter(community=head, seq=4).update(**changed)
    assert problems(head) == ["The details of line 4 are not those it committed to."]
    assert problems(head, details=False) == []


def test_a_thousand_changed_details_are_counted():
    head = make_log(100)
    Detail.objects.filter(community=head).update(actor="guest")
    found = problems(head)
    assert len(found) == 21
    assert found[-1] == "So are the details of 80 more lines."


@pytest.mark.parametrize("size", [9, TILE, TILE + 9])
def test_a_rewritten_history_is_found_by_the_signed_head(size):
    """Whoever rewrites lines, nodes and head alike cannot sign."""
    head = make_log(size)
    sign_head(head.pk, NOON)
    drop_guards()
    Line.objects.filter(community=head).delete()
    Detail.objects.filter(community=head).delete()
    Tile.objects.filter(community=head).delete()
    Head.objects.filter(pk=head.pk).update(size=0, frontier=b"")
    grow(head, size + 5)
    assert problems(head) == [f"The head signed at {size} lines has another root: history was rewritten."]


def test_a_forged_signature_is_found():
    head = make_log(9)
    sign_head(head.pk, NOON)
    SignedHead.objects.filter(community=head).update(signature=b"\x01" * 64)
    assert problems(head) == ["The signature of the head at 9 lines is not this installation's."]


def test_a_signature_holds_for_one_log_size_root_and_time():
    head = make_log(3)
    signed = sign_head(head.pk, NOON)
    facts = (head.pk, 3, bytes(signed.root), NOON)
    public, signature = signing.public_key(), bytes(signed.signature)
    assert signing.check(public, signature, *facts)
    for other in (
        (uuid4(), *facts[1:]), (head.pk, 4, *facts[2:]), (*facts[:2], sha256().digest(), NOON),
        (*facts[:3], NOON.replace(hour=9)),
    ):  # fmt: skip
        assert not signing.check(public, signature, *other)


def test_a_head_is_signed_once_for_each_size():
    head = make_log(3)
    assert sign_head(head.pk, NOON).pk == sign_head(head.pk, NOON.replace(hour=9)).pk
    grow(head, 1)
    assert sign_head(head.pk, NOON).size == 4


def test_what_was_erased_is_counted_and_the_log_stays_sound():
    entry = make_entry(1)
    head = make_log(6)
    with transaction.atomic():
        log.append(head, [entry, replace(entry, verb="withdraw")])
        head.save()
    sign_head(head.pk, NOON)
    Detail.objects.filter(community=head.pk, noun_id=entry.noun_id).delete()
    report = verify(head.pk)
    assert report.ok
    assert (report.size, report.erased) == (8, 2)


def test_two_same_entries_have_different_commitments():
    """Without the salt nobody can guess what an erased line said."""
    head = make_log(0)
    entry = make_entry(1)
    log.append(head, [entry, entry])
    head.save()
    one, other = head.lines.values_list("commitment", flat=True)
    assert bytes(one) != bytes(other)


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_line SET cleared = '{}'", "DELETE FROM journal_line WHERE seq = 1"]
)
def test_the_database_refuses_to_change_a_line(statement):
    head = make_log(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify(head.pk).ok
