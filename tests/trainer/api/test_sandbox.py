"""The sandbox over the API: whose it is, what it shows, and what it must not tell."""

import gettext
import uuid
from base64 import b64decode
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from cases.frames import decode_frame
from cases.models import Case, CaseRequest, SandboxCase
from tests.factories.accounts import MembershipFactory
from tests.factories.practice import assign_case, make_answers, read_case
from tests.factories.sandbox import LESION, make_normal, make_placed, make_sandbox
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Institution, User
from trainer.challenges.domain.women import NEW_WOMEN_PER_DAY
from trainer.learning.domain.orders import RESERVE
from trainer.learning.domain.stock import index_all_cases
from trainer.learning.models import FormPlace
from trainer.reading.domain.assignments import next_assignment
from trainer.reading.domain.sessions import start_session
from trainer.reading.errors import NoCaseReadyError

pytestmark = pytest.mark.django_db

CASES = "/api/sandbox/cases/"


def read_normal(reader: User) -> Case:
    case = make_normal()
    right = make_answers(
        marks=[],
        recall=False,
        breasts={"left": {"assessment": "1"}, "right": {"assessment": "1"}},
    )
    read_case(reader, case, **right)
    return case


def save(client: Any, sandbox: SandboxCase, **body: Any) -> Any:
    wanted = {"revision": sandbox.revision, "side": "left", "lesion": LESION, **body}
    return client.put(f"{CASES}{sandbox.pk}/", wanted)


def test_one_begins_with_a_normal_case_that_one_has_read(api: SignIn, resident: User) -> None:
    read = read_normal(resident)
    unread = make_normal()
    client = api(resident)
    women = client.get("/api/sandbox/women/").json()["results"]
    assert [woman["id"] for woman in women] == [str(read.pk)]
    name = str(uuid.uuid4())
    for _ in range(2):
        opened = client.post(CASES, {"id": name, "case": str(read.pk)})
        assert (opened.status_code, opened.json()["id"]) == (201, name)
        assert opened.json()["woman"] == str(read.pk)
    assert client.post(CASES, {"id": str(uuid.uuid4()), "case": str(unread.pk)}).status_code == 404


