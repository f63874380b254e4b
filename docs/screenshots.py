"""Takes the pictures of the README: `python docs/screenshots.py` (needs a built front end).

`python docs/screenshots.py .pytest_cache/d/parenchyma-site` uses the cases that the browser tests
made, instead of making its own.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.e2e.prepared import prepare_folder, read_passwords, running_copy  # noqa: E402
from tests.e2e.reader import Reader, open_chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CASES_TO_TRY = 2


def take_all(cache: Path) -> None:
    with running_copy(prepare_folder(cache)) as site, open_chromium() as browser:
        reader = Reader(browser, site, width=1600, height=1000)
        email = "resident1@demo.example"
        reader.sign_in(email, read_passwords(site)[email])
        read_until_found(reader)
        director = Reader(browser, site, width=1366, height=900)
        director.sign_in("director@demo.example", read_passwords(site)["director@demo.example"])
        director.visit("/cohort")
        director.page.get_by_role("img", name="Abilities").wait_for()
        take(director, "cohort")


def read_until_found(reader: Reader) -> None:
    """Reads cases until one holds a finding, benign ones too; its pictures are kept."""
    for _ in range(CASES_TO_TRY):
        reader.open_case()
        skip = reader.page.get_by_role("button", name="Skip the tutorial")
        if skip.count():
            skip.click()
        later = reader.page.get_by_role("button", name="In a week")
        if later.count():
            later.click()
        mark_and_answer(reader)
        take(reader, "reading-room")
        reader.submit()
        reader.page.wait_for_url("**/feedback/**")
        reader.wait_for_images()
        reader.page.wait_for_timeout(1500)
        take(reader, "feedback")
        if reader.page.get_by_role("heading", name="The finding").count():
            return
        reader.visit("/")


def mark_and_answer(reader: Reader) -> None:
    reader.click_pane("left_cc", 0.22, 0.45)
    reader.page.get_by_label("Finding type").select_option("mass")
    reader.page.get_by_label("Shape").select_option("irregular")
    reader.answer_all(density="B", right="1", left="4")
    reader.wait_until_saved()
    reader.page.mouse.move(5, 5)


def take(reader: Reader, name: str, **options: Any) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    reader.page.screenshot(path=IMAGES / f"{name}.png", **options)
    print(f"docs/images/{name}.png")


def main(arguments: list[str]) -> None:
    if arguments:
        take_all(Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory(prefix="parenchyma-screenshots-") as folder:
        take_all(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
