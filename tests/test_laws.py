"""The laws of the house (docs/develop/laws.md) that hold for every table and every action. Each test names its law."""

import ast
import re
from contextlib import suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from mulin.cases import actions
from mulin.cases.models import Case, Part
from mulin.cases.tests.factories import make_town
from mulin.journal.models import Head, Line
from mulin.journal.verify import verify
from mulin.kernel import engine
from mulin.kernel.clock import now
from mulin.kernel.engine import writing
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.ids import uuid7
from mulin.kernel.models import Link, Noun, NounQuerySet, TenantModel, WroteOutsideAction, engine_writes, nouns
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY
from mulin.territory.models import Grid, GridCell

pytestmark = pytest.mark.usefixtures("english")
ROOT = Path(__file__).parents[1]
OURS = [model for model in apps.get_models() if model.__module__.startswith("mulin.")]
TENANTS = [model for model in OURS if issubclass(model, TenantModel)]
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
every_tenant = pytest.mark.parametrize("model", TENANTS, ids=lambda model: model._meta.label)
REFERENCES = [
    field for model in TENANTS for field in model._meta.local_fields
    if isinstance(field.related_model, type) and issubclass(field.related_model, TenantModel)
]  # fmt: skip
every_reference = pytest.mark.parametrize("field", REFERENCES, ids=str)
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


def test_after_a_write_that_the_database_refused_the_door_is_shut_too(town):
    case = town.report()
    twin = Case(
        community=town.community, category=case.category, number=case.number, words="x", disclosure="named",
        is_public=True, happened_at=now(),
    )  # fmt: skip
    for write in (lambda: engine.begin(twin, by=town.resident, verb="report"), lambda: engine.save_adopted([twin])):
        twin.created_at, twin.state = now(), "reported"
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
        with pytest.raises(WroteOutsideAction):
            case.save()


# Law 2: one order, one lock.


def test_an_action_locks_the_head_before_it_reads_the_noun(town):
    case = town.report()
    with CaptureQueriesContext(connection) as asked:
        actions.accept(case, by=town.officer)
    tables = [re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)"?', query["sql"]) for query in asked]
    touched = [found[1] for found in tables if found]
    assert touched[:2] == ["journal_head", "cases_case"]
    lock = next(query["sql"] for query in asked if "journal_head" in query["sql"])
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
    locks = [query["sql"].replace("-", "") for query in asked if query["sql"].startswith("SELECT")]
    locked = [head.key for sql in locks for head in heads if head.key.hex in sql]
    assert locked == sorted(head.key for head in heads)
    for sql in locks:
        assert ("FOR UPDATE" in sql) == connection.features.has_select_for_update


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


def test_the_community_of_a_noun_never_changes(town):
    case, other = town.report(), make_town("other")
    with CaptureQueriesContext(connection) as asked:
        actions.accept(case, by=town.officer)
    update = next(query["sql"] for query in asked if re.match(r'UPDATE "?cases_case', query["sql"]))
    assert "community_id" not in update.split("WHERE")[0]
    case = Case.objects.get(pk=case.pk)
    case.community = other.community
    token = engine_writes.set(True)
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            case.save()
    finally:
        engine_writes.reset(token)
    assert Case.objects.get(pk=case.pk).community_id == town.community.pk


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


@every_reference
def test_what_refers_within_a_community_says_so_in_each_join(field):
    assert isinstance(field, TenantForeignKey), "Make it a TenantForeignKey."
    joined = str(field.model._default_manager.select_related(field.name).query).partition(" JOIN ")[2]
    assert joined.partition(" ON ")[2].count('"community_id"') >= 2


@every_reference
@pytest.mark.parametrize("way", ["loaded", "by its id"])
def test_no_row_refers_to_another_community(town, field, way):
    foreign = field.related_model(community=make_town("other").community)
    given = {field.name: foreign} if way == "loaded" else {field.attname: foreign.pk}
    row = field.model(community=town.community, **given)
    if isinstance(row, Noun):
        with pytest.raises(Refused, match="another community"):
            engine._check_community(row, NOBODY)
        return
    for write in (row.save, lambda: type(row)._default_manager.bulk_create([row])):
        with pytest.raises(Refused, match="another community"), transaction.atomic():
            write()


def test_a_row_is_not_turned_to_another_community(town):
    cell = GridCell.objects.filter(community=town.community).first()
    cell.grid = Grid.objects.filter(community=make_town("other").community).first()
    with pytest.raises(Refused, match="another community"):
        cell.save()


def test_the_database_keeps_references(town):
    case = actions.join(town.report(), by=town.neighbour)
    assert Part.objects.filter(case=case).update(person_id=uuid7()) == 1
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


def test_history_and_links_stay_within_a_community(town):
    case, other = town.report(), make_town("other")
    foreign = Case(community=town.community, category_id=other.category("lamp").pk, state="closed")
    with pytest.raises(Refused, match="another community"), writing(town.community.pk) as turn:
        engine.adopt(turn, foreign, details={})
    with pytest.raises(Refused, match="different communities"), transaction.atomic():
        engine.link(Ref.of(case), Ref.of(other.report()), "origin")
    assert not Link.objects.exists()
