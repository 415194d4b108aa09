"""Each page that can be opened is one of the browser tour, or is named here with the reason why not."""

from uuid import UUID

from django.urls import URLResolver, get_resolver, resolve

from tests.browser.tour import ROLES, pages
from tests.browser.town import HOME

NOTHING = str(UUID(int=0))


class AnyTown:
    """Stands in for a town where only the shape of addresses matters."""

    def one(self, *asked, **said):
        return NOTHING

    def case(self, *asked, **said):
        return f"{HOME}cases/{NOTHING}/"

    def place(self, kind, *asked):
        return f"{HOME}places/{kind}/{NOTHING}/"

    def code(self, *asked):
        return "AB12CD"

    def rows(self, *asked):
        return [(NOTHING,), (NOTHING,)]


# What is not opened as a page of its own, and why.
LEFT_OUT = {
    "it is only sent to": {
        "cases:contact", "channels:desk_help", "community:importing_bring", "entry:api_key", "entry:api_key_revoke",
        "entry:code_check", "entry:demo_sign_in", "entry:guest_check", "entry:join_check", "entry:later",
        "entry:passkey", "entry:revoke", "entry:revoke_others", "entry:second_passkey", "entry:sign_out",
        "factors:authenticator_begin", "factors:authenticator_remove", "factors:passkey_remove",
        "factors:passkey_rename", "forwarding:test", "households:give", "households:name", "joining:apart",
        "notices:rows_bring", "open311:contact", "open311:drop", "participation:admission", "people:reveal",
        "proposals:way_copy", "proposals:way_retire", "proposals:way_step_change",
        "territory:grid_remove", "web:appearance", "web:language", "webhooks:renew",
    },
    "it is a file, a picture or a part of a page": {
        "bodies:own_seats", "bodies:seats", "callups:figures_csv", "callups:news", "callups:photo", "cases:beside",
        "cases:news", "cases:photo", "cases:points", "cases:waiting", "channels:file", "channels:take",
        "community:importing_all", "community:importing_report", "community:importing_template",
        "deputies:figures_csv", "deputies:table",
        "known_file", "mediation:figures_csv", "notices:feed", "notices:photo",
        "notices:rows_report", "notices:rows_template", "open311-server:discovery", "open311-shared:discovery",
        "proposals:photo", "proposals:step_photo",
        "rates:table", "rounds:photo", "territory:features", "territory:qr_code", "territory:spot_qr_code",
        "votes:file", "votes:openings", "votes:receipt_file",
    },
    "it leads on to another page": {"territory:plate", "territory:spot_plate"},
    "it opens once, by a code or a link that only somebody has": {
        "cases:sent", "concerns:sent", "entry:invitation", "entry:second", "own_news:stop", "votes:receipt",
    },
    "it was looked at before there was this rule": {
        "households:proxy", "participation:register_members", "participation:sign", "people:term",
        "privacy:consent", "territory:correct", "webhooks:webhook",
    },
}  # fmt: skip
MOVES = ("_move", "_agree")  # one template for all of them; some stand in the tour


def addresses(resolver=None, above=""):
    """Name all addresses of the site with their packages."""
    found = set()
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            found |= addresses(each, f"{above}{each.namespace}:" if each.namespace else above)
        elif each.name and not f"_{each.name}".endswith(MOVES):
            found.add(f"{above}{each.name}")
    return {name for name in found if not name.startswith("api:")}


def toured():
    paths = {path.partition("?")[0] for role in ROLES for path in pages(AnyTown(), role).values()}
    return {resolve(path).view_name for path in paths - {f"{HOME}nothing/"}}


def test_each_page_is_in_the_tour_or_it_is_said_why_not():
    missing = addresses() - toured() - set().union(*LEFT_OUT.values())
    assert not missing, "Add these to tests/browser/beside.py or tour.py, so that axe and people look at them."


def test_nothing_is_left_out_that_is_in_the_tour_or_gone():
    for why, names in LEFT_OUT.items():
        assert names <= addresses(), why
        assert not names & toured(), why
