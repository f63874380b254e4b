"""Make the reference form's cases once, and fit from their detectability what is asked of readers.

    python scripts/fit_reference_form.py --work build/reference-form

Writes trainer/measure/reference_form.json: the difficulty that each item of both forms starts
from, and tau of each competency, the ability that is right on 80 % of the form's items (85 % of
those on normal tissue). One file a case is kept in the work folder, so that an interrupted run
goes on. Run it again whenever weights, lesions or the cold start change.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generation.spec import CaseSpec  # noqa: E402
from generation.synthesis import synthesise  # noqa: E402
from generation.vocabulary import FINDING_KINDS  # noqa: E402
from trainer.measure.ability import Difficulty  # noqa: E402
from trainer.measure.items import AskedFinding, list_cold_items  # noqa: E402
from trainer.measure.targets import fit_targets  # noqa: E402

RECIPES = ROOT / "trainer" / "learning" / "reference_form.json"
REFERENCE = ROOT / "trainer" / "measure" / "reference_form.json"


def measure_case(recipe: dict[str, Any]) -> dict[str, Any]:
    """What the items of one case start from: made as the generator makes it."""
    made = synthesise(CaseSpec.from_json(recipe))
    return {
        "weights_sha256": made.provenance["weights_sha256"],
        "density": max(made.truth["density"].values()),
        "density_fraction": made.truth["density_fraction"],
        "likeness": made.truth["lesion_likeness"]["value"],
        "findings": [
            {
                "reads_as": found.reads_as,
                "actionable": found.actionable,
                "described": bool(FINDING_KINDS[found.reads_as].descriptors)
                if found.reads_as
                else False,
                "dprimes": [
                    (None if view.dprime is None else float(view.dprime)) if view.visible else 0.0
                    for view in found.views.values()
                ],
                "visible": any(view.visible for view in found.views.values()),
            }
            for found in made.findings
        ],
    }


def list_form_items(case: dict[str, Any]) -> list[tuple[str, Difficulty]]:
    """(competency, difficulty) of each item of a measured case."""
    findings = [
        AskedFinding(
            name=str(number),
            reads_as=found["reads_as"] or "",
            actionable=found["actionable"],
            described=found["described"],
            dprimes=tuple(found["dprimes"]),
            visible=found["visible"],
        )
        for number, found in enumerate(case["findings"])
    ]
    items = list_cold_items(
        findings,
        density=case["density"],
        likeness=case["likeness"],
        density_fraction=max(case["density_fraction"].values()),
    )
    return [(item.competency, item.difficulty) for item in items]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "reference-form")
    work: Path = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    forms: dict[str, list[dict[str, Any]]] = {}
    for name, recipes in json.loads(RECIPES.read_text())["forms"].items():
        for number, recipe in enumerate(recipes):
            kept = work / f"{name}-{number:02d}.json"
            if not kept.exists():
                kept.write_text(json.dumps(measure_case(recipe)))
                sys.stderr.write(f"{kept.name}\n")
            forms.setdefault(name, []).append(json.loads(kept.read_text()))
    items = {name: [list_form_items(case) for case in cases] for name, cases in forms.items()}
    everything = [item for cases in items.values() for case in cases for item in case]
    report = {
        "fitted_on": f"{sum(map(len, forms.values()))} cases by scripts/fit_reference_form.py",
        "weights_sha256": sorted({c["weights_sha256"] for cases in forms.values() for c in cases}),
        "targets": {k: round(v, 3) for k, v in fit_targets(everything).items()},
        "difficulties": {
            name: [
                [[competency, round(d.mean, 3), round(d.variance, 3)] for competency, d in case]
                for case in cases
            ]
            for name, cases in items.items()
        },
    }
    # A line a case: a difference between two fits can be read.
    text = json.dumps(report).replace("[[[", "[\n[[").replace("]], [[", "]],\n[[")
    REFERENCE.write_text(text.replace("]]]", "]]\n]") + "\n")


if __name__ == "__main__":
    main()
