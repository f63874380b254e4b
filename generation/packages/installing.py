"""From a package file to an installed generator: checked as a whole, then there at once, or not."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generation.packages.archive import read_archive, read_package
from generation.packages.fitness import check_fitness
from generation.packages.manifest import (
    Manifest,
    check_condition,
    check_manifest,
    check_notice,
    hash_bytes,
    read_object,
)
from generation.packages.members import PICTURE, PackageError
from generation.packages.registry import (
    FOLDER,
    WEIGHTS,
    InstalledGenerator,
    list_generators,
    read_generator,
)

UNFINISHED = ".import-"
PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
HASH_DIGITS = 12


@dataclass(frozen=True)
class Installation:
    """What an import did.

    Attributes:
        generator: as it is installed.
        new: False where this very package was there already.
        replaced: folders of that name that it took the place of.
    """

    generator: InstalledGenerator
    new: bool
    replaced: int


def install_package(
    file: Path,
    into: Path,
    *,
    name: str | None = None,
    sha256: str | None = None,
    replace: bool = False,
) -> Installation:
    """Check a package file and install it; after a refusal everything is as it was.

    Args:
        file: the package.
        into: folder of the site's generators; made if it is not there.
        name: what to call it here; by default what the package says.
        sha256: of the whole file, as whoever passed it on published it.
        replace: whether it may take the place of another package of that name.

    Raises:
        PackageError: if it is refused; the message is the reason.
        OSError: if a file cannot be read or written.
    """
    data = read_package(file)
    if sha256 is not None and hash_bytes(data) != sha256.lower():
        raise PackageError("It is not the file that was published: its SHA-256 is another.")
    members = read_archive(data)
    manifest = check_manifest(members)
    check_condition(manifest)
    _check_contents(members)
    called = name or manifest.name
    check_notice(called, manifest.licence, manifest.attribution)
    folder = into / f"{called}.{manifest.sha256[:HASH_DIGITS]}"
    with _sole_import(into):
        others = [each for each in _find_folders(into, called) if each != folder]
        _check_place(called, manifest, into, others, replace=replace)
        new = not _is_whole(folder, members)
        if new:
            _install(members, folder)
        for other in others:
            _remove(other)
    return Installation(read_generator(folder / WEIGHTS), new, len(others))


def _check_contents(members: Mapping[str, bytes]) -> None:
    """Texts are texts and pictures pictures: they are shown to people."""
    for name, data in members.items():
        if name.endswith(".json"):
            read_object(name, data)
        elif name.endswith(".md"):
            try:
                data.decode()
            except UnicodeDecodeError as error:
                raise PackageError(f"{name} is not text.") from error
        elif PICTURE.fullmatch(name) and not data.startswith(PICTURE_STARTS):
            raise PackageError(f"{name} is not a picture.")


def _check_place(
    name: str, manifest: Manifest, into: Path, others: list[Path], *, replace: bool
) -> None:
    """Refuse what would hide, or take the place of, another generator unasked."""
    sha256 = manifest.members[WEIGHTS]
    for known in list_generators(into):
        if known.shipped and known.name == name and known.sha256 != sha256:
            raise PackageError(f"The shipped generator is called “{name}”: give --name another.")
        if not known.shipped and known.sha256 == sha256 and known.name != name:
            raise PackageError(f"Its weights are installed already, as “{known.name}”.")
    if others and not replace:
        raise PackageError(
            f"Another generator is installed as “{name}”: --replace puts this one in its place, "
            "--name gives it another name."
        )


def _install(members: Mapping[str, bytes], folder: Path) -> None:
    """Write beside the place, try, then move into place: there is never half a generator."""
    unfinished = folder.with_name(f"{UNFINISHED}{folder.name}")
    try:
        for name, data in members.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        check_fitness(unfinished / WEIGHTS)
        if folder.exists():
            _remove(folder)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_whole(folder: Path, members: Mapping[str, bytes]) -> bool:
    """Whether a folder holds just what a package does."""
    try:
        return all((folder / name).read_bytes() == data for name, data in members.items())
    except OSError:
        return False


def _find_folders(into: Path, name: str) -> list[Path]:
    return [path for path in into.glob(f"{name}.*") if FOLDER.fullmatch(path.name)]


def _remove(folder: Path) -> None:
    """At once for those who look, however long it takes."""
    leaving = folder.with_name(f"{UNFINISHED}old-{folder.name}")
    folder.rename(leaving)
    shutil.rmtree(leaving)


@contextmanager
def _sole_import(into: Path) -> Iterator[None]:
    """Make the folder and hold it; what an import that was killed left behind is removed.

    A folder made for nothing goes away again.
    """
    made = [path for path in (into, *into.parents) if not path.exists()]
    into.mkdir(parents=True, exist_ok=True)
    held = os.open(into, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        for left in into.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.rmdir()
        raise
    finally:
        os.close(held)
