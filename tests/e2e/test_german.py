"""The site in German: the reading room, and every page that a resident sees."""

import pytest
from playwright.sync_api import expect

from tests.e2e.catalogue import READ_PAGE, list_english_phrases
from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e
PAGES = (
    "/",
    "/progress",
    "/notes",
    "/tests",
    "/sandbox",
    "/real-or-synthetic",
    "/model-card",
    "/cohort",
    "/nowhere",
)


def test_the_reading_room_in_german(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    page = reader.page
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "de"
    reader.open_case()
    page.get_by_role("button", name="Einführung überspringen").click()
    expect(page.get_by_role("heading", name="Fall 1")).to_be_visible()
    page.get_by_role("button", name="Anzeige").click()
    check = page.get_by_role("dialog", name="Prüfen Sie Ihren Bildschirm")
    check.get_by_role("button", name="Schließen").click()
    reader.click_pane("left_cc", 0.2, 0.5)
    page.get_by_label("Art des Befunds").select_option(label="Herdbefund")
    page.get_by_label("Begrenzung").select_option(label="Spikuliert")
    reader.answer("Dichte", "C")
    reader.answer("Linke Brust", "1")
    reader.check_accessibility()
    page.keyboard.press("Control+Enter")
    review = page.get_by_role("dialog", name="Ihre Befundung prüfen")
    expect(review).to_contain_text("L CC, Herdbefund, Spikuliert, Sicherheit 50")
    expect(review).to_contain_text("Die linke Brust ist mit 1 beurteilt, doch Markierung 1")
    reader.check_accessibility()
    review.get_by_role("button", name="Beurteilung rechts").click()
    expect(page.get_by_role("group", name="Rechte Brust").locator(":focus")).to_have_count(1)
    page.get_by_label("Sprache").select_option("en")
    expect(page.get_by_role("button", name="Review and submit")).to_be_visible()


def check_german(reader: Reader) -> None:
    page = reader.page
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.lang") == "de"
    shown = page.evaluate(READ_PAGE)
    assert [phrase for phrase in list_english_phrases() if phrase in shown] == [], page.url
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], page.url  # type: ignore[index]


def test_every_page_of_a_resident_is_german(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    page = reader.page
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    reader.open_case()
    check_german(reader)
    page.get_by_role("button", name="Einführung überspringen").click()
    reader.click_pane("left_cc", 0.2, 0.5)
    page.get_by_label("Art des Befunds").select_option(label="Herdbefund")
    for question, answer in (("Dichte", "B"), ("Linke Brust", "4"), ("Rechte Brust", "1")):
        reader.answer(question, answer)
    page.keyboard.press("Control+Enter")
    check_german(reader)
    page.get_by_role("button", name="Befundung abgeben").click()
    page.wait_for_url("**/feedback/**")
    reader.wait_for_images()
    page.get_by_label("Notiz zu diesem Fall").fill("Spikulae, übersehen.")
    expect(page.get_by_text("Gespeichert", exact=True)).to_be_visible()
    page.get_by_role("button", name="Diesen Fall melden").click()
    check_german(reader)
    page.get_by_role("button", name="Abbrechen").click()
    page.get_by_role("button", name="Sitzung beenden").click()
    page.wait_for_url("**/sessions/**")
    expect(page.get_by_role("heading", name="Zusammenfassung der Sitzung")).to_be_visible()
    check_german(reader)
    for path in PAGES:
        reader.visit(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        check_german(reader)
