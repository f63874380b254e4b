"""`python -m generation export`: a trained generator as one file for other sites."""

from __future__ import annotations

import argparse
from pathlib import Path

from generation.commands.arguments import existing_file, generator_name
from generation.packages.registry import SHIPPED_WEIGHTS

EXAMPLE = """example:
  python -m generation export --out build/parenchyma.zip
  python -m generation export --weights build/run/generator.safetensors --out build/county.zip \\
      --name county --card build/run/card.md --licence "CC BY 4.0" \\
      --attribution "Mammograms of County Hospital, 2019-2024, used with its board's leave"

The file is a plain zip: weights (safetensors), their JSON, model card, reports, and a manifest with
the SHA-256 of each. Publish the SHA-256 that is printed: `import --sha256` compares it."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "export",
        help="pack a trained generator with its card into one file",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="package to write")
    parser.add_argument(
        "--weights",
        type=existing_file,
        default=SHIPPED_WEIGHTS,
        metavar="FILE",
        help="safetensors file, what belongs to it beside it (default: the shipped one)",
    )
    parser.add_argument("--name", type=generator_name, help="what it is called where it arrives")
    parser.add_argument(
        "--card", type=existing_file, metavar="FILE", help="model card, if not beside the weights"
    )
    parser.add_argument(
        "--licence", metavar="WORDS", help="under which it may be passed on, if not known"
    )
    parser.add_argument(
        "--attribution",
        action="append",
        default=[],
        metavar="SENTENCE",
        help="whose images it learnt from, if not known; may be given again",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the package and tell its hash."""
    from generation.packages.exporting import export_generator
    from generation.packages.manifest import hash_bytes

    manifest = export_generator(
        args.weights,
        args.out,
        name=args.name,
        card=args.card,
        licence=args.licence,
        attribution=args.attribution,
    )
    data = args.out.read_bytes()
    print(f"wrote {args.out}: “{manifest.name}”, {len(data) / 2**20:.1f} MiB")
    for member in manifest.members:
        print(f"  {member}")
    print(f"SHA-256 {hash_bytes(data)}")
    return 0
