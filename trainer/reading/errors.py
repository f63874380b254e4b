"""What can be wrong with a request to read, in words fit for the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trainer.learning.queries.supply import Supply

# A message list per field; nested fields nest: {"marks": {"0": {"x": ["..."]}}}.
FieldErrors = dict[str, Any]


class ReadingError(Exception):
    """A refused action: `code` is for programs, `detail` for people."""

    code = "refused"
    detail: str | Promise = _("This cannot be done.")

    def __init__(self, detail: str | None = None) -> None:
        self.detail = str(detail or self.detail)
        super().__init__(self.detail)


class InvalidAnswersError(ReadingError):
    code = "invalid"
    detail = _("Some answers are missing or wrong.")

    def __init__(self, errors: FieldErrors) -> None:
        self.errors = errors
        super().__init__()


class NoCaseReadyError(ReadingError):
    code = "no_case_ready"
    details: Mapping[Supply, str | Promise] = {
        Supply.MAKING: _(
            "No unread case is ready yet. New cases are being made; try again in a minute."
        ),
        Supply.FAILING: _(
            "No unread case is ready. New ones are on order, but the last one could not be made: "
            "tell whoever runs this site."
        ),
        Supply.NO_WORKER: _(
            "No unread case is ready. New ones are on order, but nothing is there to make them at "
            "the moment: tell whoever runs this site."
        ),
        Supply.NOT_ORDERED: _(
            "No unread case is ready and none is on order. Practise something else, or ask an "
            "educator to order cases."
        ),
    }

    def __init__(self, supply: Supply, *, curriculum: str = "") -> None:
        self.supply = supply
        said = str(self.details[supply])
        if curriculum:
            of = gettext("Your curriculum “%(curriculum)s” has nothing left for you just now.")
            said = f"{of % {'curriculum': curriculum}} {said}"
        super().__init__(said)


class SessionEndedError(ReadingError):
    code = "session_ended"
    detail = _("This session has ended. Start a new one to go on.")


class CaseWithdrawnError(ReadingError):
    code = "case_withdrawn"
    detail = _("This case was withdrawn by an educator. Go on to the next case.")


class AlreadyReadError(ReadingError):
    code = "already_read"
    detail = _("This case has already been read.")


class FormNotReadyError(ReadingError):
    code = "form_not_ready"
    detail = _("This test set is not ready yet: its cases are still being made.")


class FormWithdrawnError(FormNotReadyError):
    detail = _(
        "This test set cannot be read at the moment: a case of it was withdrawn. Tell whoever "
        "runs this site."
    )


class FormOrderError(ReadingError):
    code = "form_order"
    detail = _("This form is not your next one. Take the other form first.")


class OtherTestOpenError(ReadingError):
    code = "other_test_open"
    detail = _("You are in the middle of another test set. Finish or end it first.")


class TimeUpError(ReadingError):
    code = "time_up"
    detail = _(
        "The time of this test set is up. This case does not count; what was saved of it before "
        "stays as a draft."
    )


class ToldLaterError(ReadingError):
    code = "told_later"
    detail = _("Feedback on the cases of a test set comes when it has ended.")


class OtherReaderError(ReadingError):
    code = "other_reader"
    detail = _("Somebody else is signed in by now. Sign in again to keep your note.")


class StaleNoteError(ReadingError):
    code = "stale_note"
    detail = _("This note was changed elsewhere.")


class StaleDraftError(ReadingError):
    code = "stale_draft"
    detail = _("A newer draft of this reading was saved elsewhere.")

    def __init__(self, current: Mapping[str, Any]) -> None:
        self.current = dict(current)
        super().__init__()
