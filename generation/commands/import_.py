"""`python -m generation import`: install a generator that another site passed on."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from generation.commands.arguments import existing_file, generator_name
from generation.packages.registry import (
    find_generator,
    find_generators_folder,
    list_generators,
)

EXAMPLE = """example:
  python -m generation import county.zip --sha256 9f2c...
  python -m generation import county.zip --into var/generators --name county-2

What is damaged, not signed by its hashes, made for other condition maps, too large, pickled or not
of finite numbers is refused, and nothing of it is left. Whoever may order cases can then choose the
generator; GENERATION_WEIGHTS=NAME makes it the site's default."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand."""
    parser = commands.add_parser(
        "import",
        help="check a package and install its generator on this site",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=existing_file, metavar="FILE", help="package to install")
    parser.add_argument(
        "--into",
        type=Path,
        metavar="DIR",
        help="folder of generators (default: GENERATORS_DIR, else `generators` in the site's data)",
    )
    parser.add_argument("--name", type=generator_name, help="what to call it here")
    parser.add_argument("--sha256", type=sha256, help="of the file, as it was published; compared")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="in place of another generator of that name, which is removed",
    )
    parser.set_defaults(run=run)


def sha256(text: str) -> str:
    """64 hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise argparse.ArgumentTypeError("must be 64 hexadecimal digits")
    return text.lower()


def run(args: argparse.Namespace) -> int:
    """Install, or say why not."""
    from generation.packages.installing import install_package
    from generation.packages.members import PackageError

    into = args.into or find_generators_folder()
    try:
        done = install_package(
            args.file, into, name=args.name, sha256=args.sha256, replace=args.replace
        )
    except PackageError as error:
        raise PackageError(f"{args.file.name} is refused. {error}") from error
    what = "installed" if done.new else "was installed already:"
    print(f"{what} “{done.generator.name}” in {done.generator.weights.parent}")
    if done.replaced:
        print("the generator of that name that was here before is removed")
    print(f"SHA-256 of its weights {done.generator.sha256}")
    offered = find_generator(done.generator.sha256, list_generators(into))
    if offered.name != done.generator.name:
        print(f"the site offers these weights once, as “{offered.name}”")
    return 0
