"""The file of a package: a zip of few known members, stored without compression.

Stored, because weights do not compress, and because then a member cannot grow when it is read.
The same members always give the same bytes, so that a package has one SHA-256 to publish.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from generation.packages.members import (
    MIB,
    MOST_BYTES,
    PackageError,
    check_names,
    check_size,
    find_member,
)

ENCRYPTED = 0x1
PICKLE_ENDINGS = (".pkl", ".pickle", ".pt", ".pth", ".bin", ".ckpt")


def write_archive(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a package file whole or not at all; what was at `path` is replaced."""
    for name, data in members.items():
        check_size(name, len(data))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name in sorted(members):
                # Of a fixed day, so that the same members are the same file.
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                archive.writestr(entry, members[name])
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_package(path: Path) -> bytes:
    """The bytes of a package file, if it is no longer than any package.

    Raises:
        PackageError: if it is too large.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PackageError(f"It is too large: a package has at most {MOST_BYTES // MIB} MiB.")
    return data


def read_archive(data: bytes) -> dict[str, bytes]:
    """The members of a package by name, none of them believed yet.

    Raises:
        PackageError: if it is no zip, damaged, or holds anything but what a package may hold.
    """
    if looks_pickled(data):
        raise PackageError("It is a pickle, which could run code when read.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            return {entry.filename: archive.read(entry) for entry in entries}
    except PackageError:
        raise
    except Exception as error:
        # The reader of zips has many ways to stumble over a damaged one.
        said = " ".join(str(error).split())[:100]
        raise PackageError(f"It is damaged or no package at all ({said}).") from error


def looks_pickled(start: bytes) -> bool:
    """Whether bytes begin as a pickle of protocol 2 or later does."""
    return len(start) >= 2 and start[0] == 0x80 and start[1] <= 5


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse, by the directory alone, what no package holds."""
    for entry in entries:
        _check_entry(entry)
    check_names([entry.filename for entry in entries])
    if sum(entry.file_size for entry in entries) > size:
        raise PackageError("It claims to hold more than it is long.")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if name.endswith(PICKLE_ENDINGS):
        raise PackageError(f"It holds a pickle ({_shown(name)}), which could run code when read.")
    if kind not in (0, stat.S_IFREG):
        raise PackageError(f"It holds a link or folder ({_shown(name)}), not only plain files.")
    if find_member(name) is None:
        raise PackageError(f"It holds {_shown(name)}, which does not belong in a package.")
    if entry.flag_bits & ENCRYPTED:
        raise PackageError(f"{name} is encrypted.")
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        raise PackageError(f"{name} is compressed; a package's members are stored as they are.")
    check_size(name, entry.file_size)


def _shown(name: str) -> str:
    """A foreign name as it may be printed."""
    return ascii(name[:60])
