"""`python -m generation pack`: real images as shards, to train from with little installed."""

from __future__ import annotations

import argparse
import csv
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from generation.commands.arguments import positive_number

if TYPE_CHECKING:
    from generation.training.layouts.layout import Layout, Skipped

EXAMPLE = """example:
  python -m generation pack --data cdd-cesm-cc --out build/pack
  python -m generation pack --data site-images --out build/pack --crops 200 --limit-mib 32
  (layouts and the columns of labels.csv: docs/training-data.md)"""
MOST_SHARD_MIB = 16
NAMED = 5


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "pack",
        help="pack real images into shards to train from",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="real images")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to fill")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--crops",
        type=positive_number,
        metavar="N",
        help="pack N parts of images (default: whole images if they fit, else all that fit)",
    )
    how.add_argument("--whole", action="store_true", help="pack whole images or fail")
    parser.add_argument(
        "--tile-px",
        type=positive_number,
        default=256,
        metavar="PX",
        help="edge of a part in pixels of 0.2 mm, no less than a training crop (default: 256)",
    )
    parser.add_argument(
        "--shard-mib",
        type=shard_size,
        default=MOST_SHARD_MIB,
        metavar="MIB",
        help="largest size of a shard (default: 16)",
    )
    parser.add_argument(
        "--limit-mib",
        type=positive_number,
        default=64,
        metavar="MIB",
        help="largest size of all of it (default: 64)",
    )
    parser.add_argument(
        "--skipped", type=Path, metavar="FILE", help="CSV of every image left out, with the reason"
    )
    parser.set_defaults(run=run)


def shard_size(text: str) -> int:
    """Size of a shard in MiB."""
    value = positive_number(text)
    if value > MOST_SHARD_MIB:
        raise argparse.ArgumentTypeError(f"must be at most {MOST_SHARD_MIB}, not {value}")
    return value


def run(args: argparse.Namespace) -> int:
    """Recognise, pack, and say what was left out."""
    from generation.training.layouts import recognise
    from generation.training.pack import PackPlan, pack_images

    started = time.monotonic()
    layout = recognise(args.data)
    print(_introduce(layout), flush=True)
    plan = PackPlan(
        crops=args.crops,
        whole=args.whole,
        tile_px=args.tile_px,
        shard_bytes=args.shard_mib * 2**20,
        limit_bytes=args.limit_mib * 2**20,
    )
    index, skipped = pack_images(
        layout, args.out, plan, report=lambda line: print(line, flush=True)
    )
    for line in _list_skipped(skipped):
        print(line)
    if args.skipped:
        _write_skipped(skipped, args.skipped)
    size = sum(shard["bytes"] for shard in index["shards"])
    items = sum(len(shard["items"]) for shard in index["shards"])
    what = "whole images" if index["mode"] == "whole" else "crops"
    print(
        f"wrote {args.out}: {items} {what} of {index['images']['used']} images, "
        f"{len(index['shards'])} shards, {size / 2**20:.1f} MiB, "
        f"{time.monotonic() - started:.0f} s"
    )
    return 0


def _introduce(layout: Layout) -> str:
    train, held_out = len(layout.part("train")), len(layout.part("held_out"))
    parts = f"{train} images to train on, {held_out} held out"
    lines = [
        f"layout {layout.name}: {'not to train on' if layout.refused else parts}",
        f"licence: {layout.licence}",
        *(f"note: {note}" for note in layout.notes),
    ]
    return "\n".join(lines)


def _list_skipped(skipped: list[Skipped]) -> list[str]:
    files = defaultdict(list)
    for each in skipped:
        files[each.reason].append(each.file)
    lines = []
    for reason, names in files.items():
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        lines.append(f"left out, {reason}: {', '.join(names[:NAMED])}{more}")
    return lines


def _write_skipped(skipped: list[Skipped], path: Path) -> None:
    with path.open("w", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["file", "reason"])
        table.writerows((each.file, each.reason) for each in skipped)
