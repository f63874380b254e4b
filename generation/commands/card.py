"""`python -m generation card`: the model card as a Markdown page."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from generation.cards import read_card
from generation.cards.files import PICTURES
from generation.cards.markdown import write_markdown
from generation.packages.registry import SHIPPED_WEIGHTS

EXAMPLE = """example:
  python -m generation card
  python -m generation card --check                    (exit 1 where the page is out of date)
  python -m generation card --weights my/generator.safetensors --out build/card.md"""
PAGE = Path("docs/model-card.md")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "card",
        help="write the model card from the reports beside the weights",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--weights", type=Path, default=SHIPPED_WEIGHTS, help="default: the shipped ones"
    )
    parser.add_argument("--out", type=Path, default=PAGE, help=f"page to write (default: {PAGE})")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the page is out of date"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the page, or say whether it is as it would be written."""
    page = draw_page(args.weights, args.out)
    if not args.check:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        args.out.write_text(page, encoding="utf-8")
        print(f"wrote {args.out}")
        return 0
    if not args.out.is_file() or args.out.read_text(encoding="utf-8") != page:
        raise ValueError(f"{args.out} is out of date: run python -m generation card")
    print(f"{args.out} is up to date")
    return 0


def draw_page(weights: Path, out: Path) -> str:
    """The page that belongs at `out`, from where it finds the pictures beside the weights."""
    folder = os.path.relpath((weights.parent / PICTURES).resolve(), out.parent.resolve())
    return write_markdown(read_card(weights), pictures=Path(folder).as_posix())
