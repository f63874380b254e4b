"""Rows that are evidence: once written they are neither changed nor removed."""

from collections.abc import Iterable
from typing import Any, NoReturn, Self, TypeVar

from django.db import models


class AppendOnlyError(TypeError):
    """Raised when code tries to change or delete an append-only row."""


RowT = TypeVar("RowT", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[RowT]):
    def update(self, **fields: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are append-only: no update")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are append-only: no delete")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model.__name__} rows are append-only: no update")


class AppendOnlyModel(models.Model):
    objects = AppendOnlyQuerySet[Self].as_manager()

    class Meta:
        abstract = True

    def save(
        self,
        *,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        if not self._state.adding or force_update or update_fields is not None:
            raise AppendOnlyError(f"{type(self).__name__} rows are append-only: no update")
        # An insert, never Django's "UPDATE, then INSERT when nothing matched": a row with
        # a known primary key would otherwise be overwritten by a second object.
        super().save(force_insert=force_insert or True, using=using)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{type(self).__name__} rows are append-only: no delete")
