"""Fit the constants that standardise ln d', on lesions drawn as cases are drawn.

A background takes most of a case's time and does not depend on its findings, so each one carries
several lesions in turn. Writes trainer/measure/cold_start.json. Run it again whenever weights,
lesions or the drawn population change, on a GPU with more women where there is one:

    python scripts/fit_cold_start.py --women 100 --device cuda
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation import seeds
from generation.anatomy.views import make_breast
from generation.description import describe_findings
from generation.lesions import render_finding
from generation.networks.drawing import draw_background
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator
from generation.physics.look import build_grey_table
from generation.placement import place_findings
from generation.spec import CaseSpec, SpecError
from trainer.measure.competencies import competency_of
from trainer.measure.difficulty import combine_dprimes

TARGET = Path(__file__).resolve().parent.parent / "trainer" / "measure" / "cold_start.json"
KINDS = ("mass", "calcification_group")
VIEWS = ("cc", "mlo")


def draw_variants(rng: np.random.Generator, count: int) -> Iterator[CaseSpec]:
    """Draw one woman, with `count` actionable lesions of each kind in turn in her left breast."""
    woman = CaseSpec.draw(rng, findings="none")
    for kind in KINDS:
        found = 0
        while found < count:
            drawn = CaseSpec.draw(rng, findings=kind, side="left", actionable=True)
            spec = dataclasses.replace(woman, lesions=drawn.lesions)
            try:
                spec.validate()
            except SpecError:
                continue  # this place lies outside this breast
            found += 1
            yield spec


def measure_variants(
    specs: list[CaseSpec], *, weights: Path, device: str
) -> Iterator[tuple[str, float]]:
    """Measure ln d' over both views of each lesion, on one woman's background."""
    woman = specs[0]
    trained = load_generator(weights, device)
    anatomy = make_breast(woman, "left")
    table = build_grey_table(woman.look, woman.thickness_mm)
    backgrounds = {
        view: draw_background(
            trained.network,
            anatomy.views[view].condition,
            seed=int(
                seeds.seed_sequence(woman.seed, "noise", side="left", view=view).generate_state(1)[
                    0
                ]
            ),
            device=device,
        )
        for view in VIEWS
    }
    for spec in specs:
        (lesion,) = spec.lesions
        layers = render_finding(
            lesion,
            views=tuple(f"left_{view}" for view in VIEWS),
            seed=spec.seed,
            mlo_angle_deg=spec.mlo_angle_deg,
        )
        placed = {
            f"left_{view}": place_findings(
                spec,
                "left",
                view,
                background=backgrounds[view],
                anatomy=anatomy.views[view],
                table=table,
                layers=[(lesion, layers[f"left_{view}"])],
            )
            for view in VIEWS
        }
        (finding,) = describe_findings(spec, placed)
        shown = [view.dprime for view in finding.views.values() if view.visible]
        if shown:
            yield competency_of(lesion.kind), float(np.log(combine_dprimes(shown)))


def fit(values: dict[str, list[float]], *, women: int, weights_sha256: str) -> dict[str, object]:
    """Mean and standard deviation of ln d' by competency, with what they were fitted on."""
    return {
        "fitted_on": f"actionable lesions drawn into {women} women by scripts/fit_cold_start.py",
        "weights_sha256": weights_sha256,
        "ln_dprime": {
            competency: {
                "mean": round(float(np.mean(found)), 3),
                "sd": round(float(np.std(found, ddof=1)), 3),
                "n": len(found),
            }
            for competency, found in sorted(values.items())
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--women", type=int, default=12)
    parser.add_argument("--lesions", type=int, default=6, help="of each kind, in each woman")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--weights", type=Path, default=DEFAULT_WEIGHTS)
    parser.add_argument("--device", default="cpu", choices=("cpu", "cuda"))
    options = parser.parse_args()
    values: dict[str, list[float]] = {}
    for number in range(options.women):
        rng = np.random.default_rng(np.random.SeedSequence(options.seed, spawn_key=(number,)))
        specs = list(draw_variants(rng, options.lesions))
        for competency, value in measure_variants(
            specs, weights=options.weights, device=options.device
        ):
            values.setdefault(competency, []).append(value)
        sys.stdout.write(f"woman {number + 1} of {options.women}\n")
        sys.stdout.flush()
    sha256 = load_generator(options.weights, options.device).sha256
    fitted = fit(values, women=options.women, weights_sha256=sha256)
    TARGET.write_text(json.dumps(fitted, indent=2) + "\n")
    sys.stdout.write(json.dumps(fitted, indent=2) + "\n")


if __name__ == "__main__":
    main()
