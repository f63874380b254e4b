"""`python -m generation sample`: draw cases and write them as files."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.commands.arguments import dose_share, positive_number, seed_number
from generation.lesions import REGISTRY
from generation.output import case_directory, write_case
from generation.seeds import generator
from generation.spec import CaseSpec, SpecError
from generation.transformations import density_ladder
from generation.vocabulary import DENSITIES, LOOKS, term_keys

if TYPE_CHECKING:
    from generation.synthesis import SynthesisedCase

EXAMPLE = """example:
  python -m generation sample --count 4 --seed 7 --out build/cases --density C --json
  python -m generation sample --count 1 --seed 7 --out build/mass --finding mass --prior
  python -m generation sample --count 1 --seed 7 --out build/ladder --ladder density"""
TIERS = range(1, 6)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "sample",
        help="make cases: four views, masks, truth and provenance each",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=positive_number, required=True, metavar="N", help="cases")
    parser.add_argument(
        "--seed", type=seed_number, required=True, metavar="S", help="of the sample"
    )
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
        "--look", choices=term_keys(LOOKS), help="presentation (default: mostly standard)"
    )
    parser.add_argument(
        "--ladder",
        choices=("density",),
        help="each case in every density, the same findings in it: case-0001/density-A and so on",
    )
    parser.add_argument(
        "--dose",
        type=dose_share,
        default=1.0,
        metavar="SHARE",
        help="of the usual dose (default: 1)",
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
    if args.ladder and args.tier:
        args.refuse("a ladder keeps the findings, a tier changes them: leave one out")
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
    asked = {
        "density": args.density,
        "findings": args.finding,
        "tier": args.tier,
        "look": args.look,
    }
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
    print(_line(args.json, name, directory, case, seconds), flush=True)


def _line(
    as_json: bool, name: str, directory: Path, case: SynthesisedCase, seconds: dict[str, float]
) -> str:
    """What was made: a tier asked for may have changed the seed."""
    kinds = [finding["kind"] for finding in case.truth["findings"]]
    density, tier = case.provenance["spec"]["density"], case.truth["tier"]
    if as_json:
        return json.dumps(
            {
                "case": name,
                "path": str(directory),
                "seed": case.provenance["seed"],
                "density": density,
                "tier": tier,
                "findings": kinds,
                "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
            }
        )
    found = ", ".join(kinds) or "no finding"
    return f"{directory}: density {density}, tier {tier}, {found}, {seconds['total']:.1f} s"
