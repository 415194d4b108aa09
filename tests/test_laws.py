"""The laws of the design that hold for every table and every action. Each test names its law."""

import ast
import json
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from mulin.cases import actions
from mulin.cases.models import Case, Part
from mulin.cases.tests.factories import make_town
from mulin.journal.models import Detail, Head, Line
from mulin.journal.verify import verify
from mulin.kernel import clock
from mulin.kernel.checks import every_field_has_a_class
from mulin.kernel.engine import writing
from mulin.kernel.ids import uuid7
from mulin.kernel.models import Link, NounQuerySet, TenantModel, WroteOutsideAction, nouns
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer

pytestmark = pytest.mark.usefixtures("english")
ROOT = Path(__file__).parents[1]
OURS = [model for model in apps.get_models() if model.__module__.startswith("mulin.")]
TENANTS = [model for model in OURS if issubclass(model, TenantModel)]
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
every_tenant = pytest.mark.parametrize("model", TENANTS, ids=lambda model: model._meta.label)
every_noun = pytest.mark.parametrize("model", nouns(), ids=lambda model: model._meta.label)


def lines_of(community):
    return Line.objects.filter(community=community.pk).count()


# Law 1: only actions write nouns.


@every_noun
def test_a_noun_is_not_written_outside_actions(model):
    rows = model._default_manager.all()
    assert isinstance(rows, NounQuerySet)
    for write in (
        model().save, model().delete, lambda: rows.update(version=2), rows.delete, lambda: rows.create(),
        lambda: rows.bulk_create([model()]), lambda: rows.bulk_update([model()], ["version"]),
    ):  # fmt: skip
        with pytest.raises(WroteOutsideAction):
            write()


def test_after_an_action_the_door_is_shut_again(town):
    case = town.report()
    with pytest.raises(Refused):
        actions.accept(case, by=town.neighbour)
    with pytest.raises(WroteOutsideAction):
        case.save()


# Law 2: one order, one lock.


def test_an_action_locks_the_head_before_it_reads_the_noun(town):
    case = town.report()
    with CaptureQueriesContext(connection) as asked:
        actions.accept(case, by=town.officer)
    tables = [re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', query["sql"]) for query in asked]
    touched = [found[1] for found in tables if found]
    assert touched[:2] == ["journal_head", "cases_case"]
    lock = next(query["sql"] for query in asked if "journal_head" in query["sql"])
    assert "ORDER BY" in lock
    assert ("FOR UPDATE" in lock) == connection.features.has_select_for_update


def test_an_action_reads_the_noun_again(town):
    case = town.report()
    stale = Case.objects.get(pk=case.pk)
    actions.accept(case, by=town.officer)
    with pytest.raises(Refused, match="stands at"):
        actions.accept(stale, by=town.officer)


def test_heads_are_locked_in_key_order(db):
    heads = [Head.objects.create(key=uuid7()) for _ in range(3)]
    with CaptureQueriesContext(connection) as asked, writing(heads[2].key, heads[0].key, heads[1].key):
        pass
    lock = next(query["sql"] for query in asked if "journal_head" in query["sql"])
    positions = [lock.replace("-", "").index(head.key.hex) for head in heads]
    assert positions == sorted(positions)
    assert re.search(r'ORDER BY "journal_head"\."key" ASC', lock)


def test_nested_actions_are_one_turn(town):
    case, before = town.report(), lines_of(town.community)
    with writing(town.community.pk):
        actions.accept(case, by=town.officer)
        actions.note(case, by=town.officer, words="on the way")
        assert lines_of(town.community) == before
    assert lines_of(town.community) == before + 2
    assert verify(town.community.pk).ok


def test_a_refusal_inside_ends_the_whole_turn(town):
    case, before = town.report(), lines_of(town.community)

    def swallow():
        with writing(town.community.pk):
            actions.accept(case, by=town.officer)
            with suppress(Refused):
                actions.accept(case, by=town.neighbour)

    with pytest.raises(RuntimeError, match="swallowed"):
        swallow()
    case.refresh_from_db()
    assert (case.state, lines_of(town.community)) == ("assigned", before)
    assert verify(town.community.pk).ok


def test_a_turn_names_all_its_communities_first(town):
    other = Head.objects.create(key=uuid7())
    with pytest.raises(RuntimeError, match="outermost"), writing(town.community.pk), writing(other.key):
        pass


# Law 3: one community is one tenant.


@every_tenant
def test_what_is_unique_is_unique_within_a_community(model):
    for constraint in model._meta.total_unique_constraints + [
        rule for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)
    ]:
        assert "community" in constraint.fields, f"{constraint.name}: begin it with community."
    single = [field.name for field in model._meta.local_fields if field.unique and not field.primary_key]
    assert not single, f"Make {single} unique together with community."
    assert all("community" in group for group in model._meta.unique_together)


def test_the_community_of_a_row_never_changes(town):
    other = make_town("other")
    link = Link.objects.create(
        community=town.community, source_kind="a", source_id=uuid7(), target_kind="b", target_id=uuid7(), kind="origin"
    )
    with CaptureQueriesContext(connection) as asked:
        link.save()
    update = asked[0]["sql"]
    assert "community_id" not in update.split("WHERE")[0]
    assert "community_id" in update.split("WHERE")[1]
    link.community = other.community
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()
    assert Link.objects.get(pk=link.pk).community_id == town.community.pk


