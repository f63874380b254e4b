"""The network, the server or the sign-in goes away in mid-reading, and nothing is lost."""

import os
import signal

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import SignIn
from tests.e2e.prepared import read_passwords
from tests.e2e.reader import READ
from tests.system.site import Site

pytestmark = pytest.mark.e2e
EXPIRE = "from django.contrib.sessions.models import Session; Session.objects.all().delete()"


def test_answers_outlive_a_lost_connection_and_a_reload(sign_in: SignIn) -> None:
    reader = sign_in("resident1")
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer("Density", "D")
    reader.wait_until_saved()

    reader.context.set_offline(True)
    reader.click_pane("right_mlo", 0.8, 0.5)
    reader.page.get_by_label("Finding type").select_option("calcification_group")
    reader.answer("Right breast", "4")
    expect(reader.page.get_by_text("No connection: kept in this browser")).to_be_visible()
    reader.check_accessibility()
    expect(reader.page.locator(".mark")).to_have_count(1)

    # The reader gives up and comes back: the browser alone knows the last answers.
    reader.page.goto("about:blank")
    reader.context.set_offline(False)
    reader.page.go_back()
    reader.wait_for_images()
    expect(reader.page.get_by_role("button", name="Mark 1, R MLO, rating 50")).to_be_visible()
    reader.wait_until_saved()
    draft = reader.read_draft()["answers"]
    assert draft["density"] == "D"
    assert draft["breasts"]["right"]["assessment"] == "4"
    assert draft["marks"][0]["kind"] == "calcification_group"


def test_images_and_saving_go_on_by_themselves_when_the_connection_returns(sign_in: SignIn) -> None:
    reader = sign_in("resident2")
    reader.page.route("**/api/frames/**", lambda route: route.abort())
    reader.page.get_by_role("button", name=READ).click()
    expect(reader.page.get_by_text("This image did not arrive")).to_have_count(4)
    reader.page.unroute("**/api/frames/**")
    reader.context.set_offline(True)
    reader.context.set_offline(False)
    reader.wait_for_images()
    reader.context.set_offline(True)
    reader.answer("Density", "A")
    expect(reader.page.get_by_text("No connection: kept in this browser")).to_be_visible()
    reader.context.set_offline(False)
    reader.wait_until_saved()
    assert reader.read_draft()["answers"]["density"] == "A"


def test_a_submit_whose_answer_is_lost_is_one_reading(sign_in: SignIn) -> None:
    reader = sign_in("resident3")
    reader.open_case()
    reader.answer_all(density="B", right="1", left="2")
    reader.wait_until_saved()
    answers_lost = []

    def lose_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        if answers_lost:
            route.fallback()
            return
        answers_lost.append(route.fetch().status)
        route.abort("connectionreset")

    reader.page.route("**/api/readings/", lose_first_answer)
    reader.submit()
    expect(reader.page.get_by_text("Submitted, but the server cannot be reached.")).to_be_visible()
    reader.page.wait_for_url("**/feedback/**")
    assert answers_lost == [201]
    listed = reader.context.request.get(f"{reader.site.address}/api/readings/").json()
    assert listed["count"] == 1

    # A note that could not be sent before the window was closed is sent by the next visit.
    note = reader.page.get_by_label("Note on this case")
    expect(note).to_be_visible()
    reader.context.set_offline(True)
    note.fill("written on the train")
    expect(reader.page.get_by_text("No connection: kept in this browser")).to_be_visible()
    reader.page.goto("about:blank")
    reader.context.set_offline(False)
    reader.visit("/notes")
    expect(reader.page.get_by_text("written on the train")).to_be_visible()


def test_two_windows_do_not_overwrite_each_other(sign_in: SignIn) -> None:
    reader = sign_in("educator")
    reader.open_case()
    other = reader.context.new_page()
    other.goto(reader.page.url)
    other.locator(".stage").wait_for()
    reader.answer("Density", "A")
    reader.wait_until_saved()
    other.get_by_role("group", name="Density").locator('input[value="D"]').check()
    expect(other.get_by_text("Changed in another window")).to_be_visible()
    other.get_by_role("button", name="Keep this window's answers").click()
    expect(other.get_by_text("All answers saved")).to_be_visible()
    assert reader.read_draft()["answers"]["density"] == "D"


def kill_server(site: Site) -> None:
    """kill -9 for the server and its workers, which would go on by themselves for a while."""
    server = site.processes.pop("web")
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def test_a_killed_server_that_comes_back_gets_every_answer(sign_in: SignIn, site: Site) -> None:
    reader = sign_in("director")
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer("Density", "B")
    reader.wait_until_saved()
    kill_server(site)
    reader.click_pane("left_cc", 0.2, 0.5)
    reader.page.get_by_label("Finding type").select_option("mass")
    reader.answer("Left breast", "4")
    reader.answer("Right breast", "1")
    expect(reader.page.get_by_text("No connection: kept in this browser")).to_be_visible()
    reader.submit()
    expect(reader.page.get_by_text("Submitted, but the server cannot be reached.")).to_be_visible()
    site.start("web")
    site.wait_for_web()
    reader.page.wait_for_url("**/feedback/**")
    reading = reader.page.url.rsplit("/", 1)[-1]
    found = reader.context.request.get(f"{site.address}/api/readings/{reading}/feedback/").json()
    assert found["answers"]["density"] == "B"
    assert [mark["kind"] for mark in found["answers"]["marks"]] == ["mass"]


def test_an_expired_sign_in_is_told_and_costs_nothing(sign_in: SignIn, site: Site) -> None:
    reader = sign_in("operator")
    reader.open_case()
    reader.page.get_by_role("button", name="Skip the tutorial").click()
    reader.answer("Density", "C")
    reader.wait_until_saved()
    address = reader.page.url
    site.manage("shell", "-c", EXPIRE)
    reader.answer_all(density="C", right="2", left="1")
    expect(reader.page.get_by_text("You are signed out: kept in this browser")).to_be_visible()
    reader.check_accessibility()
    reader.page.get_by_role("link", name="Sign in again").click()
    reader.page.get_by_label("Email").fill("operator@demo.example")
    reader.page.get_by_label("Password").fill(read_passwords(site)["operator@demo.example"])
    reader.page.get_by_role("button", name="Sign in").click()
    reader.page.wait_for_url(address)
    reader.wait_for_images()
    reader.wait_until_saved()
    assert reader.read_draft()["answers"]["breasts"]["right"]["assessment"] == "2"

    # Signed out when submitting: the reading goes off by itself after the next sign-in.
    site.manage("shell", "-c", EXPIRE)
    reader.submit()
    reader.page.get_by_role("link", name="Sign in again").click()
    reader.page.get_by_label("Email").fill("operator@demo.example")
    reader.page.get_by_label("Password").fill(read_passwords(site)["operator@demo.example"])
    reader.page.get_by_role("button", name="Sign in").click()
    reader.page.wait_for_url("**/feedback/**")
