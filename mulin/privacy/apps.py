"""Privacy as a Django app; says how the modules below tell people what is known of them, and what is forgotten."""

from django.apps import AppConfig


class Privacy(AppConfig):
    name = "mulin.privacy"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mulin.kernel.clock import SYSTEM
        from mulin.kernel.worker import CHORES
        from mulin.news.queries import tell_choices, tell_notifications, tell_robots
        from mulin.people.actions import carries

        from . import actions
        from .models import Consent
        from .queries import below, tells

        CHORES.extend((actions.forget_guests, actions.forget_invited))
        carries(Consent, "person", gives_way=lambda consent, rule: actions.expire(consent, by=SYSTEM))
        carries(Consent, "given_by")

        tells("people.Account", _("How you are reached"), below.account)
        tells("people.Person", _("Who you are here"), below.persons)
        tells("people.Term", _("Posts you held or were offered"), below.terms)
        tells("people.Oversight", _("What you oversee"), below.oversights)
        tells("people.AccessLine", _("Whose data you looked at"), below.looks)
        tells("entry.SignIn", _("Where you signed in"), below.sign_ins)
        tells("entry.Device", _("Devices that are known to be yours"), below.devices)
        tells("entry.Guest", _("Here as a guest, until"), below.guests)
        tells("entry.ApiKey", _("Keys for programs"), below.keys)
        tells("factors.Authenticator", _("An authenticator as the second factor"), below.authenticators)
        tells("factors.Passkey", _("Passkeys"), below.passkeys)
        tells("factors.RecoveryCode", _("Recovery codes that are left"), below.recovery_codes)
        tells("news.Notification", _("What you were told"), tell_notifications)
        tells("news.Choices", _("Which mails you want"), tell_choices)
        tells("news.Robot", _("Group robots you added"), tell_robots)
        tells("privacy.Consent", _("What you agreed to"), below.consents)
