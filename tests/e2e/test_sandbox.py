"""The sandbox, whole: a finding is placed, seen at once, sent, read by a colleague, and told of."""

from operator import ne

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader
from tests.system.site import Site

pytestmark = pytest.mark.e2e
MAKING_S = 240


def take_a_woman(reader: Reader) -> None:
    """A normal case that nobody has read; where the stock holds none, the worker makes one."""
    reader.visit("/sandbox")
    page = reader.page
    button = page.get_by_role("button", name="Take a new woman")

    def is_open() -> bool:
        if "/sandbox/" in page.url:
            return True
        if button.is_enabled():
            button.click()
        page.wait_for_timeout(1000)
        return False

    reader.site.wait_for(is_open, what="a normal case", timeout_s=MAKING_S)
    reader.wait_for_images()


def greys(reader: Reader) -> list[float]:
    reader.wait_for_drawing()
    return [reader.mean_grey(view) for view in ("left_cc", "left_mlo")]


def outlines(reader: Reader) -> list[str]:
    return [
        str(reader.pane(view).locator("path.outline").get_attribute("d"))
        for view in ("left_cc", "left_mlo")
    ]


def place_a_mass(reader: Reader) -> None:
    """By click, then by keys; each step is kept, and can be taken back."""
    page = reader.page
    saved = page.get_by_text("Saved", exact=True)
    normal = greys(reader)
    address = page.url
    reader.stage.press("Alt+ArrowLeft")
    reader.stage.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_text("Place the finding at the crosshair")).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    assert page.url == address
    reader.click_pane("left_cc", 0.25, 0.5)
    expect(page.locator("path.outline")).to_have_count(2)
    expect(saved).to_be_visible()
    expect(page.get_by_text("Expected tier")).to_be_visible()
    reader.wait_until(lambda: all(map(ne, greys(reader), normal)), "the mass")
    reader.check_accessibility()
    reader.stage.focus()
    page.keyboard.press("b")
    reader.wait_until(lambda: greys(reader) == normal, "the views without it")
    page.keyboard.press("b")
    placed = outlines(reader)
    page.keyboard.press("ArrowLeft")
    reader.wait_until(lambda: outlines(reader) != placed, "the mass to move")
    expect(saved).to_be_visible()
    page.keyboard.press("Control+z")
    reader.wait_until(lambda: outlines(reader) == placed, "the step to be taken back")
    number = page.get_by_label("Size, mm as a number")
    number.press("Control+a")
    number.press_sequentially("12")
    expect(number).to_have_value("12")
    slider = page.get_by_label("Size, mm", exact=True)
    for _ in range(5):
        slider.press("ArrowRight")
    expect(saved).to_be_visible()
    expect(number).to_have_value("14.5")
    reader.wait_until(lambda: outlines(reader) != placed, "another size")
    expect(saved).to_be_visible()
    kept = outlines(reader)
    page.reload()
    reader.wait_for_images()
    reader.wait_until(lambda: outlines(reader) == kept, "what was kept")


def read_the_challenge(reader: Reader) -> None:
    """Accepted on the start page, read like any case, and missed."""
    page = reader.page

    def has_come() -> bool:
        reader.visit("/")
        expect(page.get_by_role("group", name="What to practise")).to_be_visible()
        page.wait_for_load_state("networkidle")
        return page.get_by_text("Robin Resident challenges you").count() > 0

    reader.site.wait_for(has_come, what="the challenge", timeout_s=MAKING_S)
    reader.check_accessibility()
    page.get_by_role("button", name="Accept: Robin Resident").click()
    reader.wait_for_images()
    page.get_by_role("button", name="Skip the tutorial").click()
    expect(page.get_by_text("Sent by Robin Resident.")).to_be_visible()
    assert "Mass" not in page.locator("main").inner_text()
    reader.answer_all(density="B", right="1", left="1")
    reader.submit()
    page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    expect(page.get_by_text("A challenge changes no estimate")).to_be_visible()
    expect(page.get_by_role("link", name="To the sandbox")).to_be_visible()
    reader.check_accessibility()


def test_a_finding_of_ones_own_is_seen_sent_read_and_told_of(sign_in: SignIn, site: Site) -> None:
    site.start("worker-generation")
    resident = sign_in("resident1")
    page = resident.page
    take_a_woman(resident)
    place_a_mass(resident)
    page.get_by_label("Sasha Resident").check()
    page.get_by_role("button", name="Send it in density").click()
    expect(page.get_by_text("Sent to Sasha Resident.")).to_be_visible()

    read_the_challenge(sign_in("resident2"))

    page.get_by_role("link", name="All cases").click()
    expect(page.get_by_role("cell", name="Missed")).to_be_visible()
    resident.check_accessibility()
    page.get_by_role("link", name="How it was read: Sasha Resident").click()
    resident.wait_for_images()
    expect(page.locator("path.outline")).to_have_count(2)
    expect(page.get_by_text("Nothing was marked.")).to_be_visible()
    resident.check_accessibility()
