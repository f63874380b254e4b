"""Domain errors as HTTP answers: {"field": ["..."]} or {"detail": "...", "code": "..."}."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from cases.errors import CasesError, TooManyVariantsError
from generation.spec import SpecError
from trainer.accounts.errors import AccountsError
from trainer.challenges.errors import NotAColleagueError
from trainer.learning.errors import CurriculumError, StaleCurriculumError
from trainer.reading.errors import (
    CaseWithdrawnError,
    InvalidAnswersError,
    ReadingError,
    StaleDraftError,
)
from trainer.realism.errors import ImagesRemovedError

# What went wrong is nobody's mistake in the request: it conflicts with how things stand.
_STATUS_OF: Final[dict[type[ReadingError], int]] = {
    InvalidAnswersError: status.HTTP_400_BAD_REQUEST,
    NotAColleagueError: status.HTTP_400_BAD_REQUEST,
    CaseWithdrawnError: status.HTTP_410_GONE,
    ImagesRemovedError: status.HTTP_410_GONE,
}


class PayloadTooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = gettext_lazy("This request is too large.")
    default_code = "too_large"


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every refusal with its reason; anything unforeseen stays a 500 and is logged."""
    answer = _answer_domain_error(error)
    if answer is not None:
        set_rollback()
        return answer
    response = exception_handler(error, context)
    if response is not None:
        _name_code(response)
    return response


def answer_no_such_address(request: HttpRequest) -> JsonResponse:
    body = {
        "detail": _("The API has no such address; each ends with a slash."),
        "code": "not_found",
    }
    return JsonResponse(body, status=status.HTTP_404_NOT_FOUND)


def _answer_domain_error(error: Exception) -> Response | None:
    if isinstance(error, ReadingError):
        code = _STATUS_OF.get(type(error), status.HTTP_409_CONFLICT)
        return Response(_reading_error_body(error), status=code)
    if isinstance(error, TooManyVariantsError):
        limited = {"detail": str(error), "code": "too_many"}
        return Response(limited, status=status.HTTP_429_TOO_MANY_REQUESTS)
    if isinstance(error, CasesError):
        conflict = {"detail": str(error), "code": "conflict"}
        return Response(conflict, status=status.HTTP_409_CONFLICT)
    if isinstance(error, SpecError):
        # The generator knows no languages; its sentences are looked up here.
        said = {name: [_(text) for text in texts] for name, texts in error.errors.items()}
        return Response(said, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(error, StaleCurriculumError):
        stale = {"detail": str(error), "code": "stale_curriculum"}
        return Response(stale, status=status.HTTP_409_CONFLICT)
    if isinstance(error, AccountsError | CurriculumError):
        return Response(error.errors, status=status.HTTP_400_BAD_REQUEST)
    if isinstance(error, ValidationError):
        body: dict[str, Any] = {"detail": " ".join(error.messages), "code": "invalid"}
        if hasattr(error, "error_dict"):
            body = error.message_dict
        return Response(body, status=status.HTTP_400_BAD_REQUEST)
    return None


def _reading_error_body(error: ReadingError) -> dict[str, Any]:
    if isinstance(error, InvalidAnswersError | NotAColleagueError):
        return error.errors
    body: dict[str, Any] = {"detail": error.detail, "code": error.code}
    if isinstance(error, StaleDraftError):
        body["draft"] = error.current
    return body


def _name_code(response: Response) -> None:
    """Give {"detail"} answers their code; field errors stay as they are."""
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    if isinstance(detail, ErrorDetail):
        response.data["code"] = detail.code
