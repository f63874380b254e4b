"""`python -m generation sample`: draw cases and write them as files."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from generation.lesions import REGISTRY
from generation.output import case_directory, write_case
from generation.plausibility import MAX_SEED
from generation.seeds import generator
from generation.spec import CaseSpec
from generation.vocabulary import DENSITIES, term_keys

EXAMPLE = """example:
  python -m generation sample --count 4 --seed 7 --out build/cases --density C --json"""


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {value}")
    return value


def _seed(text: str) -> int:
    value = int(text)
    if not 0 <= value <= MAX_SEED:
        raise argparse.ArgumentTypeError(f"must be between 0 and {MAX_SEED}")
    return value


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "sample",
        help="make cases: four views, masks, truth and provenance each",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=_positive, required=True, metavar="N", help="cases")
    parser.add_argument("--seed", type=_seed, required=True, metavar="S", help="of the sample")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to fill")
    parser.add_argument("--density", choices=term_keys(DENSITIES), help="default: as in screening")
    parser.add_argument(
        "--findings",
        choices=("none", *REGISTRY),
        help="default: an enriched mix of findings and normals",
    )
    parser.add_argument("--weights", type=Path, help="safetensors file (default: the shipped one)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument(
        "--json", action="store_true", help="one JSON line a case with seconds by stage"
    )
    parser.set_defaults(run=run)


def draw_spec(seed: int, number: int, wishes: dict[str, Any]) -> CaseSpec:
    """Spec of the sample's case with this number (from 1), whatever the count."""
    return CaseSpec.draw(generator(seed, "spec", index=number), **wishes)


def run(args: argparse.Namespace) -> int:
    """Draw, synthesise and write `args.count` cases."""
    from generation.synthesis import synthesise

    wishes = {
        name: value
        for name, value in (("density", args.density), ("findings", args.findings))
        if value is not None
    }
    args.out.mkdir(parents=True, exist_ok=True)
    for number in range(1, args.count + 1):
        started = time.perf_counter()
        spec = draw_spec(args.seed, number, wishes)
        case = synthesise(spec, weights=args.weights, device=args.device)
        directory = case_directory(args.out, number)
        before_write = time.perf_counter()
        write_case(case, directory)
        ended = time.perf_counter()
        seconds = {**case.seconds, "write": ended - before_write, "total": ended - started}
        print(_line(args.json, directory, spec, seconds), flush=True)
    return 0


def _line(as_json: bool, directory: Path, spec: CaseSpec, seconds: dict[str, float]) -> str:
    if as_json:
        return json.dumps(
            {
                "case": directory.name,
                "path": str(directory),
                "seed": spec.seed,
                "density": spec.density,
                "findings": [lesion.kind for lesion in spec.lesions],
                "seconds": {name: round(value, 3) for name, value in seconds.items()},
            }
        )
    found = ", ".join(lesion.kind for lesion in spec.lesions) or "no finding"
    return f"{directory}: density {spec.density}, {found}, {seconds['total']:.1f} s"
