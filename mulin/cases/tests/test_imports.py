"""Bringing in cases of another system: what comes in, what is said about it, and what a broken file does."""

import csv
import gzip
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

from mulin.cases.imports import adopting, read_map
from mulin.cases.models import Case, Category
from mulin.journal.models import Detail, Job
from mulin.journal.verify import verify
from mulin.territory.models import Community

from .importing import HEAD, MAP, ROWS, bring

__all__ = ["bring"]


@pytest.mark.django_db
def test_each_row_becomes_a_case_as_the_source_and_the_map_say(bring):
    said = bring(*ROWS)
    assert "4 cases were brought in; 0 were here already." in said
    cases = {case.external_id: case for case in Case.objects.select_related("category")}
    assert {key: case.state for key, case in cases.items()} == {
        "1": "reported", "2": "in_hand", "3": "closed", "4": "closed",
    }  # fmt: skip
    lamp, snow, again, home = cases["1"], cases["2"], cases["3"], cases["4"]
    assert lamp.happened_at == datetime(2014, 7, 1, 14, 0, tzinfo=UTC)
    assert (lamp.public_summary, lamp.words, lamp.contact_name) == ("Lamp out", "Lamp out\nThe lamp is out", "r1")
    assert (lamp.shown_lon, lamp.shown_lat) == (-72.9, 41.3)
    assert (lamp.lon, lamp.lat) == (-72.90049, 41.30012)
    assert (snow.words, snow.disclosure, snow.contact_name) == ("Snow", "anonymous", "")
    assert again.accepted_at is None
    assert again.closed_at == again.solved_at
    assert (home.is_public, home.public_summary) == (False, "")
    assert snow.category.parent.key == "roads"
    assert {case.number for case in cases.values()} == {"E-2014-00001", "E-2014-00002", "E-2014-00003", "E-2014-00004"}


@pytest.mark.django_db
def test_adopted_cases_have_no_clocks_and_no_readers_and_the_log_holds(bring):
    bring(*ROWS)
    community = Community.objects.get(slug="elm")
    assert not Case.objects.exclude(clocks={}, due_at=None, rings_at=None).exists()
    assert not Job.objects.filter(community=community.pk).exists()
    assert Detail.objects.filter(community=community.pk, verb="adopt").count() == 4
    assert verify(community.pk).ok


@pytest.mark.django_db
def test_a_second_run_adds_nothing(bring):
    bring(*ROWS)
    assert "0 cases were brought in; 4 were here already." in bring(*ROWS)
    assert Case.objects.count() == 4
    assert Category.objects.filter(key="sledging").count() == 1


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(bring):
    said = bring(*ROWS, options=("--create", "--dry-run"))
    assert "4 cases would be brought in" in said
    assert not Community.objects.filter(slug="elm").exists()


@pytest.mark.django_db
def test_a_run_that_was_stopped_goes_on(bring, monkeypatch):
    monkeypatch.setattr(adopting, "AT_ONCE", 2)
    save = adopting.save_adopted

    def stop_at_the_second(cases):
        if Case.objects.exists():
            raise KeyboardInterrupt
        save(cases)

    monkeypatch.setattr(adopting, "save_adopted", stop_at_the_second)
    with pytest.raises(CommandError, match="run it again to go on") as stopped:
        bring(*ROWS)
    assert stopped.value.returncode == 130
    assert Case.objects.count() == 2
    monkeypatch.setattr(adopting, "save_adopted", save)
    assert "2 cases were brought in; 2 were here already." in bring(*ROWS)
    assert sorted(Case.objects.values_list("number", flat=True))[-1] == "E-2014-00004"
    assert verify(Community.objects.get(slug="elm").pk).ok


