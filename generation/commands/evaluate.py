"""`python -m generation evaluate`: measure drawn against real images, as JSON and as a page."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from generation.commands.arguments import positive_number, seed_number

EXAMPLE = """example:
  python -m generation evaluate --real cdd-cesm-cc --count 30 --out build/report.json \\
      --page build/report.html
  (cases that are there already: --samples DIR of `python -m generation sample`)
  (the network alone, in minutes: --sets network --skip two_sample)"""
SETS = ("network", "cases_cc", "cases_mlo")
MEASURES = (
    "spectrum",
    "moments",
    "histogram",
    "orientation",
    "periodicity",
    "skin",
    "radiomics",
    "kernel",
    "coverage",
    "two_sample",
)
DEFAULT_SEED = 1
DEFAULT_PATCHES = 16


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "evaluate",
        help="measure drawn images against real ones that training never saw",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--real", type=Path, required=True, metavar="DIR", help="folder of CDD-CESM CC images"
    )
    parser.add_argument(
        "--count", type=positive_number, required=True, metavar="N", help="whole cases to measure"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="report to write, JSON"
    )
    parser.add_argument(
        "--seed", type=seed_number, default=DEFAULT_SEED, metavar="S", help="default: 1"
    )
    parser.add_argument("--weights", type=Path, help="safetensors file (default: the shipped one)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="page to write, HTML")
    parser.add_argument(
        "--with-real-pictures",
        action="store_true",
        help="show real crops on the page too: for your own eyes, never to be passed on",
    )
    parser.add_argument(
        "--samples", type=Path, metavar="DIR", help="take the cases from a folder of `sample`"
    )
    parser.add_argument(
        "--patches",
        type=positive_number,
        default=DEFAULT_PATCHES,
        metavar="N",
        help=f"of 256 px from each image (default: {DEFAULT_PATCHES})",
    )
    parser.add_argument(
        "--sets", nargs="+", choices=SETS, default=SETS, metavar="SET", help=", ".join(SETS)
    )
    parser.add_argument(
        "--skip",
        nargs="+",
        choices=MEASURES,
        default=(),
        metavar="MEASURE",
        help="leave out: " + ", ".join(MEASURES),
    )
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.set_defaults(run=run, refuse=parser.error)


def run(args: argparse.Namespace) -> int:
    """Measure, write the report and, if asked for, its page."""
    for name in ("real", "samples"):
        folder = getattr(args, name)
        if folder is not None and not folder.is_dir():
            args.refuse(f"--{name} {folder} is not a folder")
    if args.with_real_pictures and args.page is None:
        args.refuse("--with-real-pictures shows them on the page: give --page FILE too")
    from generation.evaluation.collection import Plan
    from generation.evaluation.page import build_page
    from generation.evaluation.report import evaluate
    from generation.networks.weights import DEFAULT_WEIGHTS
    from generation.output import write_json

    plan = Plan(
        real=args.real,
        count=args.count,
        seed=args.seed,
        weights=args.weights or DEFAULT_WEIGHTS,
        samples=args.samples,
        device=args.device,
        patches=args.patches,
        sets=tuple(args.sets),
        skip=tuple(args.skip),
    )
    for path in (args.out, args.page):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    done = evaluate(
        plan,
        lambda doing: print(
            f"{time.perf_counter() - started:6.0f} s  {doing}", file=sys.stderr, flush=True
        ),
    )
    write_json(done.report, args.out)
    if args.page is not None:
        pictures = done.material.sets.values()
        page = build_page(done.report, list(pictures), with_real=args.with_real_pictures)
        args.page.write_text(page, encoding="utf-8")
    print(_say_outcome(args, done.report))
    return 0


def _say_outcome(args: argparse.Namespace, report: dict[str, object]) -> str:
    """One line for each bar, then where the report lies."""
    lines = []
    for bar in report["bars"]:  # type: ignore[attr-defined]
        outcome = {True: "met", False: "MISSED", None: "not measured"}[bar["met"]]
        value = "" if bar["measured"] is None else f"{bar['measured']:.3g}"
        limit = f"{'at most' if bar['better'] == 'lower' else 'at least'} {bar['bar']:g}"
        lines.append(f"{outcome:12} {bar['set']:10} {bar['label']}: {value} ({limit})")
    lines += [f"failed       {name}: {said}" for name, said in report["failures"].items()]  # type: ignore[attr-defined]
    written = [str(path) for path in (args.out, args.page) if path is not None]
    return "\n".join([*lines, f"wrote {' and '.join(written)}"])
