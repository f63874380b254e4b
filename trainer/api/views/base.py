from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from trainer.accounts.models import User

ModelT = TypeVar("ModelT", bound=Model)


class SiteView(APIView):
    """A signed-in person's request: permission, then a domain call, then the answer."""

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def require(self, permission: str, subject: Model | None = None) -> None:
        if not self.person.has_perm(permission, subject):
            raise PermissionDenied()


class ListingView(SiteView):
    """A view whose list comes in pages; the schema reads `pagination_class`, too."""

    pagination_class = PageNumberPagination

    def list_pages(self, rows: QuerySet[Any], serializer: type[BaseSerializer[Any]]) -> Response:
        paginator = self.pagination_class()
        page = paginator.paginate_queryset(rows, self.request, view=self)
        return paginator.get_paginated_response(serializer(page, many=True).data)


def find_or_404(rows: QuerySet[ModelT], **wanted: Any) -> ModelT:
    """The one row, or 404: what a person may not see is not there for them."""
    return get_object_or_404(rows, **wanted)


def read_body(serializer: type[BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """The checked body of a request; a 400 with field names otherwise."""
    filled = serializer(data=request.data)
    filled.is_valid(raise_exception=True)
    return dict(filled.validated_data)
