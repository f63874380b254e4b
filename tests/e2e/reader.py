"""A person at a browser: Debian's Chromium, driven by Playwright, watched for errors."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.system.site import ROOT, Site

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MOST_MS = 40_000
expect.set_options(timeout=MOST_MS)
# The button of the home page: a reading that was begun is gone on with.
READ = re.compile("Read the next case|Go on reading|Nächsten Fall befunden|Weiter befunden")


@contextmanager
def open_chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


MEAN_GREY = """canvas => {
    const { width, height } = canvas;
    if (!width || !height) return 0;
    const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum += data[at];
    return sum / (width * height);
}"""


class Reader:
    """One person's page, with words for what people do on this site."""

    def __init__(self, browser: Browser, site: Site, *, width: int = 1366, height: int = 768):
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.context.set_default_timeout(MOST_MS)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        # A lost connection is logged by the browser itself; the tests cut it on purpose.
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _note_console(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(self.site.address)
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", name="Practise reading mammograms").wait_for()

    def visit(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def open_case(self) -> None:
        self.page.get_by_role("button", name=READ).click()
        self.wait_for_images()

    def wait_for_images(self) -> None:
        self.stage.wait_for()
        self.wait_until(lambda: self.count_marks("viewer:four-views") > 0, "four views")

    def count_marks(self, name: str) -> int:
        found = self.page.evaluate(f"performance.getEntriesByName('{name}').length")
        return int(found)

    def wait_until(self, look: Callable[[], bool], what: str) -> None:
        """Polls from here: under the site's content policy a page may not evaluate strings."""
        deadline = time.monotonic() + MOST_MS / 1000
        while not look():
            assert time.monotonic() < deadline, f"waited in vain for {what}; {self.problems}"
            self.page.wait_for_timeout(50)

    @property
    def stage(self) -> Locator:
        return self.page.locator(".stage")

    def pane(self, view: str) -> Locator:
        return self.page.locator(f'.pane[data-view="{view}"]')

    def answer(self, question: str, value: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.locator(f'input[value="{value}"]').check()

    def answer_all(self, *, density: str, right: str, left: str) -> None:
        self.answer("Density", density)
        self.answer("Right breast", right)
        self.answer("Left breast", left)

    def submit(self) -> None:
        """Through the review, as every reading goes."""
        self.page.get_by_role("button", name="Review and submit").click()
        review = self.page.get_by_role("dialog", name="Review your reading")
        review.get_by_role("button", name="Submit reading").click()

    def click_pane(self, view: str, across: float, down: float) -> None:
        """Clicks at a share of the pane's width and height."""
        box = self.pane(view).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])

    def wait_for_drawing(self) -> None:
        """Until all that is visible looks the same twice: drawing, and images on their way, end."""
        before: list[float] = []

        def is_still() -> bool:
            self.page.wait_for_timeout(150)
            seen, before[:] = list(before), self._mean_greys()
            return bool(before) and seen == before

        self.wait_until(is_still, "the drawing to end")

    def _mean_greys(self) -> list[float]:
        canvases = self.page.locator(".pane canvas")
        return [float(canvases.nth(n).evaluate(MEAN_GREY)) for n in range(canvases.count())]

    def mean_grey(self, view: str) -> float:
        """Mean brightness, 0-255, of what a view's canvas shows."""
        return float(self.pane(view).locator("canvas").evaluate(MEAN_GREY))

    def save_state(self) -> str:
        return self.page.locator("[data-save-state]").get_attribute("data-save-state") or ""

    def wait_until_saved(self) -> None:
        self.wait_until(lambda: self.save_state() == "saved", "the draft to be saved")

    def read_draft(self) -> dict[str, Any]:
        """The draft as the server holds it."""
        assignment = self.page.url.rsplit("/", 1)[-1]
        found = self.context.request.get(f"{self.site.address}/api/assignments/{assignment}/")
        assert found.ok, found.text()
        draft: dict[str, Any] = found.json()["draft"]
        return draft

    def check_accessibility(self) -> None:
        """No violation that axe can find, by WCAG 2.2 AA and its best practices."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        result = self.page.evaluate(
            "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", WCAG
        )
        found = [
            f"{one['id']}: {one['help']} - {node['html']}\n  {node['failureSummary']}"
            for one in result["violations"]
            for node in one["nodes"]
        ]
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    def check_no_problems(self) -> None:
        assert not self.problems, "\n".join(self.problems)
