"""`python -m generation sample`: draw cases and write them as files."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generation.lesions import REGISTRY
from generation.output import case_directory, write_case
from generation.plausibility import MAX_SEED, RANGES
from generation.seeds import generator
from generation.spec import CaseSpec, SpecError
from generation.transformations import density_ladder
from generation.vocabulary import DENSITIES, term_keys

EXAMPLE = """example:
  python -m generation sample --count 4 --seed 7 --out build/cases --density C --json
  python -m generation sample --count 1 --seed 7 --out build/mass --finding mass --prior
  python -m generation sample --count 1 --seed 7 --out build/ladder --ladder density"""
TIERS = range(1, 6)


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


def _dose(text: str) -> float:
    value = float(text)
    low, high = RANGES["dose"]
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"must be between {low} and {high}")
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
        "--finding",
        "--findings",
        dest="finding",
        choices=("none", *REGISTRY),
        metavar="KIND",
        help="a kind of `python -m generation findings`, or none; default: an enriched mix",
    )
    parser.add_argument("--tier", type=int, choices=TIERS, help="how demanding, 1 the easiest")
    parser.add_argument(
        "--prior", action="store_true", help="with the exam before, in files prior-*.png"
    )
    parser.add_argument(
        "--ladder",
        choices=("density",),
        help="each case in every density, the same findings in it: case-0001/density-A and so on",
    )
    parser.add_argument(
        "--dose", type=_dose, default=1.0, metavar="SHARE", help="of the usual dose (default: 1)"
    )
    parser.add_argument("--weights", type=Path, help="safetensors file (default: the shipped one)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument(
        "--json", action="store_true", help="one JSON line a case with seconds by stage"
    )
    parser.set_defaults(run=run, refuse=parser.error)


def draw_spec(seed: int, number: int, wishes: dict[str, Any]) -> CaseSpec:
    """Spec of the sample's case with this number (from 1), whatever the count."""
    return CaseSpec.draw(generator(seed, "spec", index=number), **wishes)


def run(args: argparse.Namespace) -> int:
    """Draw, synthesise and write `args.count` cases; wishes that cannot be met exit 2."""
    if args.ladder and args.density:
        args.refuse("--ladder density makes every density: leave --density out")
    try:
        plans = [plan for number in range(1, args.count + 1) for plan in _plan_case(args, number)]
    except SpecError as error:
        args.refuse(str(error))
    args.out.mkdir(parents=True, exist_ok=True)
    for directory, spec in plans:
        _make_case(args, directory, spec)
    return 0


def _plan_case(args: argparse.Namespace, number: int) -> Iterator[tuple[Path, CaseSpec]]:
    """Folder and spec of one case; of all its variants where a ladder is asked for."""
    asked = {"density": args.density, "findings": args.finding, "tier": args.tier}
    wishes: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    wishes |= {"dose": args.dose} | ({"prior": True} if args.prior else {})
    spec = draw_spec(args.seed, number, wishes)
    directory = case_directory(args.out, number)
    if args.ladder is None:
        yield directory, spec
        return
    for step in density_ladder(spec):
        yield directory / f"density-{step.density}", step


def _make_case(args: argparse.Namespace, directory: Path, spec: CaseSpec) -> None:
    from generation.synthesis import synthesise

    started = time.perf_counter()
    case = synthesise(spec, weights=args.weights, device=args.device)
    before_write = time.perf_counter()
    write_case(case, directory)
    ended = time.perf_counter()
    seconds = {**case.seconds, "write": ended - before_write, "total": ended - started}
    name = str(directory.relative_to(args.out))
    print(_line(args.json, name, directory, spec, seconds), flush=True)


def _line(
    as_json: bool, name: str, directory: Path, spec: CaseSpec, seconds: dict[str, float]
) -> str:
    if as_json:
        return json.dumps(
            {
                "case": name,
                "path": str(directory),
                "seed": spec.seed,
                "density": spec.density,
                "findings": [lesion.kind for lesion in spec.lesions],
                "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
            }
        )
    found = ", ".join(lesion.kind for lesion in spec.lesions) or "no finding"
    return f"{directory}: density {spec.density}, {found}, {seconds['total']:.1f} s"
