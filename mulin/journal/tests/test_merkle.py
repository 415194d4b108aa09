"""Trees and proofs against a naive recursive tree, whose nodes are those of RFC 9162 §2.1.1."""

import string
from hashlib import sha256

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mulin.journal import merkle
from mulin.journal.merkle import (
    EMPTY,
    TILE,
    Frontier,
    canonical,
    check_consistency,
    check_inclusion,
    commit,
    consistency,
    hash_lines,
    inclusion,
    leaf,
    root_of,
)

SIZES = st.integers(0, 200)
LEAVES = [sha256(b"\x00" + bytes([number])).digest() for number in range(256)]
# The eight leaves of the Certificate Transparency project, and the roots of their trees of 1, 2, … 8.
RFC_LEAVES = [
    b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]  # fmt: skip
RFC_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive(leaves):
    """RFC 9162 §2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


def span(start, end):
    return naive(LEAVES[start:end])


def grow(leaves):
    frontier = Frontier()
    for item in leaves:
        frontier.push(item)
    return frontier


@pytest.mark.parametrize("size", range(1, 9))
def test_the_tree_is_that_of_the_rfc(size):
    leaves = [sha256(b"\x00" + data).digest() for data in RFC_LEAVES[:size]]
    assert naive(leaves).hex() == grow(leaves).root().hex() == root_of(leaves).hex() == RFC_ROOTS[size - 1]


def test_a_proof_is_that_of_the_rfc():
    leaves = [sha256(b"\x00" + data).digest() for data in RFC_LEAVES]
    path = inclusion(5, 0, 8, lambda start, end: naive(leaves[start:end]))
    assert [step.hex()[:8] for step in path] == ["bc1a0643", "ca854ea1", "d37ee418"]
    path = consistency(6, 8, lambda start, end: naive(leaves[start:end]))
    assert [step.hex()[:8] for step in path] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@given(size=SIZES)
def test_a_growing_tree_has_the_root_of_the_whole(size):
    frontier = grow(LEAVES[:size])
    assert frontier.root() == root_of(LEAVES[:size]) == naive(LEAVES[:size])
    assert Frontier.unpack(size, frontier.pack()).root() == frontier.root()
    assert len(frontier.hashes) == size.bit_count()


def test_an_empty_tree_has_the_hash_of_nothing():
    assert Frontier().root() == root_of([]) == EMPTY == naive([])


@given(size=SIZES, height=st.integers(1, 4))
def test_whole_tiles_come_out_once_and_go_in_as_one(size, height):
    before, merkle._TILE_HEIGHT = merkle._TILE_HEIGHT, height
    try:
        frontier = Frontier()
        tiles = [tile for item in LEAVES[:size] if (tile := frontier.push(item))]
    finally:
        merkle._TILE_HEIGHT = before
    width = 1 << height
    assert tiles == [naive(LEAVES[start : start + width]) for start in range(0, size - width + 1, width)]
    quick = Frontier()
    for number, whole in enumerate(tiles, 1):
        quick.push(whole, height)
        assert quick.size == number * width
    for item in LEAVES[len(tiles) * width : size]:
        quick.push(item)
    assert (quick.size, quick.root()) == (size, frontier.root())


def test_a_tile_is_a_whole_subtree():
    assert TILE.bit_count() == 1


@given(data=st.data(), size=st.integers(1, 200))
def test_every_leaf_is_proved_and_no_other(data, size):
    index = data.draw(st.integers(0, size - 1))
    path, root = inclusion(index, 0, size, span), naive(LEAVES[:size])
    assert check_inclusion(LEAVES[index], index, size, path, root)
    other = data.draw(st.integers(0, 255).filter(lambda number: number != index))
    assert not check_inclusion(LEAVES[other], index, size, path, root)
    assert not check_inclusion(LEAVES[index], other, size, path, root)
    assert not check_inclusion(LEAVES[index], index, size, path, LEAVES[0] if size > 1 else LEAVES[255])
    assert not check_inclusion(LEAVES[index], index, size, [*path, LEAVES[0]], root)
    if path:
        assert not check_inclusion(LEAVES[index], index, size, path[:-1], root)
        assert not check_inclusion(LEAVES[index], index, size, broken(data, path), root)


@given(data=st.data(), second=SIZES)
def test_a_log_that_only_grew_is_proved_and_no_other(data, second):
    first = data.draw(st.integers(0, second))
    path, old, new = consistency(first, second, span), naive(LEAVES[:first]), naive(LEAVES[:second])
    assert check_consistency(first, second, path, old, new)
    assert not check_consistency(first, second, [*path, LEAVES[0]], old, new)
    if first > 0:
        assert not check_consistency(first, second, path, LEAVES[255], new)
        assert not check_consistency(first, second, path, old, LEAVES[255])
    if path:
        assert not check_consistency(first, second, path[1:], old, new)
        assert not check_consistency(first, second, broken(data, path), old, new)


def test_a_log_never_shrinks():
    assert not check_consistency(4, 2, [], LEAVES[0], LEAVES[0])


@given(data=st.data(), second=st.integers(2, 200))
def test_a_rewritten_history_has_no_proof(data, second):
    first = data.draw(st.integers(1, second - 1))
    changed = data.draw(st.integers(0, first - 1))
    rewritten = [LEAVES[255] if number == changed else item for number, item in enumerate(LEAVES)]
    path = consistency(first, second, lambda start, end: naive(rewritten[start:end]))
    assert not check_consistency(first, second, path, naive(LEAVES[:first]), naive(rewritten[:second]))


def broken(data, path):
    at = data.draw(st.integers(0, len(path) - 1))
    return [sha256(step).digest() if number == at else step for number, step in enumerate(path)]


KEYS = st.text(string.ascii_letters + string.digits + "_.", max_size=8)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(value=JSON)
def test_json_is_written_as_rfc_8785_says(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.0, float("nan"), 2**53, b"x", {"名": 1}, {1: 1}, [{"a": [0.5]}], object()])
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(TypeError, match="canonical"):
        canonical(value)


def test_a_leaf_hashes_each_part_with_its_length():
    commitment = commit(b"s" * 16, b"body")
    assert commitment == sha256(b"\0\0\0\x10" + b"s" * 16 + b"\0\0\0\x04" + b"body").digest()
    expected = b"\0" + b"\0\0\0\x08" + b"\0" * 7 + b"\x07" + b"\0\0\0\x20" + commitment + b"\0\0\0\x02" + b"{}"
    assert leaf(7, commitment, b"{}") == sha256(expected).digest()


@given(rows=st.lists(st.tuples(st.integers(0, 2**63), st.binary(min_size=32, max_size=32), TEXTS), max_size=5))
def test_many_lines_are_hashed_as_one_is(rows):
    assert hash_lines(rows) == [leaf(seq, commitment, cleared.encode()) for seq, commitment, cleared in rows]
