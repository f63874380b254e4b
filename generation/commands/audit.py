"""`python -m generation audit`: does the generator repeat images that it learnt from?"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.commands.arguments import positive_number, seed_number

if TYPE_CHECKING:
    from generation.auditing.audit import Findings
    from generation.auditing.plan import Plan

EXAMPLE = """example:
  python -m generation audit --real cdd-cesm-cc --count 8 --out build/audit.json \\
      --page build/audit.html
  (cases that are there already: --samples DIR of `python -m generation sample`)
exit 1 where a limit is missed, or a copy planted by the audit itself is not found"""
DEFAULT_CASES = 8
DEFAULT_PATCHES = 4
DEFAULT_SEED = 1


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "audit",
        help="look for training images in what the generator draws",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--real", type=Path, required=True, metavar="DIR", help="folder of CDD-CESM CC images"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="report to write, JSON"
    )
    parser.add_argument(
        "--count",
        type=positive_number,
        metavar="N",
        help=f"whole cases to audit (default: all of --samples, or {DEFAULT_CASES})",
    )
    parser.add_argument(
        "--samples", type=Path, metavar="DIR", help="take the cases from a folder of `sample`"
    )
    parser.add_argument("--weights", type=Path, help="safetensors file (default: the shipped one)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="page to write, HTML")
    parser.add_argument(
        "--with-real-pictures",
        action="store_true",
        help="show the nearest pairs on the page: for your own eyes, never to be passed on",
    )
    parser.add_argument(
        "--patches",
        type=positive_number,
        default=DEFAULT_PATCHES,
        metavar="N",
        help=f"of 25.6 mm from each image (default: {DEFAULT_PATCHES})",
    )
    parser.add_argument(
        "--seed", type=seed_number, default=DEFAULT_SEED, metavar="S", help="default: 1"
    )
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.set_defaults(run=run, refuse=parser.error)


def run(args: argparse.Namespace) -> int:
    """Audit, write the report and, if asked for, its page; 1 unless everything was kept."""
    for name in ("real", "samples"):
        folder = getattr(args, name)
        if folder is not None and not folder.is_dir():
            args.refuse(f"--{name} {folder} is not a folder")
    if args.with_real_pictures and args.page is None:
        args.refuse("--with-real-pictures shows them on the page: give --page FILE too")
    from generation.auditing.audit import audit
    from generation.auditing.plan import Plan
    from generation.auditing.report import build_report
    from generation.networks.weights import DEFAULT_WEIGHTS
    from generation.output import write_json

    plan = Plan(
        real=args.real,
        weights=args.weights or DEFAULT_WEIGHTS,
        count=args.count or (None if args.samples else DEFAULT_CASES),
        samples=args.samples,
        seed=args.seed,
        device=args.device,
        patches=args.patches,
    )
    for path in (args.out, args.page):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    findings = audit(
        plan,
        lambda doing: print(
            f"{time.perf_counter() - started:6.0f} s  {doing}", file=sys.stderr, flush=True
        ),
    )
    report = build_report(plan, findings)
    write_json(report, args.out)
    if args.page is not None:
        page = _build_page(report, plan, findings, with_real=args.with_real_pictures)
        args.page.write_text(page, encoding="utf-8")
    return _say_outcome(report, [path for path in (args.out, args.page) if path is not None])


def _build_page(report: dict[str, Any], plan: Plan, findings: Findings, *, with_real: bool) -> str:
    from generation.auditing.page import build_page
    from generation.auditing.pictures import cut_pairs

    return build_page(report, cut_pairs(plan, findings) if with_real else [])


def _say_outcome(report: dict[str, Any], written: list[Path]) -> int:
    """One line for each limit, where the report lies, and on failure one line that says so."""
    for bar in report["bars"]:
        outcome = {True: "met", False: "MISSED", None: "not measured"}[bar["met"]]
        value = "" if bar["measured"] is None else f"{bar['measured']:.3g}"
        limit = "" if bar["bar"] is None else f"{bar['bar']:.3g}"
        sign = "at most" if bar["better"] == "lower" else "at least"
        print(f"{outcome:12} {bar['set']:9} {bar['label']}: {value} ({sign} {limit})")
    print(f"wrote {' and '.join(map(str, written))}")
    failed = _name_failure(report)
    if failed is not None:
        print(f"generation audit: {failed}", file=sys.stderr)
    return 0 if failed is None else 1


def _name_failure(report: dict[str, Any]) -> str | None:
    """What went wrong, the audit's own failure first; None if it passed."""
    summary = report["summary"]
    found, planted = summary["control_found"], summary["control_planted"]
    if found < planted or not planted:
        return f"only {found} of {planted} planted copies were found, so the audit proves nothing"
    missed = [bar["id"] for bar in report["bars"] if bar["met"] is False]
    if "smallest_leak" in missed:
        return "a planted leak of a quarter would not be found on the maps drawn: use more images"
    if missed:
        return f"{len(missed)} limits were missed: training images may be repeated"
    if not summary["passed"]:
        return f"not everything could be measured: {'; '.join(report['failures'].values())}"
    return None