def test_neither_what_waits_to_be_read_nor_a_test_set_is_offered(
    api: SignIn, resident: User, institution: Institution
) -> None:
    waiting, tested = make_normal(), make_normal()
    assign_case(resident, waiting)
    request = CaseRequest.objects.create(pk=uuid.uuid4(), spec={}, case=tested)
    FormPlace.objects.create(edition="x", form="A", number=1, request=request)
    read_case(resident, tested, marks=[])
    client = api(resident)
    assert client.get("/api/sandbox/women/").json()["results"] == []
    refused = client.post(CASES, {"id": str(uuid.uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_case_ready")
    assert CaseRequest.objects.filter(case=None).count() == 1, "one is ordered"


def test_a_new_woman_is_never_given_to_read(
    api: SignIn, resident: User, institution: Institution
) -> None:
    taken, left = make_normal(), make_normal()
    Case.objects.filter(pk=left.pk).update(created_at=taken.created_at.replace(year=2020))
    index_all_cases()
    name = str(uuid.uuid4())
    for _ in range(2):
        assert api(resident).post(CASES, {"id": name}).status_code == 201
    assert SandboxCase.objects.get().base == taken
    session = start_session(reader=resident, institution=institution, mode="practice")
    given = next_assignment(session=session)
    assert given.case == left
    Case.objects.filter(pk=left.pk).update(withdrawn_at=taken.created_at)
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=session)


def test_new_women_are_limited_a_day_and_read_ones_are_not(api: SignIn, resident: User) -> None:
    read, base = read_normal(resident), make_normal()
    make_sandbox(resident, read)
    for _ in range(NEW_WOMEN_PER_DAY - 1):
        make_sandbox(resident, base)
    make_normal()
    last = {"id": str(uuid.uuid4())}
    assert api(resident).post(CASES, last).status_code == 201
    make_normal()
    refused = api(resident).post(CASES, {"id": str(uuid.uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many")
    assert api(resident).post(CASES, last).status_code == 201, "what it gave, it gives again"


def test_a_normal_case_is_ordered_whatever_else_is_being_made(
    api: SignIn, resident: User, institution: Institution
) -> None:
    for _ in range(RESERVE):
        spec = {"lesions": [LESION]}
        CaseRequest.objects.create(pk=uuid.uuid4(), spec=spec, institution=institution)
    for _ in range(RESERVE + 1):
        refused = api(resident).post(CASES, {"id": str(uuid.uuid4())})
        assert (refused.status_code, refused.json()["code"]) == (409, "no_case_ready")
    ordered = CaseRequest.objects.filter(institution=institution, spec__lesions=[])
    assert ordered.count() == RESERVE, "what is said to be made is being made"


def test_it_is_its_owners_alone(
    api: SignIn, resident: User, educator: User, institution: Institution
) -> None:
    sandbox = make_sandbox(resident, make_normal(institution=institution))
    colleague = MembershipFactory.create(institution=institution).user
    for person in (colleague, educator):
        client = api(person)
        assert client.get(CASES).json()["results"] == []
        for address in ("", "steps/", "colleagues/"):
            assert client.get(f"{CASES}{sandbox.pk}/{address}").status_code == 404
        assert save(client, sandbox).status_code == 404
        assert client.delete(f"{CASES}{sandbox.pk}/").status_code == 404
    assert api().get(CASES).status_code == 403


def test_a_finding_shows_at_once_in_both_views_and_is_kept(api: SignIn, resident: User) -> None:
    sandbox = make_sandbox(resident)
    shown = save(api(resident), sandbox).json()
    assert [view["key"] for view in shown["views"]] == ["left_cc", "left_mlo"]
    for view in shown["views"]:
        pixels = decode_frame(b64decode(view["pixels"]), width=view["width"], height=view["height"])
        rows, columns = np.nonzero(pixels > 1200)
        middle = (np.median(columns) + view["x"], np.median(rows) + view["y"])
        assert middle == pytest.approx(shown["places"][view["key"]], abs=30)
        assert view["outlines"]
    assert shown["lesion"]["assessment"] == "5"
    assert 1 <= shown["expected"]["low"] <= shown["expected"]["tier"] <= shown["expected"]["high"]
    reloaded = api(resident).get(f"{CASES}{sandbox.pk}/").json()
    assert reloaded["preview"] == shown
    assert len(reloaded["case"]["views"]) == 4
    for view in reloaded["case"]["views"]:
        assert api(resident).get(view["frame"]["url"]).status_code == 200


def test_a_click_moves_it_and_the_other_view_keeps_its_say(api: SignIn, resident: User) -> None:
    client, sandbox = api(resident), make_sandbox(resident)
    first = save(client, sandbox).json()
    x, y = first["places"]["left_cc"]
    at = {"view": "left_cc", "x": x - 50, "y": y + 30}
    moved = save(client, sandbox, revision=1, at=at).json()
    assert moved["places"]["left_cc"] == pytest.approx([x - 50, y + 30], abs=1)
    assert moved["lesion"]["depth_mm"] == pytest.approx(50.0, abs=0.1)
    assert moved["lesion"]["lateral_mm"] == pytest.approx(9.0, abs=0.1)
    assert moved["lesion"]["superior_mm"] == 5.0


def test_no_room_is_told_by_field_in_the_persons_language(api: SignIn, resident: User) -> None:
    sandbox = make_sandbox(resident)
    away = {**LESION, "depth_mm": 88.0}
    refused = save(api(resident), sandbox, lesion=away)
    assert refused.status_code == 400
    assert refused.json() == {
        "depth_mm": ["There is no room for it: the finding does not lie inside the breast."]
    }
    resident.language = "de"
    resident.save(update_fields=["language"])
    said = save(api(resident), sandbox, lesion=away).json()
    assert said == {"depth_mm": ["Dort ist kein Platz: Der Befund liegt nicht in der Brust."]}
    at = {"view": "left_cc", "x": 1700.0, "y": 5.0}
    assert said["depth_mm"] in save(api(resident), sandbox, at=at).json().values()


@pytest.mark.parametrize(
    "body",
    [
        {"lesion": {**LESION, "kind": "dragon"}},
        {"lesion": {**LESION, "size_mm": "large"}},
        {"lesion": {"kind": "mass"}},
        {"at": {"view": "left_xx", "x": 1, "y": 1}},
        {"draw": "mass"},
        {"lesion": None, "draw": "hair"},
        {"revision": -1},
    ],
)
def test_bad_input_names_its_field(api: SignIn, resident: User, body: dict[str, Any]) -> None:
    refused = save(api(resident), make_sandbox(resident), **body)
    assert refused.status_code == 400
    assert "detail" not in refused.json()


def test_a_plausible_one_is_drawn_where_one_points(api: SignIn, resident: User) -> None:
    client, sandbox = api(resident), make_sandbox(resident)
    there = save(client, sandbox).json()["places"]["left_mlo"]
    save(client, sandbox, revision=1, lesion=None)
    at = {"view": "left_mlo", "x": there[0], "y": there[1]}
    drawn = save(client, sandbox, revision=2, lesion=None, draw="cyst", at=at).json()
    assert drawn["lesion"]["kind"] == "cyst"
    assert drawn["places"]["left_mlo"] == pytest.approx(there, abs=1)


def test_what_the_network_draws_shows_when_it_is_made(api: SignIn, resident: User) -> None:
    client, sandbox = api(resident), make_sandbox(resident)
    shown = save(client, sandbox, lesion=None, draw="architectural_distortion").json()
    assert (shown["at_once"], shown["views"]) == (False, [])
    assert set(shown["places"]) == {"left_cc", "left_mlo"}
    steps = f"{CASES}{sandbox.pk}/steps/"
    asked = client.post(steps, {"density": "B"}).json()["steps"]
    assert [step["state"] for step in asked] == ["absent", "queued", "absent", "absent"]
    make_placed(CaseRequest.objects.get())
    made = client.get(steps).json()["steps"][1]
    assert (made["state"], len(made["views"]), len(made["findings"])) == ("done", 4, 1)
    assert client.get(made["views"][0]["frame"]["url"]).status_code == 200


def test_another_windows_change_is_told(api: SignIn, resident: User) -> None:
    client, sandbox = api(resident), make_sandbox(resident)
    assert save(client, sandbox).status_code == 200
    stale = save(client, sandbox, lesion={**LESION, "size_mm": 9.0})
    assert (stale.status_code, "window" in stale.json()["detail"]) == (409, True)


def test_what_is_put_away_is_gone_from_the_list_and_stays_known(
    api: SignIn, resident: User, institution: Institution
) -> None:
    sandbox = make_sandbox(resident)
    client = api(resident)
    assert client.delete(f"{CASES}{sandbox.pk}/").status_code == 200
    assert client.get(CASES).json()["results"] == []
    index_all_cases()
    with pytest.raises(NoCaseReadyError):
        next_assignment(
            session=start_session(reader=resident, institution=institution, mode="practice")
        )


def test_every_kind_that_is_offered_can_be_drawn(api: SignIn, resident: User) -> None:
    client = api(resident)
    kinds = client.get("/api/sandbox/kinds/").json()
    sandbox = make_sandbox(resident)
    revision = 0
    for kind in kinds:
        shown = save(client, sandbox, revision=revision, lesion=None, draw=kind["key"])
        assert shown.status_code == 200, kind["key"]
        assert bool(shown.json()["views"]) == kind["at_once"]
        assert save(client, sandbox, revision=revision + 1, lesion=None).status_code == 200
        revision += 2


def test_its_words_come_in_the_persons_language(api: SignIn, resident: User) -> None:
    english = api(resident).get("/api/sandbox/kinds/").json()
    resident.language = "de"
    resident.save(update_fields=["language"])
    german = api(resident).get("/api/sandbox/kinds/").json()
    catalogue = gettext.translation("django", settings.LOCALE_PATHS[0], ["de"])
    for one, other in zip(english, german, strict=True):
        for name in ("label", "group_label", "size_means"):
            # "Linear" is German too: what counts is that the catalogue has the word.
            assert one[name] in catalogue._catalog, one[name]  # type: ignore[attr-defined]
            assert other[name] == catalogue.gettext(one[name])
        for part in one["descriptors"]:
            for label in (part["label"], *(value["label"] for value in part["values"])):
                assert label in catalogue._catalog, label  # type: ignore[attr-defined]
