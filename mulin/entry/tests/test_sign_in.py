"""Getting in: passwords and codes; nobody learns who has an account, and guessing gets nobody anywhere."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from mulin.entry import actions, queries
from mulin.entry.figures import CODE_LIVES, FRESH
from mulin.entry.models import OneTimeCode, SignIn
from mulin.entry.tests.factories import sign_in
from mulin.factors.models import Throttle
from mulin.kernel import clock, worker
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import do_chores
from mulin.people.tests import factories

WRONG = "Name and password do not fit together."


def try_password(client, target, password):
    return client.post("/sign-in/", {"target": target, "password": password}, headers={"Accept-Language": "en"})


def test_a_password_opens_the_door(client, cast):
    response = try_password(client, cast.officer.account.email.upper(), factories.PASSWORD)
    assert (response.status_code, response.url) == (302, f"/{cast.community.slug}/")
    cookie = client.cookies["mulin"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "陈晓梅" in client.get("/me/").content.decode()


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(client, cast, monkeypatch):
    asked = []
    check = actions.sign_ins.check_password
    monkeypatch.setattr(actions.sign_ins, "check_password", lambda *given: asked.append(given) or check(*given))
    known = try_password(client, cast.officer.account.email, "not this one")
    unknown = try_password(client, "nobody@example.org", "not this one")
    assert known.status_code == unknown.status_code == 403
    assert WRONG in known.content.decode()
    assert WRONG in unknown.content.decode()
    assert len({encoded.split("$")[0] for _, encoded in asked}) == 1  # the same work, twice
    assert len(asked) == 2


def test_the_eleventh_try_waits_even_with_the_right_password(client, cast):
    for _ in range(10):
        assert try_password(client, cast.officer.account.email, "guess").status_code == 403
    late = try_password(client, cast.officer.account.email, factories.PASSWORD)
    assert late.status_code == 429
    assert "Wait 15 minutes" in late.content.decode()
    clock.advance(timedelta(minutes=16))
    assert try_password(client, cast.officer.account.email, factories.PASSWORD).status_code == 302


def test_one_address_cannot_try_many_accounts(client, cast):
    for number in range(10):
        try_password(client, f"guess{number}@example.org", "guess")
    assert try_password(client, "guess11@example.org", "guess").status_code == 429


def test_next_never_leads_away(client, cast):
    asked = {"target": cast.officer.account.email, "password": factories.PASSWORD, "next": "https://evil.example/"}
    assert client.post("/sign-in/", asked).url == f"/{cast.community.slug}/"


def test_a_revoked_sign_in_opens_nothing_at_once(client, cast):
    sign_in(client, cast.officer)
    assert client.get("/me/").status_code == 200
    SignIn.objects.update(revoked_at=clock.now())
    assert client.get("/me/").url.startswith("/sign-in/?next=")


def test_an_inactive_account_opens_nothing(client, cast):
    sign_in(client, cast.officer)
    type(cast.officer.account).objects.update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert try_password(client, cast.officer.account.email, factories.PASSWORD).status_code == 403


def test_a_tampered_cookie_is_nobody(client, cast):
    sign_in(client, cast.officer)
    client.cookies["mulin"] = cast.officer.account.pk.hex
    assert client.get("/me/").status_code == 302


def test_signing_out_ends_this_sign_in_and_takes_a_post(client, cast):
    sign_in(client, cast.officer)
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert SignIn.objects.get().revoked_at


def test_a_code_by_mail_lets_in_once(client, cast):
    client.post("/sign-in/code/", {"target": cast.officer.account.email})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    assert client.post("/sign-in/code/check/", {"code": code}).status_code == 302
    assert SignIn.objects.count() == 1
    client.post("/sign-in/code/", {"target": "nobody@example.org"})
    assert len(mail.outbox) == 1
    assert client.post("/sign-in/code/check/", {"code": code}).status_code == 403


def test_asking_for_a_code_tells_nothing(client, cast):
    answers = []
    for target in (cast.officer.account.email, "nobody@example.org"):
        response = client.post("/sign-in/code/", {"target": target}, follow=True)
        answers.append(re.sub(r'value="[^"]*"', "", response.content.decode().replace(target, "…")))
    assert answers[0] == answers[1]


def test_a_code_leads_on_to_where_someone_wanted_to_go(client, cast):
    wish = f"/{cast.community.slug}/people/"
    client.post(f"/sign-in/code/?next={wish}", {"target": cast.officer.account.email})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    assert client.post("/sign-in/code/check/", {"code": code}).url == wish
    assert not client.cookies["asked"].value


def test_no_code_is_promised_to_a_phone_that_cannot_be_reached(client, db):
    response = client.post("/sign-in/code/", {"target": "13912345678"}, headers={"Accept-Language": "en"})
    assert response.status_code == 422
    assert "No text messages go out from here" in response.content.decode()


def test_the_worker_tidies_up_what_opens_nothing_any_more(cast, settings):
    def left():
        return SignIn.objects.count(), OneTimeCode.objects.count(), Throttle.objects.count()

    clock.set(clock.now())
    actions.start(cast.officer.account, device="old")
    actions.send_code("sign_in", cast.officer.account.email, address="10.0.0.1")
    clock.advance(CODE_LIVES)
    do_chores()
    assert left() == (1, 1, 2)  # to the minute, all of it still counts
    clock.advance(timedelta(minutes=6))
    do_chores()
    assert left() == (1, 0, 0)
    clock.advance(timedelta(days=settings.SIGN_IN_DAYS))
    call_command("work", "--once", stdout=io.StringIO())
    assert left() == (0, 0, 0)


def test_a_chore_that_fails_stops_no_other(monkeypatch):
    done = []
    monkeypatch.setattr(worker, "CHORES", [lambda: 1 / 0, lambda: done.append(1)])
    do_chores()
    assert done


def test_five_wrong_tries_end_a_code(client, cast, settings):
    settings.DEMO = True
    code = actions.send_code("sign_in", cast.officer.account.email, address="")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(Refused):
            actions.check_code("sign_in", cast.officer.account.email, wrong)
    with pytest.raises(Refused, match="does not fit"):
        actions.check_code("sign_in", cast.officer.account.email, code)


def test_a_code_is_over_after_ten_minutes_and_serves_one_purpose(cast, settings):
    settings.DEMO = True
    target = cast.officer.account.email
    code = actions.send_code("sign_in", target, address="")
    with pytest.raises(Refused):
        actions.check_code("guest", target, code)
    clock.advance(timedelta(minutes=11))
    with pytest.raises(Refused):
        actions.check_code("sign_in", target, code)


def test_codes_are_never_shown_outside_a_demo(client, cast):
    assert actions.send_code("sign_in", cast.officer.account.email, address="") == ""
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    assert code not in str(OneTimeCode.objects.values())


def test_a_forgotten_password_is_set_anew_after_a_code_and_ends_the_other_sign_ins(client, cast):
    other = actions.start(cast.officer.account, device="old")
    assert "/sign-in/code/?next=/me/password/" in client.get("/sign-in/").content.decode()
    client.post("/sign-in/code/?next=/me/password/", {"target": cast.officer.account.email})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    assert client.post("/sign-in/code/check/", {"code": code}).url == "/me/password/"
    assert client.post("/me/password/", {"password": "short"}).status_code == 422
    assert client.post("/me/password/", {"password": "another lamp"}).url == "/me/security/"
    other.refresh_from_db()
    assert other.revoked_at
    assert "A new password was chosen" in mail.outbox[-1].body
    assert client.get("/me/").status_code == 200
    assert try_password(client, cast.officer.account.email, "another lamp").status_code == 302
    assert try_password(client, cast.officer.account.email, factories.PASSWORD).status_code == 403


def test_a_phone_left_lying_sets_no_password(client, cast):
    sign_in(client, cast.officer)
    clock.advance(FRESH + timedelta(minutes=1))
    response = client.post("/me/password/", {"password": "another lamp"})
    assert response.url == "/sign-in/code/?next=%2Fme%2Fpassword%2F"
    assert try_password(client, cast.officer.account.email, factories.PASSWORD).status_code == 302


def test_demo_roles_open_only_in_a_demo(client, cast, settings, monkeypatch):
    role = queries.Role("陈晓梅", "网格员", cast.officer.account.email, "")
    monkeypatch.setattr(queries, "import_string", lambda path: [role])
    settings.DEMO = False
    assert client.post("/sign-in/demo/", {"account": role.account}).status_code == 404
    settings.DEMO = True
    assert client.post("/sign-in/demo/", {"account": cast.worker.account.email}).status_code == 404
    assert client.post("/sign-in/demo/", {"account": role.account}).status_code == 302
