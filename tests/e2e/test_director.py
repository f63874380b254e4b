"""A director's way: the cohort, its numbers as chart, table and file, and bringing people in."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.reader import Reader

pytestmark = pytest.mark.e2e


def read_one_case(reader: Reader) -> None:
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer_all(density="B", right="1", left="1")
    reader.submit()
    reader.page.wait_for_url("**/feedback/**")


def test_see_the_cohort(sign_in: SignIn, tmp_path: Path) -> None:
    read_one_case(sign_in("resident1"))
    director = sign_in("director")
    page = director.page
    page.get_by_role("link", name="Cohort").click()
    rows = page.get_by_role("row", name="Robin Resident")
    expect(rows.nth(0)).to_contain_text("1 reading")
    expect(rows.nth(1)).to_contain_text("Not enough readings")
    expect(page.get_by_text("Not enough readings to tell how enriched")).to_be_visible()
    expect(page.get_by_role("img", name="Abilities with 95 % intervals")).to_be_visible()
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("table", name="Abilities with 95 % intervals")).to_be_visible()
    director.check_accessibility()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    file = tmp_path / "cohort.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    assert {row["name"]: row["readings"] for row in rows}["Robin Resident"] == "1"
    page.get_by_role("radio", name="Assessment").check()
    expect(page.get_by_role("row", name="Robin Resident").first).to_contain_text("0 readings")
    page.get_by_role("radio", name="Test sets").check()
    expect(page.get_by_text("Nobody has completed both forms")).to_be_visible()
    director.check_accessibility()


def test_invite_a_person_who_then_signs_in(sign_in: SignIn) -> None:
    director = sign_in("director")
    director.visit("/people")
    page = director.page
    # The file's label lists its columns, so part of a label would fit two fields.
    page.get_by_label("Email", exact=True).fill("newcomer@example.org")
    page.get_by_label("Cohort", exact=True).select_option(label="Residents 2026")
    page.get_by_role("button", name="Make an invite link").click()
    link = page.get_by_label("Link to pass on").input_value()
    director.check_accessibility()

    director.context.clear_cookies()
    page.goto(link)
    page.get_by_label("Your name").fill("Nova Newcomer")
    for field in page.locator("input[type=password]").all():
        field.fill("a passphrase of the newcomer")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("Nova Newcomer")).to_be_visible()
    director.context.clear_cookies()
    director.sign_in("newcomer@example.org", "a passphrase of the newcomer")
    expect(page.get_by_text("Nova Newcomer")).to_be_visible()


def test_import_a_list_all_or_nothing(sign_in: SignIn, tmp_path: Path) -> None:
    director = sign_in("director")
    director.visit("/people")
    page = director.page
    file = tmp_path / "people.csv"
    good = "ada@example.org,Ada,resident,Residents 2026"
    file.write_text(f"email,name,role,cohort\n{good}\nbob@example.org,Bob,surgeon,\n")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Import people").click()
    expect(page.get_by_text("Nobody was imported.")).to_be_visible()
    expect(page.get_by_text("ada@example.org")).to_have_count(0)
    file.write_text(f"email,name,role,cohort\n{good}\n")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Import people").click()
    expect(page.get_by_text("1 person imported")).to_be_visible()
    expect(page.get_by_label("Link for Ada", exact=True)).to_have_value(re.compile("/password/"))
    expect(page.get_by_role("cell", name="ada@example.org").first).to_be_visible()
    director.check_accessibility()


def test_make_a_password_link(sign_in: SignIn) -> None:
    director = sign_in("director")
    director.visit("/people")
    director.page.get_by_role("button", name="Make a password link for Sasha Resident").click()
    expect(director.page.get_by_text("Pass this link to Sasha Resident.")).to_be_visible()
    assert "://" in director.page.get_by_label("Link to pass on").input_value()
