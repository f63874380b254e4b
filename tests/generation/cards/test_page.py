"""The Markdown page, and that the committed one is what the committed files say."""

import subprocess
import sys
from pathlib import Path

import pytest

from generation.__main__ import main
from generation.cards import read_card
from generation.cards.markdown import write_markdown
from generation.commands.card import PAGE, draw_page
from generation.packages.registry import SHIPPED_WEIGHTS
from tests.generation.cards.files import TEXT, make_pictures, make_report, write_generator

ROOT = Path(__file__).resolve().parents[3]
SMALL = 300_000


def test_the_committed_page_is_up_to_date() -> None:
    page = ROOT / PAGE
    assert page.read_text() == draw_page(SHIPPED_WEIGHTS, page), "run: python -m generation card"


def test_the_committed_card_says_what_it_must() -> None:
    card = read_card(SHIPPED_WEIGHTS)
    titles = [section.title for section in card.sections]
    assert {"Intended use", "Out of scope", "Data and licences"} <= set(titles)
    words = str(card.sections)
    assert "10.7937/29kw-ae92" in words
    assert "10.7937/K9/TCIA.2016.7O02S9CY" in words
    assert "read from lists that name them, not from the archive's own page" in words
    assert card.failures
    assert all(failure.picture for failure in card.failures)


def test_the_committed_pictures_are_small_and_say_that_they_are_synthetic() -> None:
    pictures = sorted((SHIPPED_WEIGHTS.parent / "pictures").glob("*.jpg"))
    shown = {
        failure.picture.file for failure in read_card(SHIPPED_WEIGHTS).failures if failure.picture
    }
    assert {path.name for path in pictures} == shown
    assert sum(path.stat().st_size for path in pictures) < SMALL
    assert all(b"Synthetic image, not for diagnosis" in path.read_bytes() for path in pictures)


def test_the_page_holds_verdict_bars_subgroups_and_failures(tmp_path: Path) -> None:
    weights = write_generator(
        tmp_path, evaluation=make_report(), card=TEXT, pictures=make_pictures()
    )
    page = write_markdown(read_card(weights), pictures="there")
    assert "**Not good for.** Diagnosis." in page
    assert "| Classifier two-sample AUC | Network alone | 0.72 | 0.51 |" in page
    assert "| not enough |" in page
    assert "![A crop of fat](there/crumpled-fat.jpg)" in page
    assert "has not been measured yet" in page.split("## Does it repeat")[1]


def test_text_from_elsewhere_stays_text(tmp_path: Path) -> None:
    note = "<script>alert(1)</script> a | b\n# heading"
    report = make_report(notes=[note], bars=[])
    page = write_markdown(read_card(write_generator(tmp_path, evaluation=report)), pictures="p")
    assert "<script>" not in page
    assert "\n# heading" not in page


def test_the_command_writes_checks_and_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights, page = write_generator(tmp_path, card=TEXT), tmp_path / "docs" / "card.md"
    arguments = ["card", "--weights", str(weights), "--out", str(page)]
    assert main([*arguments, "--check"]) == 1
    assert "out of date" in capsys.readouterr().err
    assert main(arguments) == 0
    assert main([*arguments, "--check"]) == 0
    weights.with_suffix(".json").unlink()
    assert main(arguments) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_card_is_read_without_torch() -> None:
    code = (
        "import sys; from generation.cards import read_card;"
        "from generation.packages.registry import SHIPPED_WEIGHTS; read_card(SHIPPED_WEIGHTS);"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
