"""Home as a Django app; says who hears of what happens in the modules below, and what of cases goes over."""

from django.apps import AppConfig


class Home(AppConfig):
    name = "mulin.home"

    def ready(self) -> None:
        from .actions import carry_all
        from .readers import hear_all

        carry_all()
        hear_all()
