"""To be written."""
from typing import Any
from django.http import HttpResponse
from mulin.web.http import Visit


def report(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def sent(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError
