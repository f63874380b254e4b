"""`python -m generation findings`: every kind of finding with its words and sizes."""

from __future__ import annotations

import argparse
import json

from generation.lesions import REGISTRY
from generation.lesions.finding import Finding

EXAMPLE = """example:
  python -m generation findings
  python -m generation findings --json | python -m json.tool"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "findings",
        help="list every kind of finding with its descriptors and sizes",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the registry."""
    if args.json:
        print(json.dumps({"findings": [finding.to_json() for finding in REGISTRY.values()]}))
    else:
        print("\n".join(_describe_groups()))
    return 0


def kinds_by_group() -> dict[str, list[Finding]]:
    """Every kind of the registry under its group, groups in the order of their first kind."""
    groups: dict[str, list[Finding]] = {}
    for finding in REGISTRY.values():
        groups.setdefault(finding.group, []).append(finding)
    return groups


def _describe_groups() -> list[str]:
    lines: list[str] = []
    for group, findings in kinds_by_group().items():
        lines.append(group.replace("_", " ").upper())
        for finding in findings:
            lines += _describe_kind(finding)
        lines.append("")
    return lines[:-1]


def _describe_kind(finding: Finding) -> list[str]:
    low, high = finding.size_mm
    lines = [
        f"  {finding.key}: {finding.label}",
        f"    reads as: {finding.reads_as or 'nothing to mark'}; lies in: {finding.region}",
        f"    size: {low:g}-{high:g} mm, {finding.size_means}",
    ]
    for descriptor in finding.descriptors:
        lines.append(f"    {descriptor.key}: {', '.join(finding.values_of(descriptor.key))}")
    return lines
