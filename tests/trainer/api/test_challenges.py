"""A challenge from the first look to its result, and what must not come out before."""

import gettext
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from cases.models import Case, CaseRequest, SandboxCase
from tests.factories.accounts import CohortFactory, InstitutionFactory, MembershipFactory
from tests.factories.practice import assign_case, make_answers, make_log, make_mark
from tests.factories.sandbox import LESION, make_normal, make_placed, make_sandbox
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Cohort, Institution, User
from trainer.challenges.domain.challenges import CHALLENGES_PER_DAY
from trainer.challenges.models import Challenge
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.models import AbilityEstimate
from trainer.reading.domain.assignments import next_assignment
from trainer.reading.domain.sessions import start_session
from trainer.reading.errors import NoCaseReadyError
from trainer.reading.models import Assignment, Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(institution: Institution, cohort: Cohort) -> User:
    return MembershipFactory.create(institution=institution, cohort=cohort).user


@pytest.fixture
def sandbox(api: SignIn, resident: User) -> SandboxCase:
    found = make_sandbox(resident)
    body = {"revision": 0, "side": "left", "lesion": LESION}
    assert api(resident).put(f"/api/sandbox/cases/{found.pk}/", body).status_code == 200
    found.refresh_from_db()
    return found


def send(client: Any, sandbox: SandboxCase, *people: User) -> Any:
    body = {"sandbox": str(sandbox.pk), "colleagues": [one.pk for one in people]}
    return client.post("/api/challenges/", body)


def lists(client: Any) -> Any:
    return client.get("/api/challenges/").json()


def make_sent(sandbox: SandboxCase) -> Case:
    return make_placed(CaseRequest.objects.get(variant_of=sandbox.base))


def submit(client: Any, assignment: str, **answers: Any) -> Any:
    body = {
        "assignment": assignment,
        "key": str(uuid.uuid4()),
        "answers": make_answers(**answers),
        "log": make_log(),
    }
    return client.post("/api/readings/", body)


def test_the_whole_way(api: SignIn, resident: User, colleague: User, sandbox: SandboxCase) -> None:
    sender, reader = api(resident), api(colleague)
    sent = send(sender, sandbox, colleague).json()
    assert [(each["state"], each["colleague"]) for each in sent] == [("making", str(colleague))]
    assert lists(reader)["received"] == [], "it comes when the case is made"
    make_sent(sandbox)
    (received,) = lists(reader)["received"]
    assert (received["state"], received["challenger"]) == ("open", str(resident))
    accepted = reader.post(f"/api/challenges/{received['id']}/accept/").json()["assignment"]
    assert reader.post(f"/api/challenges/{received['id']}/accept/").json() == {
        "assignment": accepted
    }
    result = f"/api/challenges/{received['id']}/result/"
    assert sender.get(result).status_code == 404
    told = submit(reader, accepted, marks=[make_mark(x=30.0, y=40.0)])
    assert told.status_code == 201
    assert told.json()["mode"] == "challenge"
    assert [lesion["hit"] for lesion in told.json()["score"]["lesions"]] == [True]
    (mine,) = lists(sender)["sent"]
    assert (mine["state"], mine["found"]) == ("read", True)
    shown = sender.get(result).json()
    assert shown["answers"]["marks"][0]["x"] == 30.0
    assert shown["truth"]["findings"][0]["id"] == "f1"
    for view in shown["case"]["views"]:
        assert sender.get(view["frame"]["url"]).status_code == 200
    assert sender.get(shown["base_frames"]["left_cc"]["url"]).status_code == 200
    assert reader.get(result).status_code == 404, "the result is the challenger's"
    assert not AbilityEstimate.objects.exists()