@pytest.mark.django_db
def test_the_report_says_what_was_done_row_by_row(bring, tmp_path):
    bring(*ROWS, options=("--create", "--report", str(tmp_path / "out.csv")))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        said = {(row["row"], row["what"]): row["done"] for row in csv.DictReader(file)}
    assert said["5", "elsewhere"] == "Not brought in."
    assert said["2", "open_but_taken"] == "Brought in as: in_hand."
    assert said["3", "duplicate"].endswith("Same words and place as 1.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("9,Lost,T,,41.3,-72.9,Lamp,2014-07-01 10:00,,,r,x", "does not know the status"),
        ("9,Open,T,,41.3,-72.9,Boat,2014-07-01 10:00,,,r,x", "does not know the category"),
        ("9,Open,T,,41.3,-72.9,Lamp,01.07.2014,,,r,x", "is not written like 2014-01-31 17:05"),
        ("9,Open,T,,41.3,-72.9,Lamp,,,,r,x", "does not say when it was reported"),
        ("9,Open,T,,413,-72.9,Lamp,2014-07-01 10:00,,,r,x", "is no point"),
        (",Open,T,,41.3,-72.9,Lamp,2014-07-01 10:00,,,r,x", "needs an id"),
        ("1,Open,T,,41.3,-72.9,Lamp,2014-07-01 10:00,,,r,x", "Row 1 has the same id"),
    ],
)
def test_a_row_that_cannot_come_in_is_named_and_the_others_come(bring, row, said):
    with pytest.raises(CommandError, match=said) as refused:
        bring(ROWS[0], row)
    assert refused.value.returncode == 2
    assert [case.external_id for case in Case.objects.all()] == ["1"]


WHOLE = "\n".join([HEAD, *ROWS, ""]).encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (WHOLE[:-60], "cut.csv", "cut off or broken there"),
        (WHOLE[:-60] + b'"half', "quote.csv", "cannot be read as CSV|cut off"),
        (gzip.compress(WHOLE, mtime=0)[:-20], "cut.csv.gz", "ends in the middle"),
        (b"\x1f\x8b" + b"noise" * 20, "noise.csv.gz", "damaged"),
        (WHOLE, "plain.csv.gz", "not packed with gzip"),
        (WHOLE.replace(b"Lamp out", "Lämp".encode("latin-1")), "latin.csv", "line 2 has other letters"),
        (WHOLE.replace(b"Status,", b"State,", 1), "head.csv", "columns are missing: Status"),
        (b"a;b;c\n1;2;3\n", "other.csv", "none of the columns"),
        (b"PK\x03\x04 and so on", "sheet.csv", "no CSV"),
        (b"", "empty.csv", "is empty"),
        (HEAD.encode() + b"\n", "head-only.csv", "has no rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_a_broken_file_is_named_and_nothing_is_written(bring, data, name, said):
    with pytest.raises(CommandError, match=said) as refused:
        bring(data=data, name=name)
    assert refused.value.returncode == 1
    assert not Community.objects.filter(slug="elm").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('status is Open"', 'status maybe Open"', "cannot be read"),
        ("state in_hand", "state nowhere", "cannot be done"),
        ('id = "Id"', "", "no column for: id"),
        ("America/New_York", "Elm/Street", "time zone that there is not"),
        ('parent = "roads"', 'parent = "snowmen"', "no category for: snowmen"),
        ('letter = "E"', "", "needs name, letter and time_zone"),
        ("[source]", "[source", "no TOML"),
        ('key = "old-hotline"', "", "lacks: key"),
    ],
)
def test_a_map_that_does_not_fit_is_named_and_nothing_is_written(bring, old, new, said):
    with pytest.raises(CommandError, match=said):
        bring(*ROWS, map_=MAP.replace(old, new, 1))
    assert not Community.objects.filter(slug="elm").exists()


@pytest.mark.django_db
def test_another_file_than_the_map_expects_needs_a_word(bring):
    expecting = MAP.replace('key = "old-hotline"', 'key = "old-hotline"\nrows = 9')
    with pytest.raises(CommandError, match="rows: 5 instead of 9"):
        bring(*ROWS, map_=expecting)
    assert "4 cases were brought in" in bring(*ROWS, map_=expecting, options=("--create", "--partial"))


@pytest.mark.django_db
def test_without_create_the_community_must_be_there(bring):
    with pytest.raises(CommandError, match="Add --create"):
        bring(*ROWS, options=())


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2014-07-01 10:00", "2014-07-01 14:00"),
        ("2014-11-02 01:30", "2014-11-02 05:30"),  # came twice: the earlier
        ("2014-03-09 02:30", "2014-03-09 07:30"),  # never came: moved on by the hour, 03:30
    ],
)
def test_times_that_came_twice_or_never(tmp_path, local, utc):
    (tmp_path / "map.toml").write_text(MAP)
    moment = read_map(tmp_path / "map.toml").moment(local)
    assert moment == datetime.strptime(utc, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
