"""What follows a line: the owner hears that a webhook was paused because nobody answered."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.readers import Heard, reads

from .models import Webhook


@reads("webhooks.webhook", "suspend")
def tell_the_owner(heard: Heard) -> None:
    """Write the owner a mail with what to do."""
    webhook = Webhook.objects.select_related("owner__account", "community").get(pk=heard.noun_id)
    account = webhook.owner.account
    if account is None or not account.email:
        return
    with translation.override(account.language or settings.LANGUAGE_CODE):
        words = _(
            "The address of the webhook “%(name)s” has not taken our messages for more than a day. It is paused; "
            "nothing is lost. When the other side answers again, go on here: %(link)s"
        )
        link = settings.SITE_URL + webhook.get_absolute_url()
        text = words % {"name": webhook.name, "link": link}
        send_mail(_("A webhook was paused"), text, None, [account.email])
