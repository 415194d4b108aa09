"""How a webhook's life is walked through."""

from mulin.webhooks import actions
from mulin.webhooks.models import Delivery


def webhook_walk(town, pick):
    """Make a webhook whose address has answered, or has not yet."""
    webhook = actions.make(by=town.worker, community=town.community, name="Board", url="https://board.example/in")
    if pick([True, False]):
        Delivery.objects.filter(webhook=webhook).update(state="sent")
    return webhook, []


WALKS = {"webhooks.Webhook": webhook_walk}

# What the forms take where "x" will not do.
ANSWERS = {"events": ["cases.case.solve"], "first": 0, "last": 3}
