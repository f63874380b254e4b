"""Which code made a case: the package's version, and a hash that changes with every line of it."""

import hashlib
from functools import cache
from pathlib import Path

from generation import __version__

SOURCES = Path(__file__).parent
DIGITS = 12


@cache
def read_code_version() -> str:
    """For example "0.2.0+3f9a0c51d2e7"; read once per process, in a few milliseconds.

    Two commits between releases have one version but may draw different pixels from one spec:
    the part after the plus tells them apart, see `hash_sources`.
    """
    return f"{__version__}+{hash_sources(SOURCES)}"


def hash_sources(folder: Path) -> str:
    """First digits of the SHA-256 over the paths and contents of all Python files in a folder.

    The paths are relative and sorted, so that the same code has the same hash wherever it lies.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda each: each.relative_to(folder).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:DIGITS]
