"""Which categories a case can have, whether the whole tree is in memory or one is asked for by its key."""

import pytest
from django.core.management import CommandError, call_command

from mulin.cases import queries
from mulin.cases.models import Category
from mulin.journal.models import Detail

from .factories import town

__all__ = ["town"]
USED = ("id", "community_id", "key", "parent_id", "zh", "en", "icon", "is_household", "accept_minutes", "solve_days",
        "silence_days", "post_kind")  # fmt: skip


def asked_for(community, key):
    queries.forget_categories()
    return queries.leaf(community.pk, key)


def test_one_by_its_key_is_the_same_as_in_the_tree(town):
    for row in queries.leaves(town.community.pk):
        found = asked_for(town.community, row.key)
        assert [getattr(found, name) for name in USED] == [getattr(row, name) for name in USED]


def test_from_memory_it_is_the_same_without_a_statement(town, django_assert_num_queries):
    row = queries.leaves(town.community.pk)[0]
    with django_assert_num_queries(0):
        assert queries.leaf(town.community.pk, row.key) is row


@pytest.mark.parametrize("kept", [True, False])
def test_a_group_no_longer_offered_or_unknown_is_none(town, kept):
    group = Category.objects.filter(community=town.community, parent=None, children__isnull=False).first()
    gone = queries.leaves(town.community.pk)[0]
    Category.objects.filter(pk=gone.pk).update(is_active=False)
    queries.forget_categories()
    if kept:
        queries.categories(town.community.pk)
    for key in (group.key, gone.key, "no-such"):
        assert queries.leaf(town.community.pk, key) is None


def test_loading_the_pack_again_fills_in_empty_notices_and_leaves_what_the_town_wrote(town):
    here = Category.objects.filter(community=town.community)
    before = {row.key: (row.notice, row.notice_en) for row in here}
    here.update(notice="", notice_en="")
    here.filter(key="wires").update(notice="先打社区电话", zh="电线")
    lines = Detail.objects.filter(community_id=town.community.pk, verb="load")
    count = lines.count()
    call_command("load_categories", town.community.slug)
    after = {row.key: (row.notice, row.notice_en) for row in here.all()}
    assert before["gas_smell"][0]
    assert after == {**before, "wires": ("先打社区电话", "")}
    assert here.get(key="wires").zh == "电线"
    assert lines.count() == count + 1
    call_command("load_categories", town.community.slug)
    assert lines.count() == count + 1
    with pytest.raises(CommandError, match="no community"):
        call_command("load_categories", "nowhere")


def test_that_of_another_community_is_none(town):
    row = queries.leaves(town.community.pk)[0]
    queries.forget_categories()
    assert queries.leaf(town.community.pk.__class__(int=5), row.key) is None
