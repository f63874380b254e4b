"""Who may see what of the test. Each predicate stands beside the Q that filters the same thing."""

from typing import TypeGuard

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from trainer.accounts.models import Membership, User
from trainer.accounts.rules import TEACHERS
from trainer.realism.models import RealismImage, RealismReading, RealismTest

Person = User | AnonymousUser


def _is_known(user: Person) -> TypeGuard[User]:
    return user.is_authenticated and user.is_active


@rules.predicate
def takes_test(user: Person) -> bool:
    """Everybody who belongs to an institution of this site, whatever the role."""
    return _is_known(user) and Membership.objects.filter(user_id=user.pk).exists()


@rules.predicate
def owns_realism_reading(user: Person, reading: RealismReading) -> bool:
    return _is_known(user) and reading.reader_id == user.pk


def own_realism_readings_q(user: Person) -> Q:
    return Q(reader_id=user.pk) if _is_known(user) else Q(pk__in=[])


@rules.predicate
def sees_realism_image(user: Person, image: RealismImage) -> bool:
    """Real images are served within the test alone: to those who have begun it."""
    return (
        takes_test(user)
        and bool(image.folder)
        and RealismReading.objects.filter(test=image.test_id, reader_id=user.pk).exists()
    )


def seen_realism_images_q(user: Person) -> Q:
    if not takes_test(user):
        return Q(pk__in=[])
    begun = RealismReading.objects.filter(reader_id=user.pk)
    return Q(test__in=begun.values("test")) & ~Q(folder="")


@rules.predicate
def sees_giveaways(user: Person, test: RealismTest) -> bool:
    """Which images are real is for teachers, once it spoils no answer of their own.

    That is when they have read the test, or can no longer: it is closed and they never began it,
    or its images are gone. A reading that was begun before the test was closed goes on.
    """
    if not _is_known(user):
        return False
    if not Membership.objects.filter(user_id=user.pk, role__in=TEACHERS).exists():
        return False
    if test.removed_at is not None:
        return True
    own = RealismReading.objects.filter(test=test, reader_id=user.pk).first()
    return test.closed_at is not None if own is None else own.completed_at is not None


def told_tests_q(user: Person) -> Q:
    """Tests whose images are told apart to the person."""
    if not _is_known(user):
        return Q(pk__in=[])
    if not Membership.objects.filter(user_id=user.pk, role__in=TEACHERS).exists():
        return Q(pk__in=[])
    begun = RealismReading.objects.filter(reader_id=user.pk)
    done = begun.filter(completed_at__isnull=False)
    never_begun = Q(closed_at__isnull=False) & ~Q(pk__in=begun.values("test"))
    return Q(removed_at__isnull=False) | never_begun | Q(pk__in=done.values("test"))


rules.add_perm("realism.take_test", takes_test)
rules.add_perm("realism.own_reading", owns_realism_reading)
rules.add_perm("realism.see_image", sees_realism_image)
rules.add_perm("realism.see_giveaways", sees_giveaways)
