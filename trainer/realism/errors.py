"""What can be wrong with the test of real and synthetic images, in words fit for people."""

from django.utils.translation import gettext_lazy as _

from trainer.reading.errors import ReadingError


class RealImagesError(Exception):
    """Real images cannot be taken in, or no test can be drawn; the message tells an operator."""


class NoTestError(ReadingError):
    code = "no_test"
    detail = _("No test of real and synthetic images is offered here now.")


class ImagesRemovedError(ReadingError):
    code = "images_removed"
    detail = _("The images of this test were removed. What you answered is kept.")


class AlreadyAnsweredError(ReadingError):
    code = "already_answered"
    detail = _("This image has already been answered.")
