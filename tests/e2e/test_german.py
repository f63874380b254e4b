"""The reading room in German, from the choice of the language to the review."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn

pytestmark = pytest.mark.e2e


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
