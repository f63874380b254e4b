"""From a trained generator to a package file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generation import __version__
from generation.packages.archive import write_archive
from generation.packages.fitness import check_fitness
from generation.packages.manifest import (
    Manifest,
    check_notice,
    describe_condition,
    hash_bytes,
    read_object,
    write_object,
)
from generation.packages.members import MEMBERS, PICTURE, PackageError
from generation.packages.registry import CARD, MANIFEST, NOTICE


def export_generator(
    weights: Path,
    out: Path,
    *,
    name: str | None = None,
    card: Path | None = None,
    licence: str | None = None,
    attribution: Sequence[str] = (),
) -> Manifest:
    """Pack a generator, its JSON, card, reports and pictures, as they lie beside its weights.

    Args:
        weights: NAME.safetensors; NAME.json and what else belongs to it stand beside it.
        out: the package, written whole or not at all.
        name: what it is called; by default as it was (see `licence`), else NAME.
        card: model card (Markdown); by default NAME.card.md beside the weights.
        licence: under which it may be passed on; by default what the manifest of an installed
            generator, or the notice of the shipped one, says beside the weights.
        attribution: who must be named; by default likewise.

    Raises:
        PackageError: if something is missing, too large, or unfit for this version.
    """
    if not weights.is_file():
        raise PackageError(f"There are no weights {weights}.")
    check_fitness(weights)
    members = _collect_members(weights, card)
    known = _read_notice(weights)
    called = name or known.get("name") or weights.stem
    licence = licence or known.get("licence")
    named = tuple(attribution) or tuple(known.get("attribution") or ())
    if not licence or not named:
        raise PackageError(
            "Nothing says under which licence, and with whose images, it was made: "
            "give --licence and --attribution."
        )
    check_notice(called, licence, named)
    manifest = Manifest(
        name=str(called),
        version=__version__,
        licence=str(licence),
        attribution=named,
        condition=describe_condition(),
        members={member: hash_bytes(data) for member, data in sorted(members.items())},
    )
    write_archive(out, {**members, MANIFEST: write_object(manifest.to_json())})
    return manifest


def _collect_members(weights: Path, card: Path | None) -> dict[str, bytes]:
    """What belongs to the weights, by the name that it has in a package."""
    folder = weights.parent
    paths = {
        name: folder / (name if member.beside is None else f"{weights.stem}{member.beside}")
        for name, member in MEMBERS.items()
        if name != MANIFEST
    }
    paths |= {
        name: path
        for path in sorted((folder / "pictures").glob("*"))
        if PICTURE.fullmatch(name := f"pictures/{path.name}")
    }
    if card is not None:
        paths[CARD] = card
    elif not paths[CARD].is_file():
        raise PackageError(
            f"A generator is not passed on without its model card: no {paths[CARD].name} lies "
            "beside the weights; write one there, or name it with --card."
        )
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _read_notice(weights: Path) -> dict[str, Any]:
    for name in (MANIFEST, NOTICE):
        path = weights.with_name(name)
        if path.is_file():
            return read_object(name, path.read_bytes())
    return {}
