"""One's own page: looks, devices and keys."""

import re

from mulin.entry import actions
from mulin.entry.tests.factories import sign_in


def test_my_page_keeps_looks_and_makes_a_key_that_is_shown_once(client, cast):
    sign_in(client, cast.officer)
    client.post("/me/", {"language": "en", "theme": "dark", "mode": "elder"})
    assert (client.cookies["theme"].value, client.cookies["mode"].value) == ("dark", "elder")
    asked = {"name": "map", "community": cast.community.pk, "scopes": ["read"], "days": 30, "per_minute": 60}
    page = client.post("/me/keys/", asked).content.decode()
    secret = re.search(r"mk_[\w-]{20,}", page)[0]
    assert secret not in client.get("/me/").content.decode()


def test_my_page_shows_the_looks_of_this_browser_and_calls_no_choice_optional(client, cast):
    sign_in(client, cast.officer)
    client.cookies["theme"], client.cookies["language"] = "dark", "en"
    page = client.get("/me/").content.decode()
    looks = page[page.index('id="looks"') : page.index('id="guarded"')]
    assert re.search(r'value="dark"[^>]*checked', looks)
    assert not re.search(r'value="light"[^>]*checked', looks)
    assert "optional" not in looks


def test_my_page_leads_back_to_the_one_community(client, cast):
    sign_in(client, cast.officer)
    page = client.get("/me/").content.decode()
    assert f'<a class="ml-ib" href="/{cast.community.slug}/"' in page


def test_my_page_signs_out_another_device_but_not_anothers(client, cast):
    sign_in(client, cast.officer)
    mine, theirs = (actions.start(each.account, device="x") for each in (cast.officer, cast.worker))
    for each in (mine, theirs):
        client.post(f"/me/sign-ins/{each.pk}/revoke/")
        each.refresh_from_db()
    assert mine.revoked_at
    assert not theirs.revoked_at
