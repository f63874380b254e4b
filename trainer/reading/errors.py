"""What can be wrong with a request to read, in words fit for the reader."""

from collections.abc import Mapping
from typing import Any

# A message list per field; nested fields nest: {"marks": {"0": {"x": ["..."]}}}.
FieldErrors = dict[str, Any]


class ReadingError(Exception):
    """A refused action: `code` is for programs, `detail` for people."""

    code = "refused"
    detail = "This cannot be done."

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail or self.detail
        super().__init__(self.detail)


class InvalidAnswersError(ReadingError):
    code = "invalid"
    detail = "Some answers are missing or wrong."

    def __init__(self, errors: FieldErrors) -> None:
        self.errors = errors
        super().__init__()


class NoCaseReadyError(ReadingError):
    code = "no_case_ready"
    detail = "No unread case is ready yet. New cases are being made; try again in a minute."


class SessionEndedError(ReadingError):
    code = "session_ended"
    detail = "This session has ended. Start a new one to go on."


class CaseWithdrawnError(ReadingError):
    code = "case_withdrawn"
    detail = "This case was withdrawn by an educator. Go on to the next case."


class AlreadyReadError(ReadingError):
    code = "already_read"
    detail = "This case has already been read."


class StaleDraftError(ReadingError):
    code = "stale_draft"
    detail = "A newer draft of this reading was saved elsewhere."

    def __init__(self, current: Mapping[str, Any]) -> None:
        self.current = dict(current)
        super().__init__()
