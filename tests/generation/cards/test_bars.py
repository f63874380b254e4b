"""Bars: the report says whether they are met; what was not measured is neither."""

from typing import Any

import pytest

from generation.cards.bars import better, count_outcomes, draw_strips, outcome_of, tabulate_bars
from tests.generation.cards.files import BAR


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, "met"),
        ({"met": False}, "missed"),
        ({"met": None}, "unknown"),
        ({"measured": None}, "unknown"),
        ({"measured": None, "met": True}, "unknown"),
        ({"met": "yes"}, "missed"),
    ],
)
def test_outcome(fields: dict[str, Any], outcome: str) -> None:
    assert outcome_of({**BAR, **fields}) == outcome


@pytest.mark.parametrize(
    ("said", "way"), [("lower", "lower"), ("higher", "higher"), (None, "lower"), (3, "lower")]
)
def test_which_way_is_better(said: Any, way: str) -> None:
    assert better({**BAR, "better": said}) == way


def test_rows_say_value_floor_limits_and_outcome() -> None:
    table = tabulate_bars(
        [BAR, {**BAR, "set": "cases_mlo", "measured": None, "stretch": None}], title="Bars"
    )
    assert table is not None
    first, second = table.rows
    assert first.cells == (
        "Network alone", "0.72", "0.51", "at most 0.80", "at most 0.65", "met",
    )  # fmt: skip
    assert "0.5 means that it guesses" in first.sentence
    assert second.sentence == ""
    assert (first.outcome, second.outcome) == ("met", "unknown")
    assert second.cells[1:] == ("not measured", "0.51", "at most 0.80", "", "not measured")
    assert tabulate_bars([], title="Bars") is None


@pytest.mark.parametrize(
    ("measured", "bar", "written"),
    [
        (0.94612, 0.95, ("0.946", "at most 0.950")),
        (0.72, 0.8, ("0.72", "at most 0.80")),
        (2.0, 0.0, ("2", "at most 0")),
    ],
)
def test_a_value_never_reads_like_the_bar_that_it_missed(
    measured: float, bar: float, written: tuple[str, str]
) -> None:
    table = tabulate_bars(
        [{**BAR, "measured": measured, "bar": bar, "better": "lower"}], title="Bars"
    )
    assert table is not None
    cells = table.rows[0].cells
    assert (cells[1], cells[3]) == written


def test_small_values_keep_their_digits() -> None:
    table = tabulate_bars(
        [{**BAR, "measured": 0.00412, "bar": 0.005, "stretch": None}], title="Bars"
    )
    assert table is not None
    assert table.rows[0].cells[1] == "0.0041"


def test_a_chart_for_each_bar_with_a_mark_for_each_set() -> None:
    other = {**BAR, "id": "frd", "label": "Distance", "measured": None}
    bars = [BAR, {**BAR, "set": "cases_cc", "measured": 0.83, "met": False}, other]
    (strip,) = draw_strips(bars)
    assert [(mark.label, mark.value, mark.outcome) for mark in strip.marks] == [
        ("Network alone", 0.72, "met"),
        ("Whole cases, CC", 0.83, "missed"),
    ]
    assert (strip.floor, strip.bar, strip.stretch, strip.better) == (0.51, 0.8, 0.65, "lower")
    assert strip.origin == 0.5


def test_each_limit_has_a_chart_of_its_own() -> None:
    near = {**BAR, "id": "nearest_ratio", "better": "higher", "stretch": None}
    bars = [{**near, "set": "images", "bar": 0.9}, {**near, "set": "patches", "bar": 0.95}]
    first, second = draw_strips(bars)
    assert ([mark.label for mark in first.marks], first.bar) == (["Whole images"], 0.9)
    assert ([mark.label for mark in second.marks], second.bar) == (["Patches of 26 mm"], 0.95)
    assert first.key != second.key


def test_counts_and_answers_have_no_chart() -> None:
    assert list(draw_strips([{**BAR, "id": "tiling_periods"}])) == []


def test_counts() -> None:
    bars = [BAR, BAR, {**BAR, "met": False}, {**BAR, "measured": None}]
    assert count_outcomes(bars) == {"met": 2, "missed": 1, "unknown": 1}
