"""The exam before: shown with the case, kept from everybody else like the case."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cases.frames import decode_frame
from generation.vocabulary import VIEW_KEYS
from tests.factories.accounts import MembershipFactory
from tests.factories.practice import HEIGHT, WIDTH, add_prior, assign_case, make_case, read_case
from trainer.accounts.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def test_a_case_without_a_prior_says_so(api: SignIn, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    assert api(resident).get(f"/api/assignments/{assignment.pk}/").json()["case"]["prior"] is None


def test_the_prior_comes_with_the_case(api: SignIn, resident: User) -> None:
    case = make_case()
    add_prior(case, years=1.5)
    browser = api(resident)
    told = browser.get(f"/api/assignments/{assign_case(resident, case).pk}/").json()["case"]
    assert sorted(view["key"] for view in told["views"]) == sorted(VIEW_KEYS)
    assert told["prior"]["years_before"] == 1.5
    assert sorted(view["key"] for view in told["prior"]["views"]) == sorted(VIEW_KEYS)
    current = {view["key"]: view for view in told["views"]}
    for view in told["prior"]["views"]:
        assert view["frame"]["sha256"] != current[view["key"]]["frame"]["sha256"]
        frame = browser.get(view["frame"]["url"])
        data = b"".join(frame.streaming_content)
        assert decode_frame(data, width=WIDTH, height=HEIGHT).shape == (HEIGHT, WIDTH)
        preview = b"".join(browser.get(view["preview_url"]).streaming_content)
        own = b"".join(browser.get(current[view["key"]]["preview_url"]).streaming_content)
        assert preview.startswith(b"\x89PNG")
        assert preview != own


def test_the_prior_is_for_those_who_see_the_case(api: SignIn, resident: User) -> None:
    case = make_case()
    add_prior(case)
    colleague = MembershipFactory.create(institution=resident.memberships.get().institution).user
    assign_case(resident, case)
    view = case.prior_views[0]
    address = f"/api/previews/{case.pk}/{view.key}/"
    for url in (f"/api/frames/{view.frame_sha256}/?case={case.pk}", f"{address}?exam=prior"):
        assert api(resident).get(url).status_code == 200
        assert api(colleague).get(url).status_code == 404
    assert api(resident).get(f"{address}?exam=next").status_code == 404


def test_a_case_with_a_prior_is_read_and_scored_like_any(api: SignIn, resident: User) -> None:
    case = make_case()
    add_prior(case)
    reading = read_case(resident, case)
    feedback = api(resident).get(f"/api/readings/{reading.pk}/feedback/").json()
    assert feedback["score"]["lesions"][0]["hit"] is True
    assert set(feedback["base_frames"]) == {"left_cc", "left_mlo"}
