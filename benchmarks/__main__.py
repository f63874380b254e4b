"""`make bench`: every module here that has `measure()` is run; a table and build/bench.json.

`python -m benchmarks generation frames` runs those alone.
"""

import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measurement import Measurement

MODULES = (
    "generation",
    "network",
    "texture",
    "frames",
    "sandbox",
    "selection",
    "start",
    "browser",
    "statistics",
)
REPORT = Path("build/bench.json")


def collect(names: list[str]) -> dict[str, list[Measurement]]:
    found = {}
    for name in names:
        print(f"Measuring {name} ...", file=sys.stderr, flush=True)
        found[name] = importlib.import_module(f"benchmarks.{name}").measure()
    return found


def print_table(found: dict[str, list[Measurement]]) -> None:
    width = max(len(one.name) for group in found.values() for one in group)
    print(f"{'':{width}}  {'value':>12}  {'unit':<8} {'at most':>10}")
    for group, measurements in found.items():
        print(f"-- {group}")
        for one in measurements:
            target = "" if one.target is None else f"{one.target:>10,.4g}"
            verdict = {None: "", True: "  ok", False: "  MISSED"}[one.met]
            print(f"{one.name:{width}}  {one.value:>12,.3f}  {one.unit:<8} {target:>10}{verdict}")


def write_report(found: dict[str, list[Measurement]]) -> None:
    REPORT.parent.mkdir(exist_ok=True)
    report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cpus": os.cpu_count(), "python": platform.python_version()},
        "measurements": [
            {"group": group, "name": one.name, "value": one.value, "unit": one.unit}
            | {"target": one.target, "met": one.met}
            for group, measurements in found.items()
            for one in measurements
        ],
    }
    REPORT.write_text(json.dumps(report, indent=2) + "\n")


def main(arguments: list[str]) -> int:
    unknown = set(arguments) - set(MODULES)
    if unknown:
        print(
            f"unknown: {', '.join(sorted(unknown))}; one of {', '.join(MODULES)}", file=sys.stderr
        )
        return 2
    found = collect(arguments or list(MODULES))
    print_table(found)
    write_report(found)
    print(f"Written: {REPORT}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
