"""Every page: no axe violation, no flash of white, no sideways scrolling, helpful refusals."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader
from tests.system.site import Site

pytestmark = pytest.mark.e2e

PAGES = [
    ("resident1", "/", "Practise reading mammograms"),
    ("resident1", "/progress", "My progress"),
    ("resident1", "/tests", "Test sets"),
    ("resident1", "/notes", "Notes"),
    ("resident1", "/sandbox", "Sandbox"),
    ("director", "/cohort", "Cohort"),
    ("educator", "/curricula", "Curricula"),
    ("operator", "/people", "People"),
    ("educator", "/requests", "Case requests"),
    ("educator", "/reports", "Reported cases"),
    ("resident1", "/model-card", "Model card"),
]


@pytest.mark.parametrize(("person", "path", "title"), PAGES)
def test_page_is_accessible(sign_in: SignIn, person: str, path: str, title: str) -> None:
    reader = sign_in(person)
    reader.visit(path)
    expect(reader.page.get_by_role("heading", level=1, name=title)).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    expect(reader.page.get_by_role("alert")).to_have_count(0)
    expect(reader.page.get_by_text("SYNTHETIC - not for diagnosis")).to_be_visible()
    reader.check_accessibility()
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 1366


def test_sign_in_page_is_accessible(site: Site, chromium: Browser) -> None:
    visitor = Reader(chromium, site)
    visitor.visit("/")
    assert "/accounts/login" in visitor.page.url
    visitor.check_accessibility()
    visitor.page.get_by_label("Email").fill("nobody@example.org")
    visitor.page.get_by_label("Password").fill("wrong")
    visitor.page.get_by_role("button", name="Sign in").click()
    expect(visitor.page.get_by_role("alert").first).to_be_visible()
    visitor.check_accessibility()
    visitor.context.close()


def test_dark_before_the_first_script(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.page.route("**/*.js", lambda route: route.abort())
    reader.visit("/progress")
    colour = reader.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert colour == "rgb(16, 18, 20)"
    reader.page.unroute("**/*.js")


def test_other_roles_pages_say_so(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.visit("/cohort")
    expect(reader.page.get_by_role("heading", name="This page is for other roles")).to_be_visible()
    reader.check_accessibility()


def test_a_stranger_to_the_case_is_told(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.visit("/read/00000000-0000-4000-8000-000000000000")
    expect(
        reader.page.get_by_text("This does not exist, or it is not yours to see.")
    ).to_be_visible()
    reader.check_accessibility()


def test_an_ordered_case_is_listed(sign_in: SignIn) -> None:
    educator = sign_in("educator")
    educator.visit("/requests")
    page = educator.page
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    before = rows.count()
    finding = page.get_by_label("Finding")
    chapters = finding.locator("optgroup").evaluate_all("groups => groups.map(({label}) => label)")
    assert chapters[:2] == ["Masses", "Calcifications"]
    assert "Benign look-alikes" in chapters
    finding.select_option("cyst")
    page.get_by_label("Density").select_option("C")
    page.get_by_label("With a prior exam").check()
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_text("Ordered. It appears below")).to_be_visible()
    expect(rows).to_have_count(before + 1)
    expect(rows.first).to_contain_text("Density C, cyst")
    expect(rows.first).to_contain_text("queued")
    educator.check_accessibility()


def test_an_order_that_cannot_be_met_is_refused_with_the_reason(sign_in: SignIn) -> None:
    educator = sign_in("educator")
    educator.visit("/requests")
    page = educator.page
    page.get_by_label("Finding").select_option("cyst")
    page.get_by_label("Recall").select_option("yes")
    page.get_by_role("button", name="Order").click()
    expect(page.get_by_role("alert")).to_contain_text("never calls for a biopsy")
    educator.check_accessibility()


def test_signing_out_ends_it(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.page.get_by_role("button", name="Sign out").click()
    reader.page.wait_for_url("**/accounts/login/**")
    reader.visit("/progress")
    reader.page.wait_for_url("**/accounts/login/**")
