from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from trainer.accounts.models import Institution
from trainer.reading.models import Session


def start_session(*, reader: AbstractBaseUser, institution: Institution, mode: str) -> Session:
    """The reader's open session of this mode, or a new one."""
    wanted = {"reader": reader, "institution": institution, "mode": mode, "ended_at": None}
    open_session = Session.objects.filter(**wanted).first()
    if open_session is not None:
        return open_session
    try:
        with transaction.atomic():
            return Session.objects.create(**wanted)
    except IntegrityError:
        # Two tabs pressed "start" at once: the unique constraint let one of them through.
        return Session.objects.get(**wanted)


def end_session(*, session: Session) -> Session:
    """Close a session; ending it again changes nothing."""
    Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())
    session.refresh_from_db()
    return session
