"""The card from the files beside the weights: whose numbers they are decides what is shown."""

from pathlib import Path
from typing import Any

import pytest

from generation.cards import Card, read_card
from generation.packages.registry import RegistryError
from tests.generation.cards.files import (
    OTHER,
    SHA256,
    TEXT,
    make_pictures,
    make_report,
    write_generator,
)


def read(folder: Path, **files: Any) -> Card:
    return read_card(write_generator(folder, **files))


def test_reports_of_these_weights_are_theirs(tmp_path: Path) -> None:
    card = read(tmp_path, evaluation=make_report(), audit=make_report(), card=TEXT)
    assert card.sha256 == SHA256
    assert (card.evaluation.standing.state, card.audit.standing.state) == ("measured", "measured")
    assert card.evaluation.standing.version == "0.2.0+123456789abc"
    assert card.evaluation.notes == ("Few images.",)
    assert card.evaluation.tables
    assert card.audit.tables


def test_a_report_of_other_weights_gives_no_number(tmp_path: Path) -> None:
    foreign = make_report(OTHER)
    card = read(tmp_path, evaluation=foreign, audit=foreign, card=TEXT)
    for measured in (card.evaluation, card.audit):
        assert measured.standing.state == "foreign"
        assert f"measured on other weights ({OTHER[:12]}…)" in measured.standing.said
        assert (measured.facts, measured.strips, measured.tables, measured.notes) == ((),) * 4
    assert card.verdict.realism == card.evaluation.standing.said
    assert "0.72" not in str(card)


def test_missing_reports_are_not_measured_yet(tmp_path: Path) -> None:
    card = read(tmp_path)
    for measured in (card.evaluation, card.audit):
        assert measured.standing.state == "missing"
        assert "not been measured yet" in measured.standing.said
    assert "not been measured yet" in card.verdict.realism
    assert card.verdict.good_for == card.verdict.not_for == "Its card does not say."
    assert (card.sections, card.failures) == ((), ())


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", "3", '"text"', "{}", '{"weights": "x"}', '{"weights": {}}', "[" * 9999],
)
def test_a_report_that_cannot_be_read_is_said_to_be_one(tmp_path: Path, broken: str) -> None:
    card = read(tmp_path, evaluation=broken)
    assert card.evaluation.standing.state == "unreadable"
    assert card.evaluation.tables == ()


WRONG: list[Any] = [
    None,
    "text",
    3,
    [3],
    {"a": []},
    [{"met": "yes"}],
    [None],
    float("nan"),
    10**400,
]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("field", ["summary", "bars", "subgroups", "split", "notes", "made"])
def test_a_field_of_another_kind_is_left_out(tmp_path: Path, field: str, wrong: Any) -> None:
    card = read(tmp_path, evaluation=make_report(**{field: wrong}))
    assert card.evaluation.standing.state == "measured"
    assert "nan" not in str(card)


def test_weights_that_name_no_hash_have_no_card(tmp_path: Path) -> None:
    weights = write_generator(tmp_path)
    weights.with_suffix(".json").write_text("{}")
    with pytest.raises(RegistryError, match="SHA-256"):
        read_card(weights)


def test_the_text_becomes_verdict_sections_and_failures(tmp_path: Path) -> None:
    card = read(tmp_path, card=TEXT, pictures=make_pictures())
    assert (card.verdict.good_for, card.verdict.not_for) == ("Practice.", "Diagnosis.")
    (section,) = card.sections
    assert section.title == "Data and licences"
    paragraph, items = section.blocks
    assert paragraph.items == ("Learnt from images of ours.",)
    assert (items.kind, items.items) == (
        "list",
        ("First licence.", "Second licence, on two lines."),
    )
    fat, stars = card.failures
    assert fat.title == "Fat is crumpled"
    assert fat.picture is not None
    assert (fat.picture.file, fat.picture.alt) == ("crumpled-fat.jpg", "A crop of fat")
    assert (fat.picture.width, fat.picture.height) == (40, 30)
    assert stars.picture is None
    assert card.failures_standing.state == "measured"


def test_pictures_of_other_weights_are_said_to_be(tmp_path: Path) -> None:
    card = read(tmp_path, card=TEXT, pictures=make_pictures(OTHER))
    assert card.failures_standing.state == "foreign"
    assert OTHER[:12] in card.failures_standing.said


@pytest.mark.parametrize("path", ["../../secret.jpg", "http://elsewhere/a.jpg", "unknown.jpg", "a"])
def test_only_pictures_of_the_index_are_shown(tmp_path: Path, path: str) -> None:
    text = TEXT.replace("pictures/crumpled-fat.jpg", path)
    index = make_pictures() | {"pictures": {"../secret.jpg": {"width": 1, "height": 1}}}
    card = read(tmp_path, card=text, pictures=index)
    assert all(failure.picture is None for failure in card.failures)
