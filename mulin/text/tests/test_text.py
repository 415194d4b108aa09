"""Whatever is typed, search answers; and what stands in a text is found, on both databases."""

import os

import dj_database_url
import pytest
from django.db import connection, connections, migrations, models
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mulin.text.operations import AddSearch
from mulin.text.search import match
from mulin.text.sqlite import mend, named
from mulin.text.words import is_han, query_words, segment, words

# One table of one database serves all of them: they must not run side by side.
pytestmark = pytest.mark.xdist_group("text")
POSTGRES = os.environ.get("MULIN_TEST_POSTGRES_URL", "")
needs_postgres = pytest.mark.skipif(not POSTGRES, reason="MULIN_TEST_POSTGRES_URL is not set")
NASTY = [
    "", " ", "'", '"', '" OR 1', "*", "a*", "NOT", "AND OR", "NEAR(a b)", "路灯 AND", "words:路灯", "(", "\\", "'':*",
    "a & !b", "😀", "路灯😀", "\x00", "\ud800", "12e5", "1.5", "ß İ ŉ", "電" * 10_000, "x" * 10_000, "a " * 10_000,
    "\U00010107", "-路灯", "^a", "e\u0301", "{a b}", "<->", "a:b:c", "%s %(x)s",
]  # fmt: skip


@pytest.fixture
def postgres(django_db_blocker):
    """The PostgreSQL to test on, known to Django for the time of one test."""
    connections.databases["postgres"] = connections.configure_settings(
        {"default": {}, "postgres": dj_database_url.parse(POSTGRES)}
    )["postgres"]
    with django_db_blocker.unblock():
        yield "postgres"
        connections["postgres"].close()
    del connections["postgres"]
    del connections.databases["postgres"]


@pytest.fixture(params=["default", pytest.param("postgres", marks=[pytest.mark.postgres, needs_postgres])])
def entry(request, transactional_db):
    """A searchable table of entries on each database, and its AddSearch."""
    using = request.getfixturevalue("postgres") if request.param == "postgres" else "default"
    with isolate_apps("mulin.text"):

        class Entry(models.Model):
            id = models.CharField(primary_key=True, max_length=8)
            words = models.TextField(default="")

            class Meta:
                app_label = "text"
                db_table = "text_entry"

            def __str__(self):
                return self.pk

        step = AddSearch("text_entry")
        with connections[using].schema_editor() as editor:
            editor.create_model(Entry)
            step.database_forwards("text", editor, None, None)
        yield Entry.objects.using(using), step
        with connections[using].schema_editor() as editor:
            step.database_backwards("text", editor, None, None)
            editor.delete_model(Entry)


def put(entries, **texts):
    for key, text in texts.items():
        entries.create(id=key, words=segment(text))


def found(entries, q):
    return sorted(match(entries.all(), q, "text_entry").values_list("pk", flat=True))


def test_words_are_small_plain_and_whole():
    assert words("三单元 WiFi，坏了 B-2026-01482！") == ["三", "单元", "wifi", "坏", "了", "b", "2026", "01482"]
    assert segment("路灯 LED") == "路灯 灯 led"


@given(st.text())
def test_segment_takes_any_text(text):
    parts = segment(text).split(" ")
    assert all(part.isalnum() or is_han(part) for part in parts if part)
    assert all(len(word) <= 64 for word in query_words(text))


@pytest.mark.parametrize(
    "q", ["路灯", "灯", "路", "灯坏了", "坏了", "楼道的路灯", "三天", "没人修", "WIFI", "wi", "路灯 wifi", "“路灯”！"]
)
def test_what_stands_in_a_text_is_found(entry, q):
    entries, _ = entry
    put(entries, a="楼道的路灯坏了三天，没人修。WiFi也断了", b="电动自行车乱停")
    assert found(entries, q) == ["a"]


@pytest.mark.parametrize("q", ["行车", "电动自行车", "动自行", "自行车乱", "车乱停"])
def test_a_part_of_a_word_and_across_words_is_found(entry, q):
    entries, _ = entry
    put(entries, a="楼道的路灯坏了", b="电动自行车乱停")
    assert found(entries, q) == ["b"]


def test_all_words_must_be_there(entry):
    entries, _ = entry
    put(entries, a="路灯坏了", b="路灯亮了", c="坏了")
    assert found(entries, "路灯 坏") == ["a"]
    assert found(entries, "路灯") == ["a", "b"]


def test_search_follows_changes_and_deletions(entry):
    entries, _ = entry
    put(entries, a="路灯坏了", b="路灯亮了")
    entries.filter(pk="a").update(words=segment("电梯停了"))
    assert found(entries, "路灯") == ["b"]
    assert found(entries, "电梯") == ["a"]
    entries.filter(pk="b").delete()
    put(entries, c="路灯")
    assert found(entries, "路灯") == ["c"]


def test_the_querysets_own_filter_stays(entry):
    entries, _ = entry
    put(entries, a="路灯", b="路灯")
    assert found(entries.exclude(pk="a"), "路灯") == ["b"]


@pytest.mark.parametrize("q", NASTY)
def test_nasty_input_only_finds_or_finds_nothing(entry, q):
    entries, _ = entry
    put(entries, a="楼道")
    assert found(entries, q) == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(q=st.text())
def test_no_input_raises(entry, q):
    found(entry[0], q)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=st.text("路灯电梯自行车坏了没人修三单元的ab1 ，", min_size=1, max_size=30), data=st.data())
def test_any_two_signs_of_a_text_are_found(entry, text, data):
    entries, _ = entry
    at = data.draw(st.integers(0, len(text) - 1))
    entries.all().delete()
    put(entries, a=text)
    q = text[at : at + 2]
    if query_words(q) and not (at and text[at].isascii()):
        assert found(entries, q) == ["a"]


def test_rows_that_were_there_before_are_taken_in(entry):
    entries, step = entry
    with connections[entries.db].schema_editor() as editor:
        step.database_backwards("text", editor, None, None)
    put(entries, a="路灯")
    with connections[entries.db].schema_editor() as editor:
        step.database_forwards("text", editor, None, None)
    assert found(entries, "路灯") == ["a"]


def test_a_remade_table_is_mended(entry):
    entries, _ = entry
    if connections[entries.db].vendor != "sqlite":
        return  # only SQLite loses triggers when a column changes
    put(entries, a="路灯")
    old, new = models.TextField(default=""), models.TextField(default="", db_default="x")
    for field in (old, new):
        field.set_attributes_from_name("words")
        field.model = entries.model
    with connection.schema_editor() as editor:
        editor._remake_table(entries.model, alter_fields=[(old, new)])
    put(entries, b="路灯亮了")
    assert found(entries, "路灯") == ["a"]
    assert mend(connection) == ["text_entry"]
    assert found(entries, "路灯") == ["a", "b"]
    assert mend(connection) == []


def test_the_step_can_be_written_into_a_migration():
    from django.db.migrations.writer import MigrationWriter

    migration = migrations.Migration("0002_search", "cases")
    migration.operations = [AddSearch("cases_case")]
    assert "AddSearch(\n            table='cases_case'" in MigrationWriter(migration).as_string()


def test_only_plain_names_reach_sql():
    with pytest.raises(ValueError, match="plain name"):
        named('x" ; DROP')
