"""What challenges refuse, in words for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainer.reading.errors import FieldErrors, ReadingError


class ChallengeError(ReadingError):
    code = "challenge_refused"


class NotAColleagueError(ChallengeError):
    """Somebody who cannot be challenged with this case; the message names them and says why."""

    code = "invalid"

    def __init__(self, errors: FieldErrors) -> None:
        self.errors = errors
        super().__init__()


class ChallengeDeclinedError(ChallengeError):
    """Colleagues who have declined this very case."""

    code = "challenge_declined"

    def __init__(self, names: str) -> None:
        said = _("%(names)s: has declined this case. Change it, or choose another colleague.")
        super().__init__(said % {"names": names})


class TooManyChallengesError(ChallengeError):
    code = "too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can send %(most)d challenges a day. Go on tomorrow.") % {"most": most}
        )


class TooManyWomenError(ChallengeError):
    code = "too_many"

    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can take %(most)d new women a day. Go on with those you have.") % {"most": most}
        )


class NoWomanReadyError(ChallengeError):
    code = "no_case_ready"
    detail = gettext_lazy(
        "No normal case is ready that you have not read. One is being made; try again in a minute."
    )


class ChallengeClosedError(ChallengeError):
    code = "challenge_closed"
    detail = gettext_lazy("This challenge is no longer open.")
