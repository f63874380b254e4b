"""`python -m generation train`: train the generator on real images, or go on where it stopped."""

from __future__ import annotations

import argparse
import platform
from pathlib import Path

EXAMPLE = """example:
  python -m generation train --data cdd-cesm-cc --out build/run --minutes 60
  (again with the same --out: goes on from the checkpoint)"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "train",
        help="train the generator",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of CDD-CESM CC images")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint, pairs and weights")
    parser.add_argument("--minutes", type=float, required=True, help="wall-clock limit")
    parser.add_argument("--steps", type=int, help="last step (default: no limit)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train, then write `OUT/generator.safetensors` (the averaged weights) and its JSON."""
    from generation.networks.weights import save_weights
    from generation.training.images import list_images
    from generation.training.loop import TrainingConfig, train
    from generation.training.pairs import load_pairs

    if not (args.data / "labels.csv").is_file():
        raise FileNotFoundError(f"{args.data} holds no labels.csv: not the CDD-CESM folder")
    print("preparing condition maps", flush=True)
    pairs = load_pairs(list_images(args.data, "train"), args.out / "pairs")
    result = train(
        TrainingConfig(),
        pairs,
        args.out,
        minutes=args.minutes,
        steps=args.steps,
        device=args.device,
        report=lambda line: print(line, flush=True),
    )
    record = {**result.record, "device": args.device, "machine": platform.machine()}
    save_weights(result.average, args.out / "generator.safetensors", record=record)
    print(f"wrote {args.out / 'generator.safetensors'}")
    return 0
