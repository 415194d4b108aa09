"""Founding a community from the shell: whole or not at all."""

import io
import json

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, override

from mulin.cases.models import Category
from mulin.people.models import Person, Post
from mulin.simulation.places import plan
from mulin.territory.models import Community, Entrance

pytestmark = pytest.mark.django_db


def found(*options, slug="elm"):
    out = io.StringIO()
    call_command("found", slug, "榆树里社区", "--letter", "E", *options, stdout=out)
    return out.getvalue()


def geojson(path, features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


def test_a_community_is_founded_and_its_secretary_comes_in_by_the_link(client):
    said = found("--admin", "li@example.org", "--zone", "Europe/Berlin", "--holidays", "none")
    community = Community.objects.get(slug="elm")
    assert (community.zone, community.holidays, community.letter) == ("Europe/Berlin", "", "E")
    assert Category.objects.filter(community=community).count() > 50
    assert {post.kind.key for post in Post.objects.filter(community=community)} == {"secretary", "community_worker"}
    link = next(line for line in said.splitlines() if "/invitation/" in line)
    assert link in mail.outbox[0].body
    path = link[link.index("/elm/") :]
    assert client.post(path, {"name": "李明", "password": "eight lamps"}).status_code == 302
    assert Person.objects.get(community=community).name == "李明"
    assert client.get("/elm/invite/").status_code == 200


def test_a_taken_address_is_refused_in_one_sentence_and_changes_nothing():
    found()
    with pytest.raises(CommandError, match=r"网址|address"):
        found("--admin", "li@example.org")
    assert Community.objects.count() == 1
    assert not mail.outbox


def test_places_come_along_and_every_grid_gets_its_officers_post(tmp_path):
    said = found("--places", geojson(tmp_path / "plan.geojson", plan()))
    assert "Entrances: 63" in said
    assert Entrance.objects.filter(community__slug="elm").count() == 63
    assert Post.objects.filter(place_kind="grid").count() == 7


def test_a_fault_in_the_places_founds_nothing(tmp_path):
    door = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [117, 39]}, "properties": {
        "kind": "entrance", "building": "9", "name": "1"}}  # fmt: skip
    with pytest.raises(CommandError, match="nothing was founded"):
        found("--places", geojson(tmp_path / "plan.geojson", [door]))
    with pytest.raises(CommandError, match="cannot be read"):
        found("--places", str(tmp_path / "nowhere.geojson"))
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    "option", [("--letter", "b"), ("--zone", "Mars/Base"), ("--admin", "li"), ("--pack", "post-kinds")]
)
def test_a_wrong_option_is_refused_before_anything_is_written(option):
    with pytest.raises(CommandError):
        found(*option)
    assert not Community.objects.exists()


@pytest.mark.parametrize(
    ("lang", "spoken", "other"), [("zh_CN.UTF-8", "zh-hans", "en"), ("en_US.UTF-8", "en", "zh-hans")]
)
def test_it_speaks_the_language_of_the_console_only(monkeypatch, settings, lang, spoken, other):
    settings.LANGUAGE_CODE = other
    monkeypatch.setenv("LC_ALL", lang)
    said = found("--admin", "li@example.org")
    with override(spoken):
        assert str(Post.objects.select_related("kind").get(kind__key="secretary")) in said
    with pytest.raises(CommandError) as refused, override(other):
        found()
    with override(spoken):
        assert str(refused.value) == gettext("Another community has this address. Take another one.")
    with override(other):
        assert mail.outbox[0].subject == gettext("An invitation to Mulin")
