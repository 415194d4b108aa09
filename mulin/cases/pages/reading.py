"""To be written."""
from typing import Any
from django.http import HttpResponse
from mulin.web.http import Visit


def agree(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def contact(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def detail(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def follow(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def move(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError


def photo(request: Visit, slug: str, **kwargs: Any) -> HttpResponse:
    """To be written."""
    raise NotImplementedError
