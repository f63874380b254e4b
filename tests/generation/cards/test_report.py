"""What the evaluation's tables and the verdict say, and the training record."""

from pathlib import Path

import pytest

from generation.cards import read_card
from generation.cards.card import Table
from generation.cards.reading import write_number
from generation.cards.training import count_parameters
from tests.generation.cards.files import make_report, write_generator


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Table]:
    card = read_card(write_generator(tmp_path, evaluation=make_report()))
    return {table.key: table for table in card.evaluation.tables}


def test_measures_stand_beside_real_against_real(tables: dict[str, Table]) -> None:
    table = tables["measures"]
    assert table.columns == ("Network alone", "Whole cases, CC", "Real against real")
    rows = {row.label: row.cells for row in table.rows}
    assert rows["Told from real by a classifier (AUC)"] == ("0.72", "0.83", "0.51")
    assert rows["Kernel distance"] == ("−0.0002", "not measured", "not measured")


def test_conditions_that_were_measured(tables: dict[str, Table]) -> None:
    assert [(row.label, row.cells) for row in tables["conditions"].rows] == [
        ("Tissue lies where it was asked for", ("0.971",))
    ]


def test_a_subgroup_of_few_images_has_no_number(tables: dict[str, Table]) -> None:
    table = tables["subgroups"]
    assert table.columns[2:] == ("Classifier (AUC)",)
    assert [row.cells for row in table.rows] == [("12", "40", "0.80"), ("3", "9", "not enough")]
    assert table.rows[0].label == "Density B · Whole cases, CC"


def test_the_verdict_says_how_far_from_real(tmp_path: Path) -> None:
    said = read_card(write_generator(tmp_path, evaluation=make_report())).verdict.realism
    assert "0.72 for what the network draws and 0.83 for whole cases" in said
    assert "1 of the 2 limits set beforehand are met" in said


def test_the_verdict_without_the_test(tmp_path: Path) -> None:
    report = make_report(summary={}, bars=[])
    said = read_card(write_generator(tmp_path, evaluation=report)).verdict.realism
    assert "was not measured" in said
    assert "no limit has been judged" in said


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.126, "0.13"), (-1.5, "−1.50"), (12345.678, "12 345.68"), (None, "not measured"),
     (float("nan"), "not measured"), (True, "not measured"), ("3", "not measured")],
)  # fmt: skip
def test_numbers(value: object, written: str) -> None:
    assert write_number(value, 2) == written


def test_the_record_gives_facts_curves_and_settings(tmp_path: Path) -> None:
    curve = [{"step": step, "coarse": 0.5, "fresh": step / 10} for step in range(1, 201)]
    record = {
        "images": 86, "step": 3612, "seconds": 3906.7, "curve": curve,
        "hardware": {"name": "two cores", "threads": 2},
        "configs": [{"from_step": 0, "batch": 4}, {"from_step": 100, "batch": 8, "odd": [1]}],
    }  # fmt: skip
    training = read_card(write_generator(tmp_path, record=record)).training
    facts = {row.label: row.cells[0] for row in training.facts}
    assert facts["Steps"] == "3 612"
    assert facts["Time"] == "1 h 5 min"
    assert facts["Hardware"] == "name two cores, threads 2"
    assert facts["Numbers learnt (parameters)"] == "11"
    coarse, fresh = training.series
    assert coarse.label == "Departure from the layout"
    assert len(fresh.points) == 50
    # The median of the first four steps, placed at the last of them.
    assert (fresh.points[0].step, fresh.points[0].value) == (4, 0.25)
    assert training.settings is not None
    assert [row.cells for row in training.settings.rows] == [("4",), ("8",)]


@pytest.mark.parametrize(
    "content", [b"", b"\xff" * 8, b"\x02\0\0\0\0\0\0\0[]", b"\x04\0\0\0\0\0\0\0null"]
)
def test_weights_that_cannot_be_counted(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    assert count_parameters(path) is None
