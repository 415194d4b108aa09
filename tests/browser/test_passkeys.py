"""A passkey from beginning to end in Chromium, with the virtual authenticator of its debugging protocol."""

import pytest

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def holder(visit):
    """Someone of the demo whose computer keeps passkeys; no other test signs in as them."""
    visitor = visit(device="desktop")
    protocol = visitor.page.context.new_cdp_session(visitor.page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return visitor


def test_a_passkey_is_made_and_signs_in_and_its_codes_are_shown_once(holder):
    page = holder.page
    holder.go("/sign-in/?next=/me/security/passkeys/new/")
    page.locator("form:has(input[name=account]) button").last.click()
    page.wait_for_url("**/passkeys/new/")
    page.locator("[name=name]").fill("Office computer")
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/recovery-codes/")
    page.locator("form[method=post] .btn-primary").click()
    page.locator("code").first.wait_for()
    assert page.locator("code").count() == 10
    page.locator("form[action='/sign-out/'] button:visible").click()
    page.wait_for_url("**/")

    holder.go("/sign-in/?next=/me/security/")
    page.locator("[data-passkey=get] button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)  # whose address ends with where one goes next
    page.wait_for_load_state()
    assert holder.sees("Office computer")
    page.locator("form[action$='/remove/'] button").click()
    page.wait_for_load_state()
    assert not holder.sees("Office computer")


def test_without_passkeys_in_the_browser_there_is_no_button(visit):
    visitor = visit()
    visitor.page.add_init_script("delete window.PublicKeyCredential")
    visitor.go("/sign-in/")
    assert not visitor.page.locator("[data-passkey=get]").is_visible()
