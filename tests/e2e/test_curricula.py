"""An educator's way through a curriculum, and what a resident of the cohort sees of it."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn

pytestmark = pytest.mark.e2e


def test_make_share_and_follow_a_curriculum(sign_in: SignIn, tmp_path: Path) -> None:
    educator = sign_in("educator")
    page = educator.page
    page.get_by_role("link", name="Curricula").click()
    page.get_by_role("link", name="New curriculum").click()

    # By keyboard: every wrong field says so, and the first of them has the focus.
    page.get_by_label("Train Asymmetries").focus()
    page.keyboard.press("Space")
    page.get_by_label("Weight of Masses").fill("9")
    page.get_by_label("Criterion within").fill("5")
    page.get_by_label("Criterion within").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    for field in ("Name", "Weight of Masses", "Criterion within"):
        expect(page.get_by_label(field, exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("A number from 0.4 to 0.8 is needed.")).to_be_visible()
    educator.check_accessibility()

    page.get_by_label("Name", exact=True).fill("First year")
    page.get_by_label("Weight of Masses").fill("2")
    page.get_by_label("First tier of Masses").fill("2")
    page.get_by_label("Criterion within").fill("0.6")
    page.get_by_label("Residents 2026").check()
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="First year")
    expect(row).to_contain_text("Masses 2–5")
    expect(row).not_to_contain_text("Asymmetries")
    expect(row).to_contain_text("Residents 2026")

    with page.expect_download() as download:
        page.get_by_role("link", name="Export: First year").click()
    file = tmp_path / "first-year.json"
    download.value.save_as(file)
    content = json.loads(file.read_text())
    assert content["competencies"]["mass"]["weight"] == 2
    file.write_text(json.dumps(content | {"rule": {"neutral_probability": 0}}))
    page.get_by_label("Import a file").set_input_files(file)
    expect(page.get_by_role("alert")).to_contain_text("rule.neutral_probability")
    file.write_text(json.dumps(content))
    page.get_by_label("Import a file").set_input_files(file)
    expect(page.get_by_role("row", name="First year (2)")).to_be_visible()
    page.get_by_role("button", name="Archive: First year (2)").click()
    page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    expect(page.get_by_role("link", name="Edit: First year (2)")).to_have_count(0)

    page.get_by_role("link", name="Edit: First year").click()
    page.get_by_text("Tiers without a case").click()
    expect(page.get_by_text("0 cases ready").first).to_be_visible()
    educator.check_accessibility()

    resident = sign_in("resident1")
    resident.visit("/progress")
    expect(resident.page.get_by_text("By your curriculum “First year”.")).to_be_visible()
    masses = resident.page.get_by_role("row", name="Masses").first
    expect(masses).to_contain_text("Not yet")
    expect(masses).to_contain_text("Tier 2 of 2–5")
    expect(resident.page.get_by_text("A suggestion for the meeting")).to_be_visible()
    resident.check_accessibility()
