"""Real or synthetic in a browser: the whole path by keyboard, under the banner of mixed images.

No real mammogram is used: the "real" files are views of the generated cases, as plain PNG files.
"""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cases.frames import decode_frame
from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader
from tests.system.site import Site

pytestmark = pytest.mark.e2e

BANNER = "Research test, mixed images - not for diagnosis"
IMAGES = 4


def write_stand_ins(site: Site, folder: Path) -> Path:
    """Views of the site's generated cases as the PNG files of a site's own folder."""
    folder.mkdir()
    views = site.query(
        "SELECT side, view, width, height, frame FROM cases_caseview WHERE exam = 'current'"
    )
    with (folder / "labels.csv").open("w", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["file", "side", "view", "pixel_mm", "patient"])
        for number, (side, view, width, height, frame) in enumerate(views):
            code = (site.folder / "images" / frame).read_bytes()
            pixels = decode_frame(code, width=width, height=height)
            Image.fromarray((pixels * np.uint16(16)).astype(np.uint16)).save(
                folder / f"{number}.png"
            )
            table.writerow([f"{number}.png", side, view, 0.1, number])
    return folder


@pytest.fixture(scope="module")
def mixed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = write_stand_ins(site, tmp_path_factory.mktemp("realism") / "real")
    said = ["--licence", "made up", "--source", "this site's own cases", "--i-may-show-them"]
    site.manage("import_real_images", str(folder), *said)
    site.manage("draw_realism_test", "--count", str(IMAGES), "--seed", "2")
    return site


def wait_for_image(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", level=2, name=f"Image {number} of {IMAGES}")).to_be_visible()
    expect(page.locator(".pane-status")).to_be_empty()


def check_banner(page: Page) -> None:
    """The banner of mixed images stands in the header and over the image; the other nowhere."""
    expect(page.locator(".site-header .synthetic")).to_have_text(BANNER)
    expect(page.locator(".pane-notice")).to_have_text(BANNER)
    expect(page.get_by_text("SYNTHETIC", exact=False).filter(has_text="SYNTHETIC -")).to_have_count(
        0
    )


def answer(reader: Reader, key: str) -> None:
    reader.page.keyboard.press(key)
    reader.page.keyboard.press("Enter")


def test_the_whole_path_by_keyboard(mixed: Site, sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    page = reader.page
    reader.visit("/model-card")
    expect(page.get_by_text("Not measured here yet")).to_be_visible()
    page.get_by_role("link", name="Take the test").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Real or synthetic?")).to_be_visible()
    reader.check_accessibility()
    page.get_by_role("button", name="Begin the test").focus()
    page.keyboard.press("Enter")
    wait_for_image(page, 1)
    check_banner(page)
    reader.check_accessibility()
    expect(page.get_by_role("button", name="Answer and go on")).to_be_disabled()

    # The tools of the reading room are there, and Enter alone answers nothing.
    page.keyboard.press("Enter")
    page.keyboard.press("g")
    expect(page.get_by_role("button", name="Loupe")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("o")
    page.keyboard.press("1")
    expect(page.get_by_label("Surely synthetic")).to_be_checked()
    answer(reader, "6")
    wait_for_image(page, 2)

    # What is answered without a connection is kept, through a reload after it.
    reader.context.set_offline(True)
    answer(reader, "2")
    wait_for_image(page, 3)
    reader.wait_until(lambda: reader.save_state() == "offline", "the lost connection to be told")
    reader.check_accessibility()
    reader.context.set_offline(False)
    page.reload()
    wait_for_image(page, 3)
    reader.wait_until(lambda: reader.save_state() == "saved", "the answer to be sent")

    answer(reader, "5")
    wait_for_image(page, 4)
    answer(reader, "3")
    expect(page.get_by_role("heading", level=1, name="Your result")).to_be_visible()
    expect(page.get_by_text("Not enough images for a figure")).to_be_visible()
    expect(page.locator(".realism-images li")).to_have_count(IMAGES)
    page.get_by_text("What told without looking at the tissue").click()
    reader.check_accessibility()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    answers = mixed.query("SELECT rating, seconds FROM realism_realismanswer ORDER BY answered_at")
    assert [rating for rating, _ in answers] == [100, 20, 80, 40]
    assert all(seconds > 0 for _, seconds in answers), answers

    # Each image once more, with what it was, and back.
    page.get_by_role("button", name="Look at image 2").focus()
    page.keyboard.press("Enter")
    wait_for_image(page, 2)
    check_banner(page)
    reader.check_accessibility()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Enter, EscBack to the result")
    page.get_by_role("button", name="Close").click()
    reader.stage.press("Escape")
    expect(page.get_by_role("heading", level=1, name="Your result")).to_be_visible()
    expect(page.get_by_role("button", name="Look at image 2")).to_be_focused()
    reader.visit("/real-or-synthetic")
    expect(page.get_by_role("button", name="See your result")).to_be_visible()
    reader.visit("/model-card")
    expect(page.get_by_text("Not enough readings for a figure")).to_be_visible()
    reader.check_accessibility()

    # Gone again: the answers stay, and the page says that there is nothing to tell apart.
    mixed.manage("import_real_images", "--remove")
    reader.visit("/real-or-synthetic")
    expect(page.get_by_text("This site has no real images of its own")).to_be_visible()
    reader.check_accessibility()
    page.get_by_role("link", name="Completed").click()
    expect(page.get_by_text("The images of this test were removed")).to_be_visible()
    expect(page.locator(".realism-images li")).to_have_count(IMAGES)
    reader.check_accessibility()
