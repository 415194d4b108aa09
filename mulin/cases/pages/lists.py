"""To be written."""
from typing import Any
from django.http import HttpResponse
from mulin.web.http import Visit


def index(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def mine(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def points(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def queue(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError
