"""Every page in its states: nothing that axe finds. A walk tells at its end all that it found."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader
from tests.system.site import Site

pytestmark = pytest.mark.e2e


class Walk:
    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page = reader.page
        self.found: list[str] = []

    def check(self, state: str) -> None:
        try:
            self.reader.check_accessibility()
        except AssertionError as problem:
            self.found.append(f"--- {state}: {problem}")

    def visit(self, path: str, state: str | None = None) -> None:
        self.reader.visit(path)
        self.page.get_by_role("heading", level=1).first.wait_for()
        self.page.wait_for_load_state("networkidle")
        self.check(state or path)

    def press(self, *keys: str) -> None:
        self.reader.stage.focus()
        for key in keys:
            self.page.keyboard.press(key)

    @contextmanager
    def failing(self, address: str) -> Iterator[None]:
        """The server has a problem with what is asked for at an address."""

        def fail(route: Route) -> None:
            route.fulfill(status=500, body="")

        self.page.route(address, fail)
        yield
        self.page.unroute(address, fail)

    def end(self) -> None:
        assert not self.found, "\n".join(self.found)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def mark_the_finding(reader: Reader, site: Site) -> None:
    """Two marks tell where image points lie on screen; the first is then dragged to the truth."""
    view, x, y = site.query("SELECT key, centre_x, centre_y FROM cases_findingview")[0]
    reader.click_pane(view, 0.6, 0.4)
    reader.click_pane(view, 0.8, 0.7)
    # Placing opens a mark; its type is asked of both.
    for number in (2, 1):
        if number == 1:
            reader.page.locator(".mark-summary").first.click()
        reader.page.get_by_label("Finding type").select_option("mass")
    reader.page.get_by_label("Shape").select_option("round")
    reader.wait_until_saved()
    (a, b), marks = reader.read_draft()["answers"]["marks"], reader.pane(view).locator(".mark")
    (ax, ay), (bx, by) = middle(marks.first), middle(marks.last)
    reader.page.mouse.move(ax, ay)
    reader.page.mouse.down()
    reader.page.mouse.move(
        ax + (x - a["x"]) * (bx - ax) / (b["x"] - a["x"]),
        ay + (y - a["y"]) * (by - ay) / (b["y"] - a["y"]),
        steps=4,
    )
    reader.page.mouse.up()
    reader.wait_until_saved()


def go_through_reading(walk: Walk) -> None:
    """The reading room's states that belong to no case in particular."""
    page, reader = walk.page, walk.reader
    walk.check("tutorial")
    page.get_by_role("button", name="Skip the tutorial").click()
    walk.check("the display check is offered")
    page.get_by_role("button", name="Check now").click()
    walk.check("display check")
    page.get_by_role("button", name="keep this size").click()
    walk.press("?")
    walk.check("key map")
    page.keyboard.press("Escape")
    reader.click_pane("left_cc", 0.2, 0.4)
    walk.check("mark editor")
    walk.press("d")
    walk.check("a dismissed mark")
    reader.click_pane("left_mlo", 0.2, 0.5)
    walk.press("k", "l", "g", "u", "ArrowRight", "ArrowRight", "i")
    walk.check("linked marks, loupe, ruler, inverted")
    page.keyboard.press("Control+Enter")
    walk.check("review of what is missing")
    page.keyboard.press("Escape")
    walk.press("r", "Space", "Space", "Space")
    walk.check("a view at 1:1")
    walk.press("1")
    for mark in ("first", "last"):
        getattr(page.locator(".mark"), mark).focus()
        page.keyboard.press("Delete")
        if mark == "first":
            expect(page.locator(".mark")).to_have_count(1)
    expect(page.locator(".mark")).to_have_count(0)
    reader.context.set_offline(True)
    reader.answer("Density", "B")
    expect(page.get_by_text("No connection: kept in this browser")).to_be_visible()
    walk.check("offline")
    reader.context.set_offline(False)
    reader.wait_until_saved()


def submit_at_the_second_try(walk: Walk) -> None:
    page, reader = walk.page, walk.reader

    def refuse(route: Route) -> None:
        route.fulfill(status=400, json={"answers": ["These answers do not fit this case."]})

    page.route("**/api/readings/", refuse)
    page.keyboard.press("Control+Enter")
    walk.check("review")
    page.get_by_role("button", name="Submit reading").click()
    expect(page.get_by_role("alert")).to_be_visible()
    walk.check("a refused submit")
    page.unroute("**/api/readings/", refuse)
    reader.submit()
    page.wait_for_url("**/feedback/**")
    reader.wait_for_images()


def go_through_feedback(walk: Walk) -> None:
    page = walk.page
    walk.check("feedback")
    walk.press("?")
    walk.check("key map of the feedback")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Bookmark").click()
    page.get_by_label("Note on this case").fill("Look behind the nipple.")
    walk.check("a note being written")
    page.get_by_role("button", name="Report this case").click()
    walk.check("report")
    page.get_by_label("What is wrong with it?").fill("The nipple looks cut off.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your educator sees the report.")).to_be_visible()
    walk.check("reported")


def test_a_resident_from_first_use_to_the_summary(sign_in: SignIn, site: Site) -> None:
    walk = Walk(sign_in("resident1"))
    reader, page = walk.reader, walk.page
    walk.check("home, nothing read")
    for way in ("One finding", "One tier", "Assessment"):
        page.get_by_role("radio", name=way).check(force=True)
        walk.check(f"home, {way}")
    walk.visit("/progress", "progress, nothing read")
    walk.visit("/notes", "notes, none yet")
    walk.visit("/", "home")
    reader.open_case()
    go_through_reading(walk)
    [(positive,)] = site.query("SELECT case_id FROM cases_finding")
    for number in range(2):
        assignment = page.url.rsplit("/", 1)[-1].replace("-", "")
        [(case,)] = site.query(f"SELECT case_id FROM reading_assignment WHERE id = '{assignment}'")
        if case == positive:
            mark_the_finding(reader, site)
        reader.answer_all(density="B", right="4", left="1")
        if number == 0:
            submit_at_the_second_try(walk)
        else:
            reader.submit()
            page.wait_for_url("**/feedback/**")
            reader.wait_for_images()
        if case == positive:
            expect(page.get_by_text("Found", exact=True)).to_be_visible()
            walk.check("feedback: hit and false mark")
            walk.press("b")
            walk.check("lesion off")
            page.get_by_role("button", name="Show it in other densities").click()
            expect(page.get_by_text("Waiting for a worker")).to_be_visible()
            walk.check("ladder, on its way")
        if number == 0:
            go_through_feedback(walk)
            page.get_by_role("button", name="Next case").click()
            page.wait_for_url("**/read/**")
            reader.wait_for_images()
    page.get_by_role("button", name="End the session").click()
    page.wait_for_url("**/sessions/**")
    page.wait_for_load_state("networkidle")
    walk.check("session summary")
    for path in ("/", "/progress", "/notes"):
        walk.visit(path, f"{path}, with readings")
    walk.end()


def test_misses_and_what_cannot_be_loaded(sign_in: SignIn) -> None:
    walk = Walk(sign_in("resident2"))
    reader, page = walk.reader, walk.page
    for address, path in (("**/api/progress/**", "/progress"), ("**/api/notes/**", "/notes")):
        with walk.failing(address):
            reader.visit(path)
            expect(page.get_by_role("alert")).to_be_visible()
            walk.check(f"{path} cannot be loaded")
    walk.visit("/no/such/page", "no such page")
    with walk.failing("**/api/sessions/"):
        walk.visit("/", "home")
        page.get_by_role("button", name="Read the next case").click()
        expect(page.get_by_role("alert")).to_be_visible()
        walk.check("no case can be opened")
    walk.visit("/", "home")
    for _ in range(2):
        reader.open_case()
        skip = page.get_by_role("button", name="Skip the tutorial")
        if skip.count():
            skip.click()
        reader.answer_all(density="B", right="1", left="1")
        reader.submit()
        page.wait_for_url("**/feedback/**")
        reader.wait_for_images()
        walk.check("feedback: nothing marked")
        if page.get_by_text("Missed, not looked at").count():
            break
        reader.visit("/")
    expect(page.get_by_text("Missed, not looked at").first).to_be_visible()
    walk.end()


