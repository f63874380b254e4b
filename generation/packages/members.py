"""What a package may hold, and how much of it: everything else is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generation.packages.registry import CARD, DESCRIPTION, MANIFEST, WEIGHTS

MIB = 2**20


class PackageError(Exception):
    """A package that is refused, or cannot be made; the message is one sentence for people."""


@dataclass(frozen=True)
class Member:
    """A kind of member.

    Attributes:
        most_bytes: of one such file.
        required: whether there is no package without it.
        beside: what ends its name where it lies beside NAME.safetensors; None where its own name
            is the same there.
    """

    most_bytes: int
    required: bool = False
    beside: str | None = None


MEMBERS = {
    MANIFEST: Member(MIB // 4, required=True),
    WEIGHTS: Member(48 * MIB, required=True, beside=".safetensors"),
    DESCRIPTION: Member(8 * MIB, required=True, beside=".json"),
    CARD: Member(MIB, required=True, beside=".card.md"),
    "generator.evaluation.json": Member(8 * MIB, beside=".evaluation.json"),
    "generator.audit.json": Member(8 * MIB, beside=".audit.json"),
    "pictures/pictures.json": Member(MIB),
}
# Pictures of the card lie in the one folder that there is.
PICTURE = re.compile(r"pictures/[a-z0-9][a-z0-9_-]{0,60}\.(png|jpg)")
A_PICTURE = Member(2 * MIB)
MOST_PICTURES = 40
MOST_BYTES = 128 * MIB


def find_member(name: str) -> Member | None:
    """The kind of a member by its name; None for what does not belong in a package."""
    return A_PICTURE if PICTURE.fullmatch(name) else MEMBERS.get(name)


def check_size(name: str, size: int) -> None:
    """Refuse a member that is larger than its kind may be."""
    member = find_member(name)
    if member is not None and size > member.most_bytes:
        most = member.most_bytes / MIB
        raise PackageError(f"{name} is too large: {size / MIB:.1f} MiB, at most {most:g}.")


def check_names(names: list[str]) -> None:
    """Refuse what is missing, double, or too much of."""
    if len(names) > len(MEMBERS) + MOST_PICTURES:
        raise PackageError(f"It holds {len(names)} files, more than any package.")
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise PackageError(f"It holds {min(doubled)} more than once.")
    if MANIFEST not in names:
        raise PackageError(f"It is unsigned: no {MANIFEST} gives the hashes of what it holds.")
    for name, member in MEMBERS.items():
        if member.required and name not in names:
            raise PackageError(f"It holds no {name}.")
