"""What the verbs of the case library refuse, in words for people."""

from django.utils.translation import gettext as _


class CasesError(Exception):
    """Base of the refusals below; the message may be shown."""


class RequestConflictError(CasesError):
    """The id was used before for something else."""


class WrongStateError(CasesError):
    """The row is not in a state that allows this."""


class StaleAttemptError(CasesError):
    """This attempt at a request was given up; another one counts, or none."""


class WorkerEndingError(CasesError):
    """The worker was told to end in the middle of a case; another one makes it."""


class GeneratorError(CasesError):
    """What makes the images cannot be used on this worker: its software or its weights."""


class NoVariantError(CasesError):
    """A case cannot be shown otherwise, as wished."""


class TooManyVariantsError(CasesError):
    """One person has asked for as much computing as there is for one person in a day."""


class CaseInUseError(CasesError):
    """A case of which something was made, such as a reading, cannot be deleted."""


class StaleSandboxError(CasesError):
    """Another window has kept something newer of a sandbox case."""

    def __init__(self) -> None:
        super().__init__(
            _("This was changed in another window. Reload the page to go on from there.")
        )


class WithdrawnBaseError(CasesError):
    """The case under a sandbox case is not to be used any more."""

    def __init__(self) -> None:
        super().__init__(_("This case was withdrawn by an educator. Take another woman."))
