"""Measure drawn findings and women, and fit what is expected of cases before anybody reads them.

A background takes most of a case's time and does not depend on its findings, so each woman carries
many in turn. Women come equally often in each density and count as often as the population holds
them. Writes

- trainer/measure/cold_start.json: what standardises ln d' by competency, and ln likeness;
- generation/difficulty.json: cut-points of the tiers (fifths of the drawn population), and the
  lines that say how hard a finding or a woman's tissue will be.

Run it again whenever weights, lesions or the drawn population change:

    python scripts/fit_cold_start.py --women 64 --tissue 100 --processes 14 --device cuda
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generation.clock import StageClock  # noqa: E402
from generation.description import describe_findings  # noqa: E402
from generation.difficulty import finding_hardness, normal_hardness  # noqa: E402
from generation.exams import Exam  # noqa: E402
from generation.lesions import REGISTRY  # noqa: E402
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator  # noqa: E402
from generation.plausibility import find_errors  # noqa: E402
from generation.population import rates  # noqa: E402
from generation.quality.lesion_likeness import find_lesion_likeness  # noqa: E402
from generation.spec import CaseSpec, SpecError  # noqa: E402
from trainer.measure.competencies import competency_of  # noqa: E402
from trainer.measure.difficulty import combine_dprimes  # noqa: E402

COLD_START = ROOT / "trainer" / "measure" / "cold_start.json"
DIFFICULTY = ROOT / "generation" / "difficulty.json"
DENSITIES = "ABCD"
# As drawn by rate; then as many more of the rarer chapters; then of any contrast within reach.
BY_RATE = 6
EXTRA_GROUPS = ("distortion", "asymmetry", "calcification", "mass")
VARIED = 4
CONTRASTS = (0.4, 2.0)
TRIES = 60
COMMON_WOMEN = 4

Record = dict[str, Any]


def draw_variants(rng: np.random.Generator, woman: CaseSpec) -> Iterator[tuple[str, CaseSpec]]:
    """The woman with one actionable finding after another, each with why it was drawn."""
    by_group = {
        group: [key for key, finding in REGISTRY.items() if finding.group == group]
        for group in EXTRA_GROUPS
    }
    plans: list[tuple[str, dict[str, Any]]] = [("by_rate", {}) for _ in range(BY_RATE)]
    for group, kinds in by_group.items():
        if kinds:
            plans.append((f"extra {group}", {"findings": kinds[0]}))
    for number in range(VARIED):
        plans.append(("varied", {"group": EXTRA_GROUPS[number % len(EXTRA_GROUPS)]}))
    for why, wishes in plans:
        group = wishes.pop("group", None)
        if group is not None and by_group[group]:
            wishes["findings"] = by_group[group][0]
        spec = draw_into(rng, woman, wishes, varied=why == "varied")
        if spec is not None:
            yield why, spec


def draw_into(
    rng: np.random.Generator, woman: CaseSpec, wishes: dict[str, Any], *, varied: bool
) -> CaseSpec | None:
    """An actionable finding that has room in this woman; None when none of a few draws has."""
    for _ in range(TRIES):
        try:
            drawn = CaseSpec.draw(rng, actionable=True, density=woman.density, **wishes)
        except SpecError:
            return None
        lesion = drawn.lesions[0]
        if varied:
            low, high = (math.log(value) for value in CONTRASTS)
            lesion = replace(lesion, contrast=round(math.exp(rng.uniform(low, high)), 3))
        spec = replace(woman, lesions=(lesion,), prior=drawn.prior)
        if not find_errors(spec):
            return spec
    return None


def measure_woman(
    number: int, *, women: int, seed: int, weights: Path, device: str
) -> list[Record]:
    """Records of one woman: her tissue and, of the first `women`, every finding in turn."""
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number,)))
    woman = CaseSpec.draw(rng, findings="none", density=DENSITIES[number % len(DENSITIES)])
    network = load_generator(weights, device).network
    exam = Exam(woman, network, device=device, clock=StageClock(lambda stage, share: None))
    likeness = find_lesion_likeness(exam.place(woman, share=1.0))
    about = {"woman": number, "density": woman.density, "thickness_mm": woman.thickness_mm}
    records: list[Record] = [{**about, "likeness": likeness.to_json(), "why": "tissue"}]
    variants = draw_variants(rng, woman) if number < women else ()
    for why, spec in variants:
        (lesion,) = spec.lesions
        (found,) = describe_findings(spec, exam.place_breast(spec, lesion.side))
        records.append(
            {
                **about,
                "why": why,
                "kind": lesion.kind,
                "reads_as": found.reads_as,
                "size_mm": lesion.size_mm,
                "contrast": lesion.contrast,
                "words": dict(lesion.descriptors),
                "dprimes": {key: view.dprime for key, view in found.views.items()},
                "visible": {key: view.visible for key, view in found.views.items()},
            }
        )
    return records


def hardness_of(record: Record) -> float | None:
    """Hardness of a measured finding that some view shows."""
    shown = [record["dprimes"][key] for key, seen in record["visible"].items() if seen]
    group = REGISTRY[record["kind"]].group
    return finding_hardness(shown, density=record["density"], group=group) if shown else None


def weigh(records: list[Record]) -> np.ndarray:
    """Weight of each record: its density's share of the population over that of the sample."""
    seen = [record["density"] for record in records]
    return np.array([rates.DENSITY_SHARE[d] / seen.count(d) for d in seen])


