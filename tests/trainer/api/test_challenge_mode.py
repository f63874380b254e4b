"""A reading of a challenge is scored and answered like any other, and moves nothing else."""

from uuid import uuid4

import pytest
from django.utils import timezone

from cases.models import CaseRequest
from tests.factories.accounts import UserFactory
from tests.factories.practice import make_answers, make_case, make_log
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Institution, User
from trainer.challenges.models import Answer, Challenge
from trainer.learning.models import AbilityEstimate, ItemDifficulty, KindReview
from trainer.reading.domain.readings import submit_reading
from trainer.reading.models import Assignment, Reading, Session
from trainer.reading.queries.replay import list_recorded_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(resident: User, institution: Institution) -> Reading:
    session = Session.objects.create(
        reader=resident,
        institution=institution,
        mode=Session.Mode.CHALLENGE,
        ended_at=timezone.now(),
    )
    assignment = Assignment.objects.create(session=session, case=make_case(), position=1)
    Challenge.objects.create(
        challenger=UserFactory.create(name="Robin"),
        colleague=resident,
        institution=institution,
        request=CaseRequest.objects.create(pk=uuid4(), spec={}, case=assignment.case),
        answer=Answer.ACCEPTED,
        assignment=assignment,
    )
    answers = make_answers(marks=[])
    return submit_reading(
        assignment=assignment, key=assignment.pk, answers=answers, log=make_log()
    ).reading


def test_it_is_scored_and_moves_no_ability(reading: Reading) -> None:
    assert [lesion["hit"] for lesion in reading.scores.get().result["lesions"]] == [False]
    for moved in (AbilityEstimate, ItemDifficulty, KindReview):
        assert not moved.objects.exists()


def test_replaying_all_readings_leaves_it_out(reading: Reading) -> None:
    assert list(list_recorded_answers()) == []


def test_its_feedback_says_so(api: SignIn, resident: User, reading: Reading) -> None:
    told = api(resident).get(f"/api/readings/{reading.pk}/feedback/").json()
    assert (told["mode"], told["abilities"]) == ("challenge", [])
    assert "challenge" in told["next"]["text"]
    assert told["why"]["text"] == "Sent by Robin."
    assert told["truth"]["findings"]
    User.objects.get(name="Robin").delete()
    told = api(resident).get(f"/api/readings/{reading.pk}/feedback/").json()
    assert (told["why"]["mode"], told["why"]["text"]) == ("Challenge", "")


def test_it_is_in_no_figure_and_no_list_of_sessions(
    api: SignIn, resident: User, reading: Reading
) -> None:
    client = api(resident)
    assert client.get("/api/sessions/").json()["results"] == []
    for mode in ("practice", "assessment", "test"):
        assert client.get(f"/api/progress/?mode={mode}").json()["readings"] == 0
    assert client.get("/api/progress/?mode=challenge").status_code == 400


def test_nobody_starts_one_by_naming_the_mode(api: SignIn, resident: User) -> None:
    refused = api(resident).post("/api/sessions/", {"mode": "challenge"})
    assert (refused.status_code, list(refused.json())) == (400, ["mode"])
