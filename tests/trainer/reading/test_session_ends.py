"""Practice ends by the button or by itself, and what was begun goes on in the next one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.practice import (
    assign_case,
    make_answers,
    make_case,
    open_session,
    read_case,
)
from trainer.accounts.models import User
from trainer.reading.domain.drafts import save_draft
from trainer.reading.domain.sessions import IDLE_AFTER, end_idle_sessions, end_session
from trainer.reading.models import Assignment, Session
from trainer.reading.tasks import end_idle_sessions as task

pytestmark = pytest.mark.django_db


def test_practice_left_alone_ends_when_it_was_last_gone_on_with(resident: User) -> None:
    read_case(resident, make_case())
    assignment = assign_case(resident, make_case())
    draft = save_draft(assignment=assignment, answers=make_answers(), revision=0)
    later = draft.updated_at + IDLE_AFTER
    assert end_idle_sessions(now=later) == 0
    assert end_idle_sessions(now=later + timedelta(seconds=1)) == 1
    assert Session.objects.get().ended_at == draft.updated_at
    assert end_idle_sessions(now=later + timedelta(days=1)) == 0


def test_another_readers_practice_is_left_alone(resident: User, educator: User) -> None:
    open_session(resident), open_session(educator)
    tomorrow = timezone.now() + timedelta(days=1)
    assert end_idle_sessions(reader=resident, now=tomorrow) == 1
    assert Session.objects.get(ended_at=None).reader == educator


def test_coming_back_late_begins_anew_with_the_draft(resident: User) -> None:
    assignment = assign_case(resident, make_case())
    draft = save_draft(assignment=assignment, answers=make_answers(), revision=0)
    old = open_session(resident)
    long_ago = timezone.now() - IDLE_AFTER - timedelta(minutes=1)
    Session.objects.update(started_at=long_ago)
    Assignment.objects.update(assigned_at=long_ago)
    assert open_session(resident) == old, "the draft was saved just now"
    draft.updated_at = long_ago
    draft.save()
    task.run()
    new = open_session(resident)
    assert new != old
    assert new.assignments.get() == assignment
    assert new.assignments.get().draft == draft


def test_what_was_given_and_not_read_goes_along(resident: User) -> None:
    read_case(resident, make_case())
    waiting = assign_case(resident, make_case())
    end_session(session=open_session(resident))
    session = open_session(resident)
    waiting.refresh_from_db()
    assert (waiting.session, waiting.position) == (session, 1)
    assert Assignment.objects.exclude(session=session).count() == 1