def take_fifths(values: np.ndarray, weights: np.ndarray) -> list[float]:
    """The four values that part a weighted sample into fifths."""
    order = np.argsort(values)
    share = (np.cumsum(weights[order]) - weights[order] / 2) / weights.sum()
    return [round(float(v), 3) for v in np.interp([0.2, 0.4, 0.6, 0.8], share, values[order])]


def fit_cold_start(records: list[Record]) -> dict[str, Any]:
    """Mean, sd and n of ln d' by competency (as drawn) and of ln likeness by the population."""
    values: dict[str, list[float]] = {}
    for record in records:
        if record["why"] in ("tissue", "varied") or not record["reads_as"]:
            continue
        shown = [record["dprimes"][key] for key, seen in record["visible"].items() if seen]
        if shown and None not in shown:
            competency = competency_of(record["reads_as"])
            values.setdefault(competency, []).append(math.log(combine_dprimes(shown)))
    tissue = [record for record in records if record["why"] == "tissue"]
    likeness = np.log([record["likeness"]["value"] for record in tissue])
    weights = weigh(tissue)
    mean = float(np.average(likeness, weights=weights))
    spread = float(np.sqrt(np.average((likeness - mean) ** 2, weights=weights)))
    return {
        "ln_dprime": {name: summarise(found) for name, found in sorted(values.items())},
        "ln_likeness": {"mean": round(mean, 3), "sd": round(spread, 3), "n": len(tissue)},
    }


def summarise(values: list[float]) -> dict[str, float]:
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 1.0
    return {"mean": round(float(np.mean(values)), 3), "sd": round(spread, 3), "n": len(values)}


def fit_difficulty(records: list[Record]) -> dict[str, Any]:
    """Cut-points of the tiers and the lines that `generation.difficulty` expects cases by."""
    tissue = [record for record in records if record["why"] == "tissue"]
    plain = [
        normal_hardness(record["likeness"]["value"], density=record["density"]) for record in tissue
    ]
    tempting = [
        normal_hardness(record["likeness"]["value"], density=record["density"], look_alikes=1)
        for record in tissue
    ]
    shares = rates.PREVALENCE["teaching"]
    weights = weigh(tissue)
    drawn = [r for r in records if r["why"] == "by_rate" and hardness_of(r) is not None]
    hardness = np.array([hardness_of(record) for record in drawn], float)
    groups = sorted({REGISTRY[r["kind"]].group for r in records if r["why"] != "tissue"})
    found = [r for r in records if r["why"] != "tissue" and hardness_of(r) is not None]
    lines = {"any": fit_line(found)}
    for group in groups:
        of_group = [record for record in found if REGISTRY[record["kind"]].group == group]
        if len(of_group) >= 20:
            lines[group] = fit_line(of_group)
    return {
        "finding_cuts": take_fifths(hardness, weigh(drawn)),
        "normal_cuts": take_fifths(
            np.array(plain + tempting),
            np.concatenate([weights * shares["none"], weights * shares["look_alike"]]),
        ),
        "hardness": lines,
        "ln_likeness": expect_likeness(tissue),
    }


