"""A browser that is signed in."""

from typing import Any

from django.http import HttpResponse

from mulin.entry import actions
from mulin.entry.actions import browser
from mulin.people.models import Account


def sign_in(client: Any, who: Any) -> None:
    """Sign a test client in as a person or a viewer, as the page would; in English unless they chose otherwise."""
    account = Account.objects.get(pk=who.account_id)
    response = HttpResponse()
    browser.keep_sign_in(response, actions.start(account, device="Test"))
    client.cookies.update(response.cookies)
    client.cookies["language"] = account.language or "en"
