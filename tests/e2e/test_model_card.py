"""The model card in a browser: verdict first, pictures, charts with tables, honest gaps."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e

UNKNOWN = "ab" * 32


def check_page(reader: Reader) -> None:
    expect(reader.page.get_by_role("alert")).to_have_count(0)
    reader.check_accessibility()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1366


def test_a_director_reads_the_card(sign_in: SignIn) -> None:
    director = sign_in("director")
    page = director.page
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="Model card").click()
    expect(page.get_by_role("heading", level=1, name="Model card")).to_be_visible()
    # The verdict is on the screen before anything is scrolled.
    for term in ("Good for", "Not good for", "How far from real"):
        expect(page.get_by_text(term, exact=True)).to_be_in_viewport()
    for part in ("Measured against real images", "Known failures", "Data and licences"):
        expect(page.get_by_role("heading", level=2, name=part)).to_be_visible()
    check_page(director)
    for details in page.locator("details").all():
        details.locator("summary").click()
    check_page(director)


def test_pictures_of_failures_are_there(sign_in: SignIn) -> None:
    educator = sign_in("educator")
    educator.visit("/model-card")
    pictures = educator.page.locator(".failure img")
    expect(pictures.first).to_be_visible()
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.get_attribute("alt")
        educator.wait_until(
            lambda shown=picture: shown.evaluate("image => image.naturalWidth") > 0, "a picture"
        )


def test_a_part_is_reached_by_keyboard(sign_in: SignIn) -> None:
    director = sign_in("director")
    director.visit("/model-card")
    page = director.page
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="Known failures").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Known failures")).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1, name="Model card")).not_to_be_in_viewport()


def test_from_the_feedback_to_the_card_of_what_drew_the_case(sign_in: SignIn) -> None:
    resident = sign_in("resident1")
    resident.open_case()
    page = resident.page
    page.get_by_role("button", name="Skip the tutorial").click()
    resident.answer_all(density="B", right="1", left="1")
    resident.submit()
    page.wait_for_url("**/feedback/**")
    resident.wait_for_images()
    resident.check_accessibility()
    page.get_by_role("link", name="What it can and cannot do").click()
    page.wait_for_url(re.compile(r"/model-card/[0-9a-f]{64}$"))
    expect(page.get_by_text("Not good for", exact=True)).to_be_visible()
    check_page(resident)


def test_a_generator_that_is_gone_is_said_to_be(sign_in: SignIn) -> None:
    director = sign_in("director")
    director.visit(f"/model-card/{UNKNOWN}")
    expect(
        director.page.get_by_text(f"The generator {UNKNOWN[:12]}… is not on this")
    ).to_be_visible()
    director.check_accessibility()
    director.page.get_by_role("link", name="See the card of the one in use").click()
    expect(director.page.get_by_text("Not good for", exact=True)).to_be_visible()
