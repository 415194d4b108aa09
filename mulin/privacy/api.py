"""What privacy offers to programs."""

from mulin.api.resources import Resource

RESOURCES: tuple[Resource, ...] = ()
