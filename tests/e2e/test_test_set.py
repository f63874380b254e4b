"""A test set by keyboard: begun, reloaded, gone on with, ended by its last case or by the clock."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.prepared import running_copy
from tests.e2e.reader import Reader
from tests.e2e.test_keyboard import press, tab_to
from tests.system.site import Site

pytestmark = pytest.mark.e2e

# The prepared cases become both forms: which order is the only difference.
PLACE = """
from cases.models import CaseRequest
from trainer.learning.models import FormPlace
from trainer.learning.recipes import load_form
form = load_form()
for recipe in form.recipes:
    request = CaseRequest.objects.get(spec__seed=recipe.spec.seed)
    FormPlace.objects.create(
        edition=form.edition, form=recipe.form, number=recipe.number, request=request
    )
"""
NEARLY_OVER = """
from datetime import timedelta
from django.utils import timezone
from trainer.reading.models import Session
tests = Session.objects.filter(mode="test", ended_at=None)
tests.update(ends_at=timezone.now() + timedelta(seconds=6))
"""


def make_short_form(site: Site) -> None:
    recipes = [json.loads(spec) for (spec,) in site.query("SELECT spec FROM cases_caserequest")]
    path = site.folder / "form.json"
    path.write_text(json.dumps({"forms": {"A": recipes, "B": recipes[::-1]}}))
    site.settings["REFERENCE_FORM"] = str(path)
    site.manage("shell", "-c", PLACE)


@pytest.fixture(scope="module")
def site(prepared: Path) -> Iterator[Site]:
    with running_copy(prepared, make_short_form) as running:
        yield running


def start(reader: Reader) -> None:
    tab_to(reader, "main .panel .button.is-primary")
    press(reader, "Enter")
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    expect(reader.page.get_by_role("button", name="Start now")).to_be_focused()


def answer(reader: Reader) -> None:
    for first_value in ("A", "0", "0"):
        tab_to(reader, f'.question input[value="{first_value}"]')
        press(reader, "ArrowRight")
        expect(reader.page.locator(":focus")).to_be_checked()
    reader.wait_until_saved()


def hand_in(reader: Reader) -> None:
    press(reader, "Control+Enter")
    expect(reader.page.get_by_role("button", name="Submit reading")).to_be_focused()
    press(reader, "Enter")


def test_a_test_set_from_its_start_to_its_result(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    page = reader.page
    reader.visit("/tests")
    page.get_by_role("heading", name="Test sets", level=1).wait_for()
    expect(page.get_by_text("Ready to start.")).to_have_count(1)
    reader.check_accessibility()
    start(reader)
    reader.check_accessibility()
    press(reader, "Enter")
    reader.wait_for_images()
    tab_to(reader, ".tutorial .is-quiet")
    press(reader, "Enter")

    expect(page.get_by_role("heading", name="case 1 of 2")).to_be_visible()
    clock = page.get_by_role("timer")
    expect(clock).to_contain_text("Time left 5:")
    press(reader, "Escape", "t")
    expect(clock).to_have_count(0)
    press(reader, "t")
    expect(clock).to_be_visible()
    answer(reader)
    page.reload()
    reader.wait_for_images()
    expect(page.locator(".question input:checked")).to_have_count(4)
    reader.check_accessibility()
    hand_in(reader)
    expect(page.get_by_role("heading", name="case 2 of 2")).to_be_visible()

    # Away and back again: the reading room is where it was.
    first = reader.context.request.get(f"{reader.site.address}/api/readings/").json()
    assert first["count"] == 0, "nothing is told yet"
    reader.visit("/tests")
    expect(page.get_by_text("1 of 2 cases read")).to_be_visible()
    page.get_by_role("button", name="End form").click()
    expect(page.get_by_role("dialog")).to_contain_text("1 case is not read")
    reader.check_accessibility()
    page.get_by_role("button", name="Go on reading").click()
    tab_to(reader, "main .panel .button.is-primary")
    press(reader, "Enter")
    expect(page.get_by_role("heading", name="case 2 of 2")).to_be_visible()
    answer(reader)
    hand_in(reader)

    page.wait_for_url("**/tests/*")
    expect(page.get_by_role("heading", name="Result of test set")).to_be_visible()
    expect(page.get_by_text("Not enough readings").first).to_be_visible()
    page.get_by_text("How reliable the forms are").click()
    expect(page.get_by_role("rowheader", name="Form A: Finding lesions")).to_be_visible()
    reader.check_accessibility()
    page.get_by_role("link", name="Case 1", exact=True).click()
    reader.wait_for_images()
    expect(page.get_by_role("button", name="Lesion on")).to_have_count(1)
    page.get_by_role("link", name="Back to the result").click()
    expect(page.get_by_role("heading", name="Before and after")).to_be_visible()


def test_the_clock_ends_a_test_set(sign_in: SignIn) -> None:
    reader = sign_in("resident3")
    page = reader.page
    reader.visit("/tests")
    start(reader)
    press(reader, "Enter")
    reader.wait_for_images()
    reader.site.manage("shell", "-c", NEARLY_OVER)
    page.reload()
    reader.wait_for_images()
    expect(page.get_by_text("The time of this test set is up.")).to_be_visible()
    expect(page.get_by_role("button", name="Review and submit")).to_have_count(0)
    page.get_by_role("link", name="See the result").click()
    expect(page.get_by_text("Nothing was read.")).to_be_visible()
    reader.visit("/tests")
    expect(page.get_by_role("cell", name="Time used up")).to_be_visible()
