"""A missed lesion in every density, in place: asked for, made by a real worker, stepped through."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader
from tests.system.site import Site

pytestmark = pytest.mark.e2e
MAKING_MS = 240_000


def miss_a_finding(reader: Reader) -> None:
    """Reads as normal until a case with a finding was missed."""
    for _ in range(2):
        reader.open_case()
        skip = reader.page.get_by_role("button", name="Skip the tutorial")
        if skip.count():
            skip.click()
        reader.answer_all(density="B", right="1", left="1")
        reader.submit()
        reader.page.wait_for_url("**/feedback/**")
        reader.wait_for_images()
        if reader.page.get_by_role("heading", name="The finding", exact=True).count():
            return
        reader.visit("/")


def greys(reader: Reader) -> list[float]:
    reader.wait_for_drawing()
    return [reader.mean_grey(view) for view in ("left_cc", "right_cc", "left_mlo", "right_mlo")]


def test_step_through_the_densities_in_place(sign_in: SignIn, site: Site) -> None:
    reader = sign_in("resident1")
    page = reader.page
    miss_a_finding(reader)
    expect(page.get_by_text("Missed, not looked at").first).to_be_visible()
    page.get_by_role("button", name="Show in").first.click()
    zoom = page.get_by_text("100 %").first
    expect(zoom).to_be_visible()
    page.get_by_role("button", name="Show it in other densities").click()
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    site.start("worker-generation")
    densities = page.get_by_role("region", name="The same in another density")
    button = {
        density: densities.get_by_role("button", name=re.compile(f"^{density}( as read)?$"))
        for density in "ABCD"
    }
    dense = button["D"]
    for each in button.values():
        expect(each).to_be_enabled(timeout=MAKING_MS)
    reader.check_accessibility()

    as_read = greys(reader)
    dense.click()
    expect(dense).to_have_attribute("aria-pressed", "true")
    reader.wait_until(lambda: greys(reader) != as_read, "density D")
    in_d = greys(reader)
    expect(zoom).to_be_visible()
    expect(page.locator("path.outline").first).to_be_attached()
    reader.stage.focus()
    page.keyboard.press("b")
    expect(page.locator("path.outline")).to_have_count(0)
    reader.wait_until(lambda: greys(reader) != in_d, "density D without the lesion")
    page.keyboard.press("b")
    for density in "CBA":
        page.keyboard.press("Shift+D")
        expect(button[density]).to_have_attribute("aria-pressed", "true")
    densities.get_by_role("button", name="B as read").click()
    reader.wait_until(lambda: greys(reader) == as_read, "the case as it was read")
