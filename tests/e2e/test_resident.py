"""A resident's way: sign in, tutorial, read, feedback, next case."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e


def do_tutorial(reader: Reader) -> None:
    tutorial = reader.page.get_by_role("region", name="Tutorial")
    expect(tutorial).to_contain_text("step 1 of 3")
    reader.check_accessibility()
    tutorial.get_by_role("button", name="Next").click()
    tutorial.get_by_role("button", name="Next").click()
    tutorial.get_by_role("button", name="Start reading").click()
    expect(tutorial).to_have_count(0)


def place_and_describe(reader: Reader) -> None:
    reader.click_pane("left_cc", 0.2, 0.5)
    mark = reader.page.get_by_role("button", name="Mark 1, L CC, rating 50")
    expect(mark).to_be_visible()
    reader.page.get_by_label("Finding type").select_option("mass")
    reader.page.get_by_label("Margin").select_option("spiculated")
    reader.page.get_by_label("Confidence as a number").fill("80")
    expect(reader.page.get_by_role("button", name="Mark 1, L CC, rating 80")).to_be_visible()


def review_what_is_missing(reader: Reader) -> None:
    reader.page.get_by_role("button", name="Review and submit").click()
    review = reader.page.get_by_role("dialog", name="Review your reading")
    expect(review.get_by_role("button", name="Submit reading")).to_be_disabled()
    expect(review).to_contain_text("L CC, Mass, spiculated, rating 80")
    reader.check_accessibility()
    review.get_by_role("button", name="Left assessment").click()
    expect(review).to_have_count(0)
    expect(reader.page.get_by_role("group", name="Left breast").locator(":focus")).to_have_count(1)


def test_read_a_case_and_learn(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.check_accessibility()
    reader.open_case()
    do_tutorial(reader)
    place_and_describe(reader)
    review_what_is_missing(reader)
    reader.answer_all(density="C", right="1", left="4")
    recall = reader.page.get_by_role("group", name="Recall")
    expect(recall.get_by_label("Recall", exact=True)).to_be_checked()
    expect(recall.get_by_label("No recall")).to_be_disabled()
    reader.wait_until_saved()
    reader.check_accessibility()
    first = reader.page.url

    reader.submit()
    reader.page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    expect(reader.page.get_by_role("heading", name="Truth and answer")).to_be_visible()
    expect(reader.page.get_by_role("list", name="Scored items")).to_be_visible()
    reader.check_accessibility()

    reader.page.get_by_role("button", name="Next case").click()
    reader.page.wait_for_url("**/read/**")
    reader.wait_for_images()
    expect(reader.stage).to_be_focused()
    reader.page.keyboard.press("2")
    expect(reader.page.locator(".pane")).to_have_count(2)
    assert reader.page.url != first
    expect(reader.page.get_by_role("region", name="Tutorial")).to_have_count(0)

    reader.visit(first.removeprefix(reader.site.address))
    reader.page.wait_for_url("**/feedback/**")
    reader.visit("/progress")
    expect(reader.page.locator("dl.figures")).to_contain_text("1")


def test_note_a_missed_case_and_sum_the_session_up(sign_in: SignIn) -> None:
    reader = sign_in("resident3")
    page = reader.page
    reader.open_case()
    page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer_all(density="B", right="4", left="4")
    reader.submit()
    page.wait_for_url("**/feedback/**")
    feedback = page.url
    page.get_by_role("button", name="Bookmark").click()
    page.get_by_label("Note on this case").fill("Look behind the nipple.")
    page.get_by_role("button", name="End the session").click()
    page.wait_for_url("**/sessions/**")
    expect(page.get_by_role("heading", name="What to work on")).to_be_visible()
    expect(page.get_by_role("row", name="Case 1")).to_be_visible()
    reader.check_accessibility()
    page.reload()
    page.get_by_role("link", name="Notes").click()
    expect(page.get_by_text("Look behind the nipple.")).to_be_visible()
    expect(page.get_by_text("Bookmarked")).to_be_visible()
    reader.check_accessibility()
    page.get_by_role("link", name="Look again").click()
    page.wait_for_url(feedback)
    expect(page.get_by_label("Note on this case")).to_have_value("Look behind the nipple.")
    # What was begun in the ended session goes on in the next one.
    reader.visit("/")
    reader.open_case()
    expect(page.get_by_role("heading", name="Case 1")).to_be_visible()


def test_report_a_case_to_the_educator(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer_all(density="B", right="1", left="1")
    reader.submit()
    reader.page.get_by_role("button", name="Report this case").click()
    dialog = reader.page.get_by_role("dialog", name="Report this case")
    reader.check_accessibility()
    dialog.get_by_label("What is wrong with it?").fill("The nipple looks cut off.")
    reader.page.keyboard.press("Control+Enter")
    dialog.get_by_role("button", name="Send").click()
    expect(reader.page.get_by_text("Your educator sees the report.")).to_be_visible()

    educator = sign_in("educator")
    educator.visit("/reports")
    expect(educator.page.get_by_text("The nipple looks cut off.")).to_be_visible()
    educator.check_accessibility()
    educator.page.get_by_role("button", name="Resolve").click()
    expect(educator.page.get_by_text("resolved")).to_be_visible()