def expect_likeness(tissue: list[Record]) -> dict[str, Any]:
    """ln likeness by density: means held to the common one by a few women, one spread for all."""
    values = {
        density: [math.log(r["likeness"]["value"]) for r in tissue if r["density"] == density]
        for density in DENSITIES
    }
    common = float(np.mean([np.mean(own) for own in values.values()]))
    means = {
        density: (sum(own) + COMMON_WOMEN * common) / (len(own) + COMMON_WOMEN)
        for density, own in values.items()
    }
    left = [value - means[density] for density, own in values.items() for value in own]
    spread = round(float(np.std(left, ddof=min(len(left) - 1, len(DENSITIES)))), 3)
    return {
        density: {"mean": round(means[density], 3), "sd": spread, "n": len(values[density])}
        for density in DENSITIES
    }


def fit_line(records: list[Record]) -> dict[str, Any]:
    """Least squares of hardness on ln contrast, ln size and density."""
    rows, values = [], []
    for record in records:
        value = hardness_of(record)
        if value is not None:
            dummies = [float(record["density"] == density) for density in DENSITIES]
            rows.append([math.log(record["contrast"]), math.log(record["size_mm"] / 10), *dummies])
            values.append(value)
    design, target = np.array(rows), np.array(values)
    # A ridge of one finding keeps a density that hardly occurs near the others.
    penalty = np.diag([0.1, 0.1] + [1.0] * len(DENSITIES))
    middle = float(target.mean())
    solved = np.linalg.solve(design.T @ design + penalty, design.T @ (target - middle))
    left = target - middle - design @ solved
    return {
        "at_one": round(middle, 3),
        "contrast": round(float(solved[0]), 3),
        "size": round(float(solved[1]), 3),
        "density": {
            density: round(float(value), 3)
            for density, value in zip(DENSITIES, solved[2:], strict=True)
        },
        "sd": round(float(np.std(left, ddof=min(len(left) - 1, 6))), 3),
        "n": len(target),
    }


def write_json(path: Path, fitted: dict[str, Any], origin: dict[str, Any]) -> None:
    path.write_text(json.dumps({**origin, **fitted}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--women", type=int, default=12, help="who carry findings")
    parser.add_argument("--tissue", type=int, default=12, help="more women, without findings")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--weights", type=Path, default=DEFAULT_WEIGHTS)
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    parser.add_argument("--records", type=Path, help="keep (or, with --women 0, read) the measures")
    options = parser.parse_args()
    if options.women:
        measure = partial(
            measure_woman,
            women=options.women,
            seed=options.seed,
            weights=options.weights,
            device=options.device,
        )
        records: list[Record] = []
        with ProcessPoolExecutor(options.processes) as pool:
            for own in pool.map(measure, range(options.women + options.tissue)):
                records += own
                if options.records:
                    options.records.write_text(json.dumps(records))
                sys.stdout.write(f"{len(records)} measured\n")
                sys.stdout.flush()
    else:
        records = json.loads(options.records.read_text())
    women = sum(record["why"] == "tissue" for record in records)
    origin = {
        "fitted_on": f"{len(records) - women} findings in {women} women by "
        "scripts/fit_cold_start.py",
        "weights_sha256": load_generator(options.weights, "cpu").sha256,
    }
    write_json(COLD_START, fit_cold_start(records), origin)
    write_json(DIFFICULTY, fit_difficulty(records), origin)


if __name__ == "__main__":
    main()
