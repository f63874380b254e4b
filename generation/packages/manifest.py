"""The manifest of a package: what it is, for which code, whose, and the hash of every part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generation.anatomy import condition, style
from generation.packages.members import PackageError
from generation.packages.registry import MANIFEST, NAME

FORMAT = 1
MOST_WORDS = 4000


@dataclass(frozen=True)
class Manifest:
    """See `to_json` for what is signed.

    Attributes:
        name: what the generator is called where it comes from.
        version: of Parenchyma that packed it.
        licence: under which it may be passed on.
        attribution: who must be named, one sentence each.
        condition: as `describe_condition` gives it.
        members: SHA-256 by member.
    """

    name: str
    version: str
    licence: str
    attribution: tuple[str, ...]
    condition: dict[str, Any]
    members: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """The manifest with its own hash, which stands for the whole package."""
        return {**self._content(), "sha256": self.sha256}

    @property
    def sha256(self) -> str:
        """Over everything else in the manifest, the members' hashes among it."""
        return hash_content(self._content())

    def _content(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "licence": self.licence,
            "attribution": list(self.attribution),
            "condition": self.condition,
            "members": self.members,
        }


def describe_condition() -> dict[str, Any]:
    """Channels of the condition map in their order, and every constant that gives them meaning.

    Taken from the modules that define them: a constant that is added or changed counts by itself.
    As JSON gives them back: tuples are lists.
    """
    constants = {
        name.lower(): value
        for module in (condition, style)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, (int, float, tuple))
    }
    described: dict[str, Any] = json.loads(json.dumps(constants))
    return described


def hash_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def hash_content(content: Mapping[str, Any]) -> str:
    """SHA-256 of JSON with sorted keys and no spaces, so that its layout does not matter."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hash_bytes(plain.encode())


def check_manifest(members: Mapping[str, bytes]) -> Manifest:
    """The manifest of a package's members, once every hash in it agrees with them.

    Raises:
        PackageError: if it is of another format, incomplete, or does not match the members.
    """
    said = read_object(MANIFEST, members[MANIFEST])
    if said.get("format") != FORMAT:
        raise PackageError(
            f"It is of package format {said.get('format')!r}; this version reads {FORMAT}."
        )
    signed = {key: value for key, value in said.items() if key != "sha256"}
    if said.get("sha256") != hash_content(signed):
        raise PackageError("It is not signed rightly: its manifest does not match its own hash.")
    manifest = _parse(said)
    others = {name: data for name, data in members.items() if name != MANIFEST}
    if set(manifest.members) != set(others):
        raise PackageError("Its manifest names other members than it holds.")
    for name, data in others.items():
        if manifest.members[name] != hash_bytes(data):
            raise PackageError(f"{name} is damaged: its SHA-256 is not the one in the manifest.")
    return manifest


def check_condition(manifest: Manifest) -> None:
    """Refuse a generator that was taught with other condition maps than this code draws."""
    theirs, ours = manifest.condition, describe_condition()
    for key in sorted({*theirs, *ours}):
        if theirs.get(key) != ours.get(key):
            raise PackageError(
                "It does not fit this version, whose condition maps are others: "
                f"{_tell_difference(key[:40], theirs.get(key), ours.get(key))}."
            )


def read_object(name: str, data: bytes) -> dict[str, Any]:
    """A JSON object of a member."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{name} is not JSON.") from error
    if not isinstance(value, dict):
        raise PackageError(f"{name} is not a JSON object.")
    return value


def write_object(value: Mapping[str, Any]) -> bytes:
    """JSON as a member, to be read by people too."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def check_notice(name: object, licence: object, attribution: object) -> None:
    """Refuse a package that nobody could call by name, pass on rightly, or credit."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise PackageError(
            "Its name must be of at most 40 lower-case letters, digits and inner hyphens."
        )
    if not _is_text(licence):
        raise PackageError("It names no licence.")
    if not isinstance(attribution, (list, tuple)) or not attribution:
        raise PackageError("It names nobody to attribute it to.")
    if not all(_is_text(line) for line in attribution):
        raise PackageError("Its attribution is not a list of sentences.")


def _parse(said: dict[str, Any]) -> Manifest:
    check_notice(said.get("name"), said.get("licence"), said.get("attribution"))
    members, described = said.get("members"), said.get("condition")
    if not isinstance(members, dict) or not isinstance(described, dict):
        raise PackageError("Its manifest is incomplete.")
    return Manifest(
        name=said["name"],
        version=str(said.get("version", ""))[:40],
        licence=said["licence"],
        attribution=tuple(said["attribution"]),
        condition=described,
        members=members,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= MOST_WORDS


def _tell_difference(key: str, theirs: object, ours: object) -> str:
    """In few words, as neither side's list of channels need be read in full."""
    if not isinstance(theirs, list) or not isinstance(ours, list):
        return f"{key} is {_shown(theirs)} there, {_shown(ours)} here"
    lacking = [_shown(each) for each in ours if each not in theirs]
    besides = [_shown(each) for each in theirs[:20] if each not in ours]
    told = [f"it lacks {', '.join(lacking)}"] if lacking else []
    told += [f"it has {', '.join(besides)} besides"] if besides else []
    return f"of the {key} {' and '.join(told)}" if told else f"the {key} come in another order"


def _shown(value: object) -> str:
    return "missing" if value is None else str(value)[:40]
