"""The simulation runs the product's code; its figures are in docs/decisions/simulation.md."""

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from trainer.measure.ability import start_ability
from trainer.measure.selection import limit_exposure, weigh_competencies
from trainer.measure.simulation.bank import Bank
from trainer.measure.simulation.policies import ADAPTIVE_50, ADAPTIVE_80, Knowledge, draw_aims
from trainer.measure.simulation.practice import Plan, practise
from trainer.measure.simulation.readers import MARKS_EVERYTHING, draw_readers
from trainer.measure.simulation.scenarios import tabulate
from trainer.measure.simulation.stock import FreshStock
from trainer.measure.simulation.world import PILOT, World
from trainer.measure.targets import TARGETS


def test_estimates_come_near_the_bound_and_success_near_what_is_wanted() -> None:
    rng = np.random.default_rng(3)
    readers = draw_readers(PILOT, 200, rng)
    course = practise(FreshStock(PILOT), readers, ADAPTIVE_80, Plan(60, (20, 60)), rng)
    first, last = course.checkpoints
    assert last.rmse < first.rmse < 1
    # 1,200 correlated errors: within about 4 %.
    assert last.rmse / last.bound == pytest.approx(1.02, abs=0.06)
    assert last.coverage == pytest.approx(0.95, abs=0.03)
    assert course.sum_up().right == pytest.approx(0.80, abs=0.02)
    assert course.sum_up().predicted == pytest.approx(0.80, abs=0.01)
    assert set(course.successes) == set(PILOT.competencies)
    assert course.sum_up(["mass"]) == course.successes["mass"]


def test_even_odds_tell_more() -> None:
    def measure(policy: object) -> float:
        rng = np.random.default_rng(4)
        readers = draw_readers(PILOT, 150, rng)
        course = practise(FreshStock(PILOT), readers, policy, Plan(60, (60,)), rng)  # type: ignore[arg-type]
        return course.checkpoints[0].bound

    assert measure(ADAPTIVE_50) < measure(ADAPTIVE_80)


def test_aims_are_drawn_as_the_product_weighs_them() -> None:
    world, start, readers = World(), start_ability(), 4000
    known = Knowledge(
        np.tile(start.mean, (readers, 1)),
        np.tile(start.covariance, (readers, 1, 1)),
        10,
        np.full(readers, 5),
    )
    kind, aim = draw_aims(world, known, ADAPTIVE_80, np.random.default_rng(5))
    lesions = [name for name in world.competencies if name != "normal_rejection"]
    chances = weigh_competencies(start, lesions, targets=TARGETS)
    drawn = np.array(
        [(aim[kind >= 0] == world.competencies.index(name)).mean() for name in lesions]
    )
    assert drawn == pytest.approx(chances, abs=0.04)
    assert (kind < 0).mean() == pytest.approx(0.45, abs=0.03)


def test_a_bank_gives_no_case_twice_nor_to_too_many() -> None:
    rng = np.random.default_rng(6)
    bank = Bank(World(), 400, 20, rng)
    course = practise(bank, draw_readers(World(), 20, rng), ADAPTIVE_80, Plan(20, (20,)), rng)
    assert bank.seen.sum() == 20 * 20
    assert bank.seen.sum(axis=0).max() <= limit_exposure(20)
    assert bank.beyond_limit == 0
    assert course.checkpoints[0].cases == 20
    # What was answered is known better than before.
    met = bank.seen.any(axis=0)
    assert (bank.variance["no_false_mark"][met] < 0.49).all()
    assert bank.variance["no_false_mark"][~met] == pytest.approx(0.49)


def test_a_bank_gives_a_case_for_something_else_before_it_goes_beyond_the_limit() -> None:
    """Twenty readers want twelve cases each of a hundred that four of them may meet."""
    rng = np.random.default_rng(9)
    bank = Bank(World(), 100, 20, rng)
    practise(bank, draw_readers(World(), 20, rng), ADAPTIVE_80, Plan(12), rng)
    assert bank.met.max() <= limit_exposure(20)
    assert bank.beyond_limit == 0


def test_an_empty_bank_says_so() -> None:
    rng = np.random.default_rng(7)
    with pytest.raises(ValueError, match="too small"):
        practise(
            Bank(World(), 12, 5, rng), draw_readers(World(), 5, rng), ADAPTIVE_80, Plan(30), rng
        )


def test_who_marks_everything_finds_all_and_leaves_nothing_alone() -> None:
    rng = np.random.default_rng(8)
    world = World()
    readers = draw_readers(world, 30, rng, behaviour=MARKS_EVERYTHING)
    course = practise(FreshStock(world), readers, ADAPTIVE_80, Plan(5, keep_answers=True), rng)
    items, answers = tabulate(world, course.log)
    names = np.array(items.competency)
    assert answers.correct[names == "mass"].all()
    assert not answers.correct[names == "normal_rejection"].any()


def test_the_command_writes_a_report_and_a_page(tmp_path: Path) -> None:
    out, page = StringIO(), tmp_path / "page" / "learning.html"
    call_command(
        "simulate_learning",
        learners=20,
        scenario="learning",
        json=True,
        page=page,
        stdout=out,
    )
    report = json.loads(out.getvalue())
    assert report["scenarios"]["learning"]["policies"][0]["checkpoints"][-1]["cases"] == 300
    assert {bar["scenario"] for bar in report["bars"]} == {"learning"}
    assert "<svg" in page.read_text()
    assert "Readers who improve" in page.read_text()
    with pytest.raises(CommandError, match="at least one"):
        call_command("simulate_learning", learners=0)
