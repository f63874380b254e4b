"""Going through a test: begun once, answered image by image, ended with the last answer."""

import secrets
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.reading.errors import InvalidAnswersError
from trainer.realism.errors import AlreadyAnsweredError, ImagesRemovedError, NoTestError
from trainer.realism.models import RealismAnswer, RealismReading
from trainer.realism.queries.tests import open_test

ORDER_BITS = 32


def begin_reading(*, reader: Any) -> RealismReading:
    """Begin the test that is offered, or go on with it.

    Raises:
        NoTestError: if none is.
    """
    test = open_test()
    if test is None:
        raise NoTestError()
    reading, _created = RealismReading.objects.get_or_create(
        test=test, reader=reader, defaults={"seed": secrets.randbits(ORDER_BITS)}
    )
    return reading


def answer_image(
    *, reading: RealismReading, image: uuid.UUID, key: uuid.UUID, rating: int, seconds: float
) -> RealismAnswer:
    """Take one answer for good; the same key again gives the answer that was stored.

    Raises:
        InvalidAnswersError: the image is none of this test, or the key belongs to another answer.
        AlreadyAnsweredError: the image was answered under another key.
        ImagesRemovedError: the test's images are gone.
    """
    with transaction.atomic():
        # One reader's answers pass one by one, so that the last of them ends the reading.
        locked = RealismReading.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=reading.pk
        )
        earlier = RealismAnswer.objects.filter(key=key).first()
        if earlier is not None:
            if (earlier.reading_id, earlier.image_id) != (reading.pk, image):
                raise InvalidAnswersError({"key": [_("This key was used for another answer.")]})
            return earlier
        if reading.test.removed_at is not None:
            raise ImagesRemovedError()
        if not reading.test.images.filter(pk=image).exists():
            raise InvalidAnswersError({"image": [_("This image is not part of the test.")]})
        if locked.answers.filter(image=image).exists():
            raise AlreadyAnsweredError()
        answer = RealismAnswer.objects.create(
            reading=locked, image_id=image, key=key, rating=rating, seconds=seconds
        )
        if locked.answers.count() == reading.test.images.count():
            RealismReading.objects.filter(pk=locked.pk).update(completed_at=timezone.now())
    return answer
