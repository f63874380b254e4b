"""Memorisation on the card: only an audit without a gap says that nothing was found."""

from pathlib import Path

import pytest

from generation.cards import read_card
from tests.generation.cards.files import make_audit, write_generator


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (True, "No sign of it was found."),
        (False, "It may: 1 of 1 limits were missed."),
        (None, "not everything was measured"),
    ],
)
def test_the_answer_in_a_sentence(tmp_path: Path, met: bool | None, said: str) -> None:
    audit = read_card(write_generator(tmp_path, audit=make_audit(met=met))).audit
    assert said in audit.answer


def test_an_audit_without_bars_does_not_clear(tmp_path: Path) -> None:
    report = make_audit() | {"bars": []}
    audit = read_card(write_generator(tmp_path, audit=report)).audit
    assert "not everything was measured" in audit.answer


def test_an_audit_of_other_weights_does_not_clear(tmp_path: Path) -> None:
    audit = read_card(write_generator(tmp_path, audit=make_audit("cd" * 32))).audit
    assert audit.answer == ""


def test_nearest_images_and_hidden_copies(tmp_path: Path) -> None:
    audit = read_card(write_generator(tmp_path, audit=make_audit())).audit
    bars, nearest = audit.tables
    assert bars.rows[0].cells == ("Whole images", "0.97", "1.00", "at least 0.92", "met")
    assert "Wished for" not in bars.columns
    (row,) = nearest.rows
    assert row.cells == ("0.970", "0.950 to 1.010", "0.810", "0.700", "0 of 40")
    assert [(fact.label, fact.cells) for fact in audit.facts] == [
        ("Copies hidden", ("3",)),
        ("Copies found", ("3",)),
    ]
    (strip,) = audit.strips
    assert (strip.better, strip.origin, strip.floor) == ("higher", None, 1.0)
