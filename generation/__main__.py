"""`python -m generation <command>`: exit 0, 2 on bad arguments, 1 on failure with one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword

COMMANDS = (
    "sample",
    "findings",
    "atlas",
    "pack",
    "train",
    "evaluate",
    "audit",
    "export",
    "import",
    "card",
)

EXAMPLE = """example:
  python -m generation sample --count 4 --seed 7 --out build/cases"""


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with these subcommands."""
    parser = argparse.ArgumentParser(
        prog="python -m generation",
        description="Synthetic mammograms with exact truth. Not for diagnosis.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in names:
        module = f"{name}_" if iskeyword(name) else name
        import_module(f"generation.commands.{module}").add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    # The others stay unread: a machine that trains has not all of what they import.
    names = given[:1] if given[:1] and given[0] in COMMANDS else COMMANDS
    args = build_parser(names).parse_args(given)
    try:
        code = int(args.run(args))
        # Here and not at exit, where a reader that left would be a traceback.
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Such as `| head`: whoever read has seen enough. What is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except Exception as error:
        # One line for a person: what failed, without the traceback.
        said = " ".join(str(error).split()) or type(error).__name__
        print(f"generation {args.command}: {said}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
