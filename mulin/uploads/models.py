"""Where a photo belongs. The file's own name is never stored; who may see it is the owning noun's matter."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from mulin.kernel.models import TenantModel
from mulin.kernel.refs import Ref


class AttachmentQuerySet(models.QuerySet[Any]):
    """Reads by owner."""

    def of(self, *nouns: TenantModel) -> AttachmentQuerySet:
        """Keep what belongs to these rows (of one community), oldest first."""
        communities = {noun.community_id for noun in nouns}
        return self.filter(community_id__in=communities, ref_id__in=[noun.pk for noun in nouns]).order_by("id")


class Attachment(TenantModel):
    """A photo that belongs to something, at a stage of its life ("report", "solve")."""

    ref_kind = models.CharField(max_length=64)
    ref_id = models.UUIDField()
    kind = models.CharField(max_length=16, default="photo")
    stage = models.CharField(max_length=32, blank=True)
    path = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    added_by = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("ref_kind", "ref_id", "kind", "stage", "width", "height", "bytes", "created_at"), "public"),
        # A photo may show people; its hash tells who else has the same one.
        **dict.fromkeys(("path", "sha256", "added_by"), "personal"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "path"], name="attachment_path")]
        indexes = [models.Index(fields=["community", "ref_id"], name="attachment_owner")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.ref_kind}:{self.ref_id}"

    @property
    def ref(self) -> Ref:
        return Ref(self.community_id, self.ref_kind, self.ref_id)

    @property
    def thumb_path(self) -> str:
        return thumb_of(self.path)


def thumb_of(path: str) -> str:
    """Name the small picture that lies beside a photo."""
    return path.replace(".jpg", "-s.jpg")
