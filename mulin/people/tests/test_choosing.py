"""Choosing one person of several who fit: by what a list may show."""

from django.urls import reverse

from mulin.entry.tests.factories import sign_in
from mulin.kernel.clock import SYSTEM
from mulin.people import actions
from mulin.people.forms import Offer
from mulin.people.models import Term
from mulin.territory.models import Entrance
from mulin.territory.tests.factories import make_community

from . import factories

PHONES = ("13912340001", "13912340002")


def town():
    community = make_community("doors")
    kind = factories.kind(community, "worker", ["people.invite", "people.keep"])
    worker = factories.person(community, "周敏", "zhou-choosing@example.org")
    factories.hold(factories.post(kind), worker)
    door = Entrance.objects.filter(community=community).order_by("code").first()
    two = [
        actions.add_person(by=SYSTEM, community=community, name="王芳", phone=phone, entrance=door) for phone in PHONES
    ]
    return community, worker, factories.post(kind), two, door


def test_where_several_fit_each_is_offered_with_a_masked_number(client, db):
    community, worker, vacant, two, door = town()
    sign_in(client, worker)
    said = {"post": vacant.pk, "name": "王芳", "building": door.building_id}
    page = client.post(reverse("people:offer", args=[community.slug, vacant.pk]), said)
    assert page.status_code == 422
    text = page.content.decode()
    assert text.count('type="radio" name="person"') == 2
    assert "139****0001" in text
    assert not any(phone in text for phone in PHONES)
    client.post(reverse("people:offer", args=[community.slug, vacant.pk]), {**said, "person": two[1].pk})
    assert Term.objects.get(post=vacant).person == two[1]


def test_a_name_that_was_not_typed_whole_is_masked(db):
    _community, worker, vacant, _two, door = town()
    form = Offer(
        {"post": vacant.pk, "name": "王", "building": door.building_id}, by=factories.queries.viewer_of(worker)
    )
    assert not form.is_valid()
    labels = [label for _key, label in form.fields["person"].choices]
    assert all(label.startswith("王* 139****000") for label in labels)


def test_who_keeps_no_register_is_offered_nobody(db):
    community, _worker, vacant, _two, door = town()
    other = factories.queries.viewer_of(factories.person(community, "李四", "li-choosing@example.org"))
    form = Offer({"post": vacant.pk, "name": "王芳", "building": door.building_id}, by=other)
    assert not form.is_valid()
    assert type(form.fields["person"].widget).__name__ == "HiddenInput"
