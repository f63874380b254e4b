"""A site with a second generator: an educator orders a case from it, at the keyboard alone."""

from tests.e2e.conftest import SignIn
from tests.factories.generators import install_generator
from tests.system.site import Site


def test_a_generator_is_chosen_where_there_is_a_choice(site: Site, sign_in: SignIn) -> None:
    educator = sign_in("educator")
    page = educator.page
    choice = page.get_by_label("Generator", exact=True)

    educator.visit("/requests")
    page.get_by_role("button", name="Order").wait_for()
    assert choice.count() == 0

    folder = site.folder / "generators"
    sha256 = install_generator(folder, "county", card="# Model card: county")
    page.reload()
    choice.wait_for()
    page.get_by_label("Tier").focus()
    page.keyboard.press("Tab")
    assert choice.evaluate("select => select === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert choice.input_value() == sha256
    card = page.get_by_role("link", name="Model card of county")
    assert card.get_attribute("href") == f"/model-card/{sha256}"
    educator.check_accessibility()

    page.get_by_role("button", name="Order").press("Enter")
    page.get_by_text("Ordered. It appears below").wait_for()
    link = page.get_by_role("row").filter(has_text="for county").get_by_role("link", name="county")
    link.wait_for()
    assert link.get_attribute("href") == f"/model-card/{sha256}"
    educator.check_accessibility()
    ((name, chosen),) = site.query(
        "SELECT generator_name, generator_sha256 FROM cases_caserequest"
        " WHERE generator_sha256 <> ''"
    )
    assert (name, chosen) == ("county", sha256)

    # Removed while the page is open: the order is refused by its field, and the choice is gone.
    (folder / "county.0123456789ab" / "generator.json").unlink()
    page.get_by_role("button", name="Order").press("Enter")
    refused = page.get_by_role("alert")
    refused.wait_for()
    assert refused.inner_text().startswith("Generator: There is no generator")
    choice.wait_for(state="detached")
    page.get_by_role("button", name="Order").press("Enter")
    page.get_by_text("Ordered. It appears below").wait_for()
