"""Saying something in a group chat, by apprise; it is loaded only here and only then, since that takes its time."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

from mulin.wire.calls import Astray, resolve

from ..figures import Service

log = logging.getLogger(__name__)


def say(service: Service, code: str, secret: str, words: str) -> bool:
    """Say words in a group chat and tell whether its service took them; never raises.

    Where they go is fixed by the service and looked at once more, and redirects are not followed: no code leads into
    our own network.
    """
    try:
        resolve(service.host, 443)
        return bool(_group(service, code, secret).notify(body=words))
    except Astray as astray:
        log.warning("%s: %s", service.host, astray)
    except Exception:
        log.exception("A group chat at %s could not be told", service.host)
    return False


def _group(service: Service, code: str, secret: str) -> Any:
    # The one class that is needed: apprise by an address would load some hundred and fifty, and read the address.
    from apprise import AppriseAsset

    asset = AppriseAsset(app_id="Mulin", app_desc="Mulin", http_redirects=False)
    given = {service.code: code, **({"secret": secret} if secret else {})}
    return getattr(import_module(service.module), service.name)(**given, asset=asset)
