"""Ways: what ships can be gone, what cannot end is said, and whatever passes the check is lived through."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.kernel import clock
from mulin.kernel.refusals import Refused

from .. import actions, queries
from ..figures import There, budget_of, digest, phases, problems, shipped, step_of, steps_of, sum_of
from ..figures.closed import ACTORS, ACTORS_OF, BODY, EVIDENCE, EVIDENCE_OF, KINDS
from .walks import EVERYTHING, HANDS, Stage

ALL = There(
    bodies=frozenset({"council", "residents_committee", "residents_representatives"}),
    packs={"council-2/3": "seats", "residents-agree": "residents", "CN-RC-reps-meeting": "seats"},
    supervisors=True, officers=True,
)  # fmt: skip


@pytest.mark.parametrize("key", sorted(shipped()))
def test_what_ships_can_be_gone_where_the_bodies_are(key):
    assert problems(shipped()[key].steps, ALL) == []


def test_without_bodies_only_ways_without_them_are_offered(plain, town):
    assert set(queries.liveable(town.community)) == {"plain_five", "hands_in_a_grid"}


def wrong(*changes, there=ALL):
    rows = [dict(step) for step in EVERYTHING]
    for at, change in changes:
        rows[at] |= change
    return lambda: " ".join(problems(steps_of(rows), there))  # in the language of the test


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (wrong((1, {"actor": "body:owners_committee"})), "no such council or committee in office"),
        (wrong(there=There(bodies=ALL.bodies, packs=ALL.packs, officers=True)), "no supervision committee"),
        (wrong((0, {"days": 0})), "would never end"),
        (wrong((1, {"evidence": ()})), "nothing says when it is over"),
        (wrong((0, {"actor": "everyone"})), "everyone together cannot hand in"),
        (wrong((4, {"kind": "object", "actor": "supervisors", "rules": ""})), "Nothing is decided"),
        (wrong((4, {"rules": "half"})), "no such rules"),
        (wrong((4, {"rules": "residents-agree"})), "do not ask a council"),
        (wrong((4, {"actor": "everyone"})), "seats of a council"),
        (wrong((5, {"kind": "object", "actor": "supervisors", "evidence": ()})), "Nobody carries it out"),
        (wrong((6, {"kind": "consult"})), "without anybody's judgement"),
        (wrong((3, {"kind": "judge", "actor": "everyone"})), "judged more than once"),
        (wrong((3, {"kind": "carry_out", "actor": "carrier", "evidence": ("report",)})), "before all is decided"),
        (wrong((2, {"evidence": ("photos",)})), "cannot close a step"),
        (wrong((3, {"actor": "desk"})), "nothing to do in such a step"),
        (lambda: " ".join(problems((), ALL)), "at least one step"),
    ],
)
def test_a_way_that_cannot_be_gone_is_said_in_sentences(said, told):
    assert told in said()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "pray"}, "A step is one of"), ({"days": 3.5}, "whole days"), ({"days": 999}, "whole days"),
        ({"actor": "mayor"}, "Who acts"), ({"evidence": ["rumour"]}, "What closes"), ({"zh": " "}, "title"),
        ({"python": "os.system"}, "no field"), ({"days": True}, "whole days"),
    ],
)  # fmt: skip
def test_data_that_is_no_step_is_refused(change, told):
    with pytest.raises(ValueError, match=told):
        step_of({**HANDS[0], **change})


def test_each_step_belongs_to_one_of_five_phases():
    kinds = phases(shipped()["five_discussions"].steps)
    assert kinds == ["discuss", "discuss", "discuss", "decide", "decide", "do", "do", "judge"]


def test_the_hash_is_of_canonical_json_and_changes_with_a_day():
    steps = shipped()["plain_five"].steps
    other = steps_of([*[{"days": 9, "kind": "consult", "zh": "谈", "actor": "everyone"}], *HANDS[1:]])
    assert len(digest("plain_five", steps)) == 64
    assert digest("plain_five", steps) != digest("plain_five", other)


def test_budgets_are_read_line_by_line_in_whole_fen():
    rows = budget_of("Wood 12,000.5\n\n屋顶：6000元")
    assert rows == [{"what": "Wood", "fen": 1_200_050}, {"what": "屋顶", "fen": 600_000}]
    assert sum_of(rows) == 1_800_050
    for text in ("Wood", "Wood 1.234", "Wood " + "9" * 20):
        with pytest.raises(ValueError, match="Line 1"):
            budget_of(text)


def test_a_community_changes_its_own_copy_and_nobody_else_may(plain, town):
    with pytest.raises(Refused, match="sets up"):
        actions.copy_template(by=town.resident, community=town.community, key="plain_five")
    own = actions.copy_template(by=town.worker, community=town.community, key="plain_five")
    own = actions.add_step(own, by=town.worker, step={**HANDS[0], "days": 1})
    own = actions.move_step(own, by=town.worker, at=len(own.steps) - 1, up=True)
    assert own.steps[-2]["zh"] == "谈"
    assert "carried out" not in " ".join(problems(own.plan.steps, queries.there(town.community)))
    own = actions.remove_step(own, by=town.worker, at=2)
    assert "Nothing is decided" in " ".join(problems(own.plan.steps, queries.there(town.community)))
    assert "plain_five" not in queries.liveable(town.community)
    actions.retire(own, by=town.worker)
    assert "plain_five" not in queries.plans(town.community)


def a_step(kind):
    actors = [key for key in ACTORS if key in ACTORS_OF[kind]] + ["body:council"] * (BODY in ACTORS_OF[kind])
    evidence = [key for key in EVIDENCE if key in EVIDENCE_OF[kind]]
    rules = st.sampled_from(["hands", "council-2/3", "body"]) if kind == "vote" else st.just("")
    return st.fixed_dictionaries({
        "kind": st.just(kind), "zh": st.just("步"), "en": st.just(kind), "actor": st.sampled_from(actors),
        "days": st.integers(0, 4),
        "evidence": st.lists(st.sampled_from(evidence), unique=True, max_size=2) if evidence else st.just([]),
        "rules": rules,
    })  # fmt: skip


any_step = st.sampled_from(sorted(set(KINDS) - {"judge"})).flatmap(a_step)
any_way = st.tuples(
    st.lists(st.sampled_from(["consult", "publish", "meet", "object"]).flatmap(a_step), max_size=2), a_step("vote"),
    st.lists(st.sampled_from(["publish", "object"]).flatmap(a_step), max_size=1), a_step("carry_out"), a_step("judge"),
).map(lambda parts: [*parts[0], parts[1], *parts[2], parts[3], parts[4]])  # fmt: skip


@given(rows=st.lists(any_step, max_size=6))
def test_the_check_takes_any_steps_and_says_sentences(rows):
    assert all(said.endswith(".") for said in problems(steps_of(rows), ALL))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=any_way)
def test_whatever_passes_the_check_is_lived_through_to_its_judgement(town, rows):
    clock.reset()
    with transaction.atomic():
        stage = Stage(town)
        stage.mandate()
        if problems(steps_of(rows), queries.there(town.community)):
            with pytest.raises(Refused, match="not come to its end"):
                stage.sent(rows)
        else:
            assert stage.to_end(stage.under_way(rows)).state == "judged"
        transaction.set_rollback(True)
