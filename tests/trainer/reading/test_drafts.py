import pytest

from tests.factories.practice import assign_case, make_answers, make_case, make_mark, read_case
from trainer.accounts.models import User
from trainer.reading.domain.drafts import save_draft
from trainer.reading.errors import AlreadyReadError, InvalidAnswersError, StaleDraftError
from trainer.reading.models import Assignment, Draft

pytestmark = pytest.mark.django_db

FIRST = make_answers(density="A")
SECOND = make_answers(density="C")


@pytest.fixture
def assignment(resident: User) -> Assignment:
    return assign_case(resident, make_case())


def test_drafts_count_up_from_zero(assignment: Assignment) -> None:
    assert save_draft(assignment=assignment, answers=FIRST, revision=0).revision == 1
    assert save_draft(assignment=assignment, answers=SECOND, revision=1).revision == 2
    assert Draft.objects.get().answers == SECOND


@pytest.mark.parametrize("revision", [0, 2, 7])
def test_a_writer_who_has_not_seen_the_newest_draft_is_refused_with_it(
    assignment: Assignment, revision: int
) -> None:
    save_draft(assignment=assignment, answers=FIRST, revision=0)
    with pytest.raises(StaleDraftError) as caught:
        save_draft(assignment=assignment, answers=SECOND, revision=revision)
    assert caught.value.current["answers"] == FIRST
    assert caught.value.current["revision"] == 1
    assert Draft.objects.get().answers == FIRST


def test_a_revision_ahead_of_no_draft_is_stale(assignment: Assignment) -> None:
    with pytest.raises(StaleDraftError) as caught:
        save_draft(assignment=assignment, answers=FIRST, revision=3)
    assert caught.value.current == {"answers": None, "revision": 0, "updated_at": None}


def test_repeating_a_save_whose_answer_was_lost_changes_nothing(assignment: Assignment) -> None:
    saved = save_draft(assignment=assignment, answers=FIRST, revision=0)
    again = save_draft(assignment=assignment, answers=FIRST, revision=0)
    assert (again.revision, again.updated_at) == (1, saved.updated_at)


def test_a_refused_draft_leaves_the_earlier_one(assignment: Assignment) -> None:
    save_draft(assignment=assignment, answers=FIRST, revision=0)
    with pytest.raises(InvalidAnswersError):
        save_draft(assignment=assignment, answers=make_answers(marks=[make_mark(x=-9)]), revision=1)
    assert Draft.objects.get().answers == FIRST


def test_no_draft_after_the_reading(resident: User) -> None:
    reading = read_case(resident, make_case())
    with pytest.raises(AlreadyReadError):
        save_draft(assignment=reading.assignment, answers=FIRST, revision=0)
    assert not Draft.objects.exists()
