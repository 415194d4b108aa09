"""Privacy as a Django app; says of the modules below how they tell people what is known of them."""

from django.apps import AppConfig


class Privacy(AppConfig):
    name = "mulin.privacy"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from .queries import below, tells

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
        tells("privacy.Consent", _("What you agreed to"), below.consents)
