"""A year of a real city: everything that the map file says is found, and comes in once."""

from pathlib import Path

import pytest
from django.core.management import call_command

from mulin.cases.imports import judge, read_map, read_rows
from mulin.cases.models import Case
from mulin.journal.verify import verify
from mulin.territory.models import Community

NEW_HAVEN = Path(__file__).parents[1] / "packs/new-haven.toml"


@pytest.mark.shared
def test_a_year_of_new_haven_counts_as_the_map_says(shared):
    map_ = read_map(NEW_HAVEN)
    plan = judge(read_rows(shared / "requests-new-haven/requests.csv.gz", map_), map_)
    assert plan.differences() == []
    assert plan.problems == []


@pytest.mark.shared
@pytest.mark.django_db
def test_a_year_of_new_haven_comes_in_once(shared, capsys):
    file = shared / "requests-new-haven/requests.csv.gz"
    options = ("--map", str(NEW_HAVEN), "--community", "new-haven", "--create")
    call_command("import", "cases", str(file), *options)
    call_command("import", "cases", str(file), *options)
    assert "0 cases were brought in; 9,965 were here already." in capsys.readouterr().out
    community = Community.objects.get(slug="new-haven")
    cases = Case.objects.filter(community=community)
    counts = {state: cases.filter(state=state).count() for state in ("reported", "in_hand", "solved", "closed")}
    assert counts == {"reported": 2104, "in_hand": 2051, "solved": 4, "closed": 5806}
    elsewhere = cases.filter(lon=None)
    assert (elsewhere.count(), elsewhere.filter(shown_lon=None).exclude(address="").count()) == (15, 15)
    assert cases.exclude(rating=None).count() == 0
    assert cases.filter(is_public=True, public_summary="").count() == 0
    assert verify(community.pk).ok
