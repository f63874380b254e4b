"""`python -m generation train`: train the generator on real images, or go on where it stopped."""

from __future__ import annotations

import argparse
import math
import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generation.training.config import TrainingConfig

EXAMPLE = """examples:
  python -m generation train --data cdd-cesm-cc --out build/run --minutes 60
  python -m generation train --data shards --out build/run --minutes 9 --resume --device cuda
  python -m generation train --dry-run
DATA is a folder of images, or of shards that `pack` wrote."""
CANVAS = (1152, 896)  # map pixels


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "train",
        help="train the generator",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, help="settings, TOML (default: the shipped ones)")
    parser.add_argument("--data", type=Path, help="folder of real images or of packed shards")
    parser.add_argument("--out", type=Path, help="checkpoint, sheets of samples and weights")
    parser.add_argument("--minutes", type=float, help="wall-clock limit")
    parser.add_argument("--steps", type=int, help="last step (default: no limit)")
    parser.add_argument("--resume", action="store_true", help="go on from OUT's checkpoint")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--dry-run", action="store_true", help="print the cost and end")
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """Train, then write `OUT/generator.safetensors` (the averaged weights) and its JSON."""
    from generation.networks.weights import save_weights
    from generation.training.config import DEFAULT_CONFIG, ConfigError, read_config
    from generation.training.loop import train
    from generation.training.source import load_training_data

    try:
        config = read_config(args.config or DEFAULT_CONFIG)
    except ConfigError as error:
        args.usage_error(str(error))
    if args.dry_run:
        print(describe_cost(config))
        return 0
    _check_arguments(args)
    device = choose_device(args.device)
    print(f"training on {device}; preparing the data", flush=True)
    data = load_training_data(args.data, cache=args.out / "pairs")
    for note in data.record.get("notes", ()):
        print(f"note: {note}", flush=True)
    result = train(
        config,
        data.pairs,
        args.out,
        minutes=args.minutes,
        steps=args.steps,
        device=device,
        report=lambda line: print(line, flush=True),
    )
    record = {**result.record, "data": data.record, "hardware": describe_hardware(device)}
    save_weights(result.average, args.out / "generator.safetensors", record=record)
    print(f"wrote {args.out / 'generator.safetensors'}")
    return 0


def _check_arguments(args: argparse.Namespace) -> None:
    """What a run needs, and that it neither starts over by mistake nor resumes nothing."""
    missing = [f"--{name}" for name in ("data", "out", "minutes") if getattr(args, name) is None]
    if missing:
        args.usage_error(f"a run needs {', '.join(missing)}")
    if not 0 < args.minutes < math.inf or (args.steps is not None and args.steps < 1):
        args.usage_error("--minutes and --steps must be positive")
    has_checkpoint = (args.out / "checkpoint" / "state.json").is_file()
    if args.resume and not has_checkpoint:
        args.usage_error(f"nothing to resume: {args.out} holds no checkpoint")
    if has_checkpoint and not args.resume:
        args.usage_error(f"{args.out} holds a run; go on with --resume or name another folder")


def choose_device(asked: str) -> str:
    """A device's name; "auto" is a GPU where there is one.

    Raises:
        ValueError: if the device asked for is not there.
    """
    import torch

    has_gpu = torch.cuda.is_available()
    if asked == "cuda" and not has_gpu:
        raise ValueError("no GPU is available: use --device cpu")
    return "cuda" if has_gpu and asked != "cpu" else "cpu"


def describe_hardware(device: str) -> dict[str, Any]:
    """What a training record keeps of the machine."""
    import torch

    name = torch.cuda.get_device_name() if device == "cuda" else platform.machine()
    return {"device": device, "name": name, "threads": torch.get_num_threads()}


def describe_cost(config: TrainingConfig) -> str:
    """Parameters, multiply-adds and memory of the settings' network, one line each."""
    from generation.networks.cost import count_cost
    from generation.networks.generator import Generator

    shape = config.generator

    def cost_of(batch: int, rows: int, columns: int) -> Any:
        return count_cost(lambda: Generator(shape), (batch, shape.channels, rows, columns))

    canvas = cost_of(1, *CANVAS)
    crop = cost_of(config.batch, config.crop_px, config.crop_px)
    return "\n".join(
        [
            f"parameters          {canvas.parameters:,} ({canvas.weights_mib:.1f} MiB)",
            f"one full view       {canvas.gmac:.1f} GMAC for {2 * CANVAS[1]} x {2 * CANVAS[0]} px",
            f"one training batch  {crop.gmac:.1f} GMAC forward, {config.batch} crops",
            f"                    {crop.training_mib:.0f} MiB kept for the way back (float32)",
        ]
    )