def test_no_code_updates_a_community():
    for path in (ROOT / "mulin").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"update", "bulk_update"}:
                names = {keyword.arg for keyword in node.keywords}
                assert not names & {"community", "community_id"}, f"{path.name}:{node.lineno}: open it there anew."


# Law 4: ids are UUIDv7.


@every_model
def test_no_table_counts_its_rows(model):
    key = model._meta.pk
    assert not isinstance(key, models.AutoField), "Give it an id from uuid7()."
    if issubclass(model, TenantModel):
        assert key.default is uuid7


def test_ids_are_unique_and_sort_by_time():
    ids = [uuid7() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {(key.version, key.variant) for key in ids} == {(7, "specified in RFC 4122")}


# Law 5: foreign keys are real.


@every_model
def test_every_reference_is_a_real_one(model):
    for field in model._meta.local_fields:
        if field.is_relation:
            assert field.db_constraint, f"{field.name} points nowhere for the database."
            assert field.remote_field.on_delete in (models.PROTECT, models.CASCADE)


def test_the_database_keeps_references(town):
    case = town.report()
    Part.objects.create(community=town.community, case=case, person_id=uuid7(), role="joined", started_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    Part.objects.all().delete()
    connection.check_constraints()


def test_a_row_of_another_community_is_refused(town):
    case, other = town.report(), make_town("other")
    for foreign in (other.desk_post, other.officer_post):
        with pytest.raises(Refused, match="another community"):
            actions.assign(case, by=town.worker, post=foreign)
    case.refresh_from_db()
    assert case.post_id == town.officer_post.pk


# Law 7: the journal tells nobody's life.


def test_a_public_move_is_cleared_and_says_nothing_about_people(town):
    case = actions.accept(town.report(), by=town.officer)
    actions.note(case, by=town.officer, words="secret words")
    *_, accept, note = (
        json.loads(row.cleared) for row in Line.objects.filter(community=town.community.pk).order_by("seq")
    )
    assert accept == {
        "at": accept["at"], "noun": f"cases.case:{case.pk}", "to": "in_hand", "verb": "accept",
    }  # fmt: skip
    assert len(accept["at"]) == len("2026-03-02T04:00+00:00")
    assert note == {"kind": "cases.case"}


def test_a_confidential_noun_is_only_counted(town):
    before = lines_of(town.community)
    actions.accept(town.report(disclosure="confidential"), by=town.officer)
    cleared = Line.objects.filter(community=town.community.pk, seq__gte=before).values_list("cleared", flat=True)
    assert list(cleared) == ['{"kind":"cases.case"}'] * 2


def test_each_line_has_a_salt_of_its_own(town):
    town.report()
    salts = [bytes(salt) for salt in Detail.objects.values_list("salt", flat=True)]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {16}


# Law 9: a viewer is a person or nobody.


def test_nobody_may_nothing(town):
    assert Viewer() == NOBODY
    assert (NOBODY.is_person, NOBODY.is_someone, NOBODY.posts, NOBODY.actor) == (False, False, frozenset(), "guest")
    assert not NOBODY.can("cases.desk")
    case = town.report()
    assert case.flow.moves_for(NOBODY, case) == []


def test_a_secret_opens_one_case_and_only_its_hash_is_kept(town):
    case, other = (town.report(by=NOBODY, disclosure="anonymous") for _ in range(2))
    assert case.secret != other.secret
    stored = Case.objects.get(pk=case.pk)
    values = [str(getattr(stored, field.attname)) for field in stored._meta.concrete_fields]
    assert case.secret
    assert not any(case.secret in value for value in values)
    assert not Detail.objects.filter(body__contains=case.secret).exists()
    holder = Viewer(holds=frozenset([case.pk]))
    assert "withdraw" in {move.name for move in case.flow.moves_for(holder, case)}
    assert other.flow.moves_for(holder, other) == []


# Law 11: integers decide.


@every_model
def test_money_areas_and_votes_are_whole_numbers(model):
    for field in model._meta.local_fields:
        if re.search(r"_(fen|area|count|votes|points|shares?)$", field.name):
            assert isinstance(field, models.IntegerField), f"Store {field.name} as a whole number."
        if isinstance(field, models.FloatField | models.DecimalField):
            assert re.search(r"(lon|lat)$", field.name), f"{field.name}: a fraction decides nothing here."


# Law 13: every field has a class.


def test_every_field_has_a_class():
    assert [error for error in run_checks() if error.id == "kernel.E010"] == []


def test_a_field_without_a_class_stops_the_program(monkeypatch):
    fewer = {name: kind for name, kind in Case.classes.items() if name != "words"}
    monkeypatch.setattr(Case, "classes", fewer)
    assert [error.msg.split(" has ")[0] for error in every_field_has_a_class(None)] == ["cases.Case.words"]
    monkeypatch.setattr(Case, "classes", {**fewer, "words": "secret"})
    assert len(every_field_has_a_class(None)) == 1