def test_who_teaches_and_runs_the_site(sign_in: SignIn) -> None:
    director = Walk(sign_in("director"))
    director.page.get_by_role("button", name="More").click()
    director.check("header, more pages")
    director.visit("/cohort")
    director.visit("/people")
    director.page.get_by_label("Email", exact=True).fill("newcomer@example.org")
    director.page.get_by_role("button", name="Make an invite link").click()
    director.page.get_by_label("Link to pass on").wait_for()
    director.check("an invite link")
    director.visit("/model-card")
    with director.failing("**/api/reports/**"):
        director.visit("/cohort", "cohort cannot be loaded")
    educator = Walk(sign_in("educator"))
    educator.visit("/requests")
    educator.visit("/reports")
    director.end()
    educator.end()


ROLES = ("resident", "educator", "director", "operator")


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_header_is_one_row_for_every_role(sign_in: SignIn, language: str) -> None:
    reader = sign_in("operator")
    page = reader.page

    def hold_every_role(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=response.json() | {"roles": ROLES})

    def give_language(route: Route) -> None:
        response = route.fetch()
        lang = f'<html lang="{language}"'
        route.fulfill(response=response, body=re.sub('<html lang="[a-z]+"', lang, response.text()))

    page.route("**/api/me/", hold_every_role)
    page.route(reader.site.address + "/", give_language)
    reader.visit("/")
    more = page.get_by_role("button", name="More" if language == "en" else "Mehr")
    more.click()
    links = page.get_by_role("navigation").first.get_by_role("link")
    expect(links.filter(has_text=re.compile("Reported cases|Gemeldete Fälle"))).to_be_visible()
    boxes = [box for link in links.all() if (box := link.bounding_box())]
    row = [box for box in boxes if box["y"] < 46]
    assert len({round(box["y"]) for box in row}) == 1
    header = page.get_by_role("banner").bounding_box()
    assert header
    assert header["height"] <= 48
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    page.unroute_all(behavior="ignoreErrors")


def test_german(sign_in: SignIn) -> None:
    walk = Walk(sign_in("resident3"))
    reader, page = walk.reader, walk.page
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    for path in ("/", "/progress", "/notes", "/model-card"):
        walk.visit(path, f"{path}, German")
    walk.visit("/")
    page.locator("main .is-large").click()
    reader.wait_for_images()
    page.get_by_role("button", name="Einführung überspringen").click()
    walk.check("reading, German")
    page.get_by_role("button", name="Jetzt prüfen").click()
    expect(page.get_by_role("dialog", name="Prüfen Sie Ihren Bildschirm")).to_be_visible()
    walk.check("display check, German")
    page.get_by_role("button", name="Schließen").click()
    for question, value in (("Dichte", "B"), ("Rechte Brust", "1"), ("Linke Brust", "1")):
        reader.answer(question, value)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Befundung abgeben").click()
    page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    walk.check("feedback, German")
    walk.end()


def test_the_display_check_is_offered_once_to_each_person(sign_in: SignIn) -> None:
    reader = sign_in("educator")
    page = reader.page
    reader.open_case()
    page.get_by_role("button", name="Skip the tutorial").click()
    offer = page.get_by_role("button", name="Check now")
    page.get_by_role("button", name="In a week").click()
    expect(offer).to_have_count(0)
    page.reload()
    reader.wait_for_images()
    expect(offer).to_have_count(0)

    page.get_by_role("button", name="Display").click()
    check = page.get_by_role("dialog", name="Check your display")
    expect(check).to_contain_text("This screen was never set.")
    check.get_by_role("slider").fill("5")
    check.get_by_role("button", name="keep this size").click()
    reader.stage.focus()
    page.keyboard.press("y")
    # One millimetre is five screen points, and an image pixel a tenth of a millimetre.
    expect(page.locator(".toolbar .numeric")).to_have_text("50 %")
    page.get_by_role("button", name="Display").click()
    expect(check.get_by_role("slider")).to_have_value("5")

    # The size is the screen's; the check is each person's who reads at it.
    other = sign_in("operator")
    kept = page.evaluate("localStorage.getItem('parenchyma.display')")
    other.page.evaluate("kept => localStorage.setItem('parenchyma.display', kept)", kept)
    other.open_case()
    other.page.get_by_role("button", name="Skip the tutorial").click()
    other.page.get_by_role("button", name="Check now").click()
    expect(other.page.get_by_role("slider")).to_have_value("5")
