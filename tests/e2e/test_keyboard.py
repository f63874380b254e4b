"""A whole case by keyboard alone, from the sign-in to the feedback."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.prepared import read_passwords
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e
MOST_TABS = 60


def tab_to(reader: Reader, selector: str) -> None:
    """Presses Tab until the focus is on what the selector names, and sees that it shows."""
    for _ in range(MOST_TABS):
        if reader.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def press(reader: Reader, *keys: str) -> None:
    for key in keys:
        reader.page.keyboard.press(key)


def test_everything_by_keyboard(sign_in: SignIn) -> None:
    reader = sign_in("resident3")
    reader.context.clear_cookies()
    reader.visit("/")
    page = reader.page
    tab_to(reader, "input[type=email]")
    page.keyboard.type("resident3@demo.example")
    tab_to(reader, "input[type=password]")
    page.keyboard.type(read_passwords(reader.site)["resident3@demo.example"])
    press(reader, "Enter")
    page.get_by_role("heading", name="Practise reading mammograms").wait_for()

    tab_to(reader, "main .button.is-primary")
    press(reader, "Enter")
    reader.wait_for_images()
    tab_to(reader, ".tutorial .is-quiet")
    press(reader, "Enter")
    expect(reader.stage).to_be_focused()

    press(reader, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    reader.check_accessibility()
    press(reader, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(reader.stage).to_be_focused()

    press(reader, "n", "ArrowRight", "ArrowDown", "m")
    first = page.get_by_role("button", name=re.compile(r"^Mark 1, L CC"))
    expect(first).to_be_visible()
    press(reader, "n", "n", "m")
    press(reader, "Tab")
    expect(first).to_be_focused()
    before = reader.page.locator(".mark").first.bounding_box()
    press(reader, "ArrowRight", "ArrowRight")
    reader.wait_until(
        lambda: reader.page.locator(".mark").first.bounding_box() != before, "the mark to move"
    )
    press(reader, "d")
    expect(page.get_by_role("button", name="Mark 1, L CC, dismissed")).to_be_visible()
    press(reader, "Tab")
    expect(page.get_by_role("button", name=re.compile(r"^Mark 2"))).to_be_focused()
    press(reader, "Delete")
    second = page.get_by_role("button", name=re.compile(r"^Mark 2"))
    expect(second).to_have_count(0)
    press(reader, "Control+z")
    expect(second).to_have_count(1)
    press(reader, "Control+Shift+Z")
    expect(second).to_have_count(0)

    tab_to(reader, "[data-mark]")
    press(reader, "1")
    expect(reader.stage).to_be_focused()
    tab_to(reader, "[data-mark]")
    press(reader, "e")
    expect(page.get_by_label("Finding type")).to_be_focused()
    page.keyboard.type("Mass")
    # Tab leads to the first button of an unanswered question, an arrow chooses the one after it.
    for first_value in ("A", "0", "0"):
        tab_to(reader, f'.question input[value="{first_value}"]')
        press(reader, "ArrowRight")
        expect(page.locator(":focus")).to_be_checked()
    reader.wait_until_saved()
    press(reader, "Control+Enter")
    expect(page.get_by_role("button", name="Submit reading")).to_be_focused()
    press(reader, "Enter")
    page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    press(reader, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    press(reader, "Control+Enter", "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "/feedback/" in page.url
    press(reader, "Control+Enter")
    page.wait_for_url("**/read/**")


def test_focus_is_always_visible(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.open_case()
    unseen = []
    for _ in range(40):
        press(reader, "Tab")
        look = reader.page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const label = at.closest(".segments label");
                const style = getComputedStyle(label ?? at);
                const after = getComputedStyle(at, "::after");
                const seen = style.outlineStyle !== "none" || after.borderTopWidth === "2px";
                return seen ? null : at.outerHTML.slice(0, 120);
            }"""
        )
        if look:
            unseen.append(look)
    assert not unseen, unseen
