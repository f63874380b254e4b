"""The simulation as one value, held against its bars."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from trainer.measure.simulation.policies import ADAPTIVE_50, ADAPTIVE_80
from trainer.measure.simulation.scenarios import LONG, SCENARIOS, Numbers

OVER_BOUND: Final = 1.05
COVERAGE: Final = (0.93, 0.97)
REALISED: Final = 0.02
EXPOSURE: Final = 0.20
_DISHONEST: Final = ("marks everything", "marks nothing", "answers at random")


@dataclass(frozen=True)
class Bar:
    """One figure and whether it reaches what the design asks for."""

    scenario: str
    name: str
    value: float
    wanted: str
    met: bool


def simulate(learners: int, seed: int, scenarios: Sequence[str]) -> Numbers:
    """Run scenarios with so many learners.

    Raises:
        ValueError: if there are no learners or a scenario is unknown.
    """
    if learners < 1:
        raise ValueError("at least one learner must practise")
    unknown = set(scenarios) - set(SCENARIOS)
    if unknown:
        raise ValueError(f"unknown scenario: {', '.join(sorted(unknown))}")
    found = {name: SCENARIOS[name](learners, seed) for name in scenarios}
    bars = [asdict(bar) for name in scenarios for bar in judge(name, found[name])]
    return {"learners": learners, "seed": seed, "scenarios": found, "bars": bars}


def judge(scenario: str, found: Numbers) -> Iterator[Bar]:
    """Hold one scenario's figures against the bars."""
    for row in _list_judged(scenario, found["policies"]):
        last = row["checkpoints"][-1]
        coverages = [one["coverage"] for one in row["checkpoints"]]
        worst = max(coverages, key=lambda value: abs(value - 0.95))
        held = COVERAGE[0] <= worst <= COVERAGE[1]
        yield Bar(scenario, f"{row['name']}: worst coverage", worst, "93-97 %", held)
        if last["bound"] is not None:
            ratio = max(one["rmse"] / one["bound"] for one in row["checkpoints"])
            met = ratio <= OVER_BOUND
            yield Bar(scenario, f"{row['name']}: largest RMSE / bound", ratio, "<= 1.05", met)
        if row["wanted"] is not None:
            yield from _judge_success(scenario, row)
    if scenario == "static":
        yield from _judge_cases(found)
        yield from _judge_mastery(found)
    if scenario == "finite-bank":
        for row in found["policies"]:
            met = row["exposure"] <= EXPOSURE
            yield Bar(scenario, f"{row['name']}: largest exposure", row["exposure"], "<= .20", met)


def _list_judged(scenario: str, rows: list[Numbers]) -> list[Numbers]:
    """What is the product's own; a wrong start and other policies are there to compare with."""
    if scenario == "miscalibrated":
        return rows[-1:]
    if scenario == "static":
        return [row for row in rows if row["name"] in (ADAPTIVE_80.name, ADAPTIVE_50.name)]
    return rows


def _judge_success(scenario: str, row: Numbers) -> Iterator[Bar]:
    """Success is to be what was wanted; where no case is that easy, at least what was foretold.

    Readers who improve do better than foretold: that is what they practise for.
    """
    bars = [
        ("realised success off p*", row["realised"], row["wanted"]),
        ("realised success with lesions off p*", row["realised_of_lesions"], row["wanted"]),
    ]
    if scenario != "learning":
        bars.append(("realised success off the predicted", row["realised"], row["predicted"]))
    for name, right, against in bars:
        off = abs(right - against)
        yield Bar(scenario, f"{row['name']}: {name}", off, "<= .02", off <= REALISED)


def _judge_cases(found: Numbers) -> Iterator[Bar]:
    # Who never came so far within the cases read needs at least one more than those.
    needed = {row["name"]: row["cases_until_precise"] or LONG + 1 for row in found["policies"]}
    for name, against, least in (
        ("adaptive, p* = .80", "random type, matched difficulty", 0.25),
        ("adaptive, p* = .80", "types in equal parts, matched difficulty", 0.25),
        ("adaptive, p* = .50", "random, natural mix", 0.45),
    ):
        saved = 1 - needed[name] / needed[against]
        label = f"{name}: share of cases saved against {against}"
        yield Bar("static", label, saved, f">= {least:.0%}", saved >= least)


def _judge_mastery(found: Numbers) -> Iterator[Bar]:
    for row in found["mastery"]:
        goals = f", goals {row['goals_lowered']:g} lower" if row["goals_lowered"] else ""
        if row["readers"] in _DISHONEST:
            label, value = f"who {row['readers']} masters anything{goals}", row["mastered_any"]
        else:
            label, value = f"{row['readers']}: held back by the criterion{goals}", row["held_back"]
        yield Bar("static", label, value, "0", value == 0)


def list_bars(report: Numbers) -> list[dict[str, Any]]:
    """The bars, missed ones first."""
    return sorted(report["bars"], key=lambda bar: bar["met"])