def test_its_words_come_in_the_challengers_language(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    CaseRequest.objects.filter(variant_of=sandbox.base).update(
        reason="The worker ended in the middle of the case."
    )
    resident.language = "de"
    resident.save(update_fields=["language"])
    (waiting,) = lists(api(resident))["sent"]
    catalogue = gettext.translation("django", settings.LOCALE_PATHS[0], ["de"])
    assert (
        waiting["reason"]
        == catalogue.gettext("The worker ended in the middle of the case.")
        != "The worker ended in the middle of the case."
    )
    make_sent(sandbox)
    challenge = Challenge.objects.get()
    accepted = api(colleague).post(f"/api/challenges/{challenge.pk}/accept/").json()["assignment"]
    submit(api(colleague), accepted, marks=[make_mark(x=30.0, y=40.0)])
    shown = api(resident).get(f"/api/challenges/{challenge.pk}/result/").json()
    stored = Reading.objects.get().scores.get().result["items"]
    labels = [item["label"] for item in shown["score"]["items"]]
    assert labels == [catalogue.gettext(item["label"]) for item in stored]
    assert labels != [item["label"] for item in stored]


def test_nothing_tells_what_is_in_it_before_it_is_read(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    case = make_sent(sandbox)
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    assert set(received) == {"id", "challenger", "sent_at", "state", "assignment", "reading"}
    views = case.views.all()
    frame = f"/api/frames/{views[0].frame_sha256}/?case={case.pk}"
    assert reader.get(frame).status_code == 404, "not before it is accepted"
    accepted = reader.post(f"/api/challenges/{received['id']}/accept/").json()["assignment"]
    assert reader.get(frame).status_code == 200
    based = next(view for view in views if view.base_frame_sha256)
    assert reader.get(f"/api/frames/{based.base_frame_sha256}/?case={case.pk}").status_code == 404
    assert reader.get(f"/api/cases/{case.pk}/ladder/").status_code == 404
    told = reader.get(f"/api/assignments/{accepted}/").json()
    assert told["why"]["text"] == f"Sent by {resident}."
    assert Assignment.objects.get(pk=accepted).why == {}, "the name is kept in one place"
    assert "mass" not in str(told).lower()


def test_an_untouched_case_is_sent_in_the_same_way(
    api: SignIn, resident: User, colleague: User
) -> None:
    sandbox = make_sandbox(resident)
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    accepted = reader.post(f"/api/challenges/{received['id']}/accept/").json()["assignment"]
    negative = {"left": {"assessment": "1"}, "right": {"assessment": "1"}}
    assert submit(reader, accepted, marks=[], recall=False, breasts=negative).status_code == 201
    assert [each["found"] for each in lists(api(resident))["sent"]] == [True]


def test_it_is_sent_in_the_density_that_is_on_screen(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    body = {"sandbox": str(sandbox.pk), "colleagues": [colleague.pk], "density": "D"}
    assert api(resident).post("/api/challenges/", body).status_code == 201
    assert Challenge.objects.get().request.density == "D"


def test_only_residents_of_the_own_cohort_who_have_not_met_the_woman(
    api: SignIn, resident: User, educator: User, colleague: User, institution: Institution,
    sandbox: SandboxCase,
) -> None:  # fmt: skip
    elsewhere = CohortFactory.create(institution=institution)
    stranger = MembershipFactory.create(institution=institution, cohort=elsewhere).user
    client = api(resident)
    for person in (stranger, educator, resident):
        refused = send(client, sandbox, colleague, person)
        assert (refused.status_code, list(refused.json())) == (400, ["colleagues"])
    assign_case(colleague, sandbox.base)
    assert client.get(f"/api/sandbox/cases/{sandbox.pk}/colleagues/").json() == [
        {"id": colleague.pk, "name": str(colleague), "knows_woman": True}
    ]
    refused = send(client, sandbox, colleague)
    assert str(colleague) in refused.json()["colleagues"][0]
    assert not Challenge.objects.exists()
    assert not CaseRequest.objects.exists(), "nothing is made for nobody"


def test_sending_again_changes_nothing_and_one_case_is_made_for_all(
    api: SignIn, resident: User, colleague: User, cohort: Cohort, sandbox: SandboxCase
) -> None:
    client = api(resident)
    first = send(client, sandbox, colleague).json()
    assert send(client, sandbox, colleague).json() == first
    third = MembershipFactory.create(institution=cohort.institution, cohort=cohort).user
    both = send(client, sandbox, colleague, third).json()
    assert len(both) == 2
    assert CaseRequest.objects.count() == 1, "one case for all"


def change_finding(client: Any, sandbox: SandboxCase) -> None:
    body = {"revision": 1, "side": "left", "lesion": {**LESION, "size_mm": 9.0}}
    assert client.put(f"/api/sandbox/cases/{sandbox.pk}/", body).status_code == 200


def test_another_finding_is_another_case_for_people_who_are_not_asked_yet(
    api: SignIn, resident: User, colleague: User, cohort: Cohort, sandbox: SandboxCase
) -> None:
    client = api(resident)
    send(client, sandbox, colleague)
    change_finding(client, sandbox)
    third = MembershipFactory.create(institution=cohort.institution, cohort=cohort).user
    refused = send(client, sandbox, colleague, third)
    assert (refused.status_code, list(refused.json())) == (400, ["colleagues"])
    assert str(colleague) in refused.json()["colleagues"][0], "she would come twice"
    assert send(client, sandbox, third).status_code == 201
    sizes = CaseRequest.objects.values_list("spec__lesions__0__size_mm", flat=True)
    assert sorted(sizes) == [9.0, 12.0]
    known = client.get(f"/api/sandbox/cases/{sandbox.pk}/colleagues/").json()
    assert [each["knows_woman"] for each in known] == [True, True]


def test_a_woman_met_since_is_not_taken_from_a_challenge(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    assign_case(colleague, sandbox.base)
    refused = api(colleague).post(f"/api/challenges/{Challenge.objects.get().pk}/accept/")
    assert (refused.status_code, refused.json()["code"]) == (409, "challenge_closed")


def test_the_woman_of_an_open_challenge_comes_neither_as_practice_nor_as_a_new_woman(
    api: SignIn, resident: User, colleague: User, institution: Institution, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    index_all_cases()
    session = start_session(reader=colleague, institution=institution, mode="practice")
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=session)
    refused = api(colleague).post("/api/sandbox/cases/", {"id": str(uuid.uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_case_ready")


def test_a_case_of_an_institution_stays_there(
    api: SignIn, resident: User, colleague: User, institution: Institution
) -> None:
    elsewhere = CohortFactory.create(institution=InstitutionFactory.create())
    outside = MembershipFactory.create(institution=elsewhere.institution, cohort=elsewhere).user
    MembershipFactory.create(user=resident, institution=elsewhere.institution, cohort=elsewhere)
    MembershipFactory.create(user=colleague, institution=elsewhere.institution, cohort=elsewhere)
    owned = make_sandbox(resident, make_normal(institution=elsewhere.institution))
    shared = make_sandbox(resident, make_normal())
    client = api(resident)

    def listed(sandbox: SandboxCase) -> set[int]:
        rows = client.get(f"/api/sandbox/cases/{sandbox.pk}/colleagues/").json()
        return {row["id"] for row in rows}

    assert listed(owned) == listed(shared) == {colleague.pk, outside.pk}
    assert send(client, owned, colleague).status_code == 201
    assert Challenge.objects.get().institution == elsewhere.institution, "not where they met first"
    own = make_sandbox(resident, make_normal(institution=institution))
    assert listed(own) == {colleague.pk}
    refused = send(client, own, outside)
    assert (refused.status_code, list(refused.json())) == (400, ["colleagues"])


def test_what_was_taken_back_can_be_sent_again(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    client = api(resident)
    (first,) = send(client, sandbox, colleague).json()
    Challenge.objects.update(sent_at=timezone.now() - timedelta(days=2))
    client.post(f"/api/challenges/{first['id']}/withdraw/")
    make_sent(sandbox)
    (again,) = send(client, sandbox, colleague).json()
    assert (again["id"], again["state"], again["answered_at"]) == (first["id"], "open", None)
    assert again["sent_at"] > first["sent_at"], "it counts in the limit of this day"
    assert [each["id"] for each in lists(api(colleague))["received"]] == [first["id"]]


def test_what_was_declined_is_not_sent_again(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    api(colleague).post(f"/api/challenges/{Challenge.objects.get().pk}/decline/")
    refused = send(api(resident), sandbox, colleague)
    assert (refused.status_code, refused.json()["code"]) == (409, "challenge_declined")
    assert str(colleague) in refused.json()["detail"]
    change_finding(api(resident), sandbox)
    assert send(api(resident), sandbox, colleague).status_code == 201


def test_a_day_has_a_limit(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase
) -> None:
    for _ in range(CHALLENGES_PER_DAY):
        request = CaseRequest.objects.create(pk=uuid.uuid4(), spec={"lesions": []})
        Challenge.objects.create(
            challenger=resident,
            colleague=colleague,
            institution=resident.memberships.get().institution,
            request=request,
        )
    refused = send(api(resident), sandbox, colleague)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many")
    Challenge.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert send(api(resident), sandbox, colleague).status_code == 201


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_declined_or_taken_back_it_is_over(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase, verb: str
) -> None:
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    address = f"/api/challenges/{received['id']}/"
    who, other = (reader, api(resident)) if verb == "decline" else (api(resident), reader)
    assert other.post(f"{address}{verb}/").status_code == 404
    for _ in range(2):
        assert who.post(f"{address}{verb}/").status_code == 200
    assert reader.post(f"{address}accept/").status_code in (404, 409)
    assert lists(api(resident))["sent"][0]["state"] == f"{verb.removesuffix('e')}ed".replace(
        "withdrawed", "withdrawn"
    )


@pytest.mark.parametrize("what", ["case", "woman", "challenger"])
def test_a_withdrawn_case_or_somebody_who_left_closes_it(
    api: SignIn, resident: User, colleague: User, sandbox: SandboxCase, what: str
) -> None:
    send(api(resident), sandbox, colleague)
    case = make_sent(sandbox)
    if what == "challenger":
        User.objects.filter(pk=resident.pk).update(is_active=False)
    else:
        pk = case.pk if what == "case" else sandbox.base_id
        Case.objects.filter(pk=pk).update(withdrawn_at=timezone.now())
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    assert received["state"] == "closed"
    refused = reader.post(f"/api/challenges/{received['id']}/accept/")
    assert (refused.status_code, refused.json()["code"]) == (409, "challenge_closed")


def test_the_woman_of_a_challenge_never_comes_as_practice(
    api: SignIn, resident: User, colleague: User, institution: Institution, sandbox: SandboxCase
) -> None:
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    index_all_cases()
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    reader.post(f"/api/challenges/{received['id']}/accept/")
    session = start_session(reader=colleague, institution=institution, mode="practice")
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=session)


def test_a_challenge_leaves_practice_as_it_was(
    api: SignIn, resident: User, colleague: User, institution: Institution, sandbox: SandboxCase
) -> None:
    waiting = assign_case(colleague, make_normal())
    send(api(resident), sandbox, colleague)
    make_sent(sandbox)
    reader = api(colleague)
    (received,) = lists(reader)["received"]
    reader.post(f"/api/challenges/{received['id']}/accept/")
    session = start_session(reader=colleague, institution=institution, mode="practice")
    assert next_assignment(session=session) == waiting
