"""Which generators are installed here: the shipped one, and the site's own in a folder each.

Reads descriptions alone and never torch: web processes list what only workers load.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation import __version__

logger = logging.getLogger(__name__)

SHIPPED_WEIGHTS = Path(__file__).parents[1] / "weights" / "generator.safetensors"
# What lies beside the weights, in the shipped folder as in an installed one.
WEIGHTS, DESCRIPTION, NOTICE = "generator.safetensors", "generator.json", "notice.json"
CARD, MANIFEST = "generator.card.md", "manifest.json"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
# A folder's name is the generator's, and the first digits of its package's hash: another package
# of that name gets another path, so that no process goes on with weights it has loaded before.
FOLDER = re.compile(rf"({NAME.pattern})\.[0-9a-f]{{12}}")
SHA256 = re.compile(r"[0-9a-f]{64}")


class RegistryError(Exception):
    """A generator that is not there or cannot be described; the message is for people."""


@dataclass(frozen=True)
class InstalledGenerator:
    """A generator that may be loaded, as its files describe it.

    Attributes:
        name: short id, unique on a site.
        sha256: of the weights file, as its JSON says; loading checks it.
        weights: the safetensors file.
        trained_on: images it learnt from, in words; empty where it does not say.
        version: of Parenchyma that it was packed with.
        shipped: whether it came with the code.
    """

    name: str
    sha256: str
    weights: Path
    trained_on: str
    version: str
    shipped: bool

    @property
    def card(self) -> Path | None:
        """The text of its model card (Markdown), if it has one: see `generation.cards`."""
        path = self.weights.with_suffix(".card.md")
        return path if path.is_file() else None

    @property
    def has_card(self) -> bool:
        return self.card is not None


def find_generators_folder(data: Path | None = None) -> Path:
    """Where this site keeps its own generators: `GENERATORS_DIR`, else in its data folder.

    The one rule for the site and for the commands beside it, which know no Django.

    Args:
        data: the site's data folder; by default `DATA_DIR`, else `var` of the checkout.
    """
    chosen = os.environ.get("GENERATORS_DIR")
    checkout = Path(__file__).parents[2]
    data = data or Path(os.environ.get("DATA_DIR") or checkout / "var")
    return Path(chosen) if chosen else data / "generators"


def list_generators(site: Path) -> list[InstalledGenerator]:
    """The shipped generator and those of a folder, by name; the same weights are listed once.

    A folder that cannot be read as a generator is left out, and logged.
    """
    found: dict[str, InstalledGenerator] = {}
    for weights in (SHIPPED_WEIGHTS, *_find_weights(site)):
        try:
            generator = read_generator(weights)
        except RegistryError as error:
            logger.warning("no generator in %s: %s", weights.parent, error)
            continue
        found.setdefault(generator.sha256, generator)
    return list(found.values())


def find_generator(wanted: str, generators: list[InstalledGenerator]) -> InstalledGenerator:
    """The generator of a name or of a SHA-256.

    Raises:
        RegistryError: if none of them is meant.
    """
    for generator in generators:
        if wanted in (generator.name, generator.sha256):
            return generator
    shown = f"{wanted[:12]}…" if SHA256.fullmatch(wanted) else f"“{wanted[:60]}”"
    there = ", ".join(generator.name for generator in generators) or "none"
    raise RegistryError(f"There is no generator {shown} here; installed: {there}.")


def read_generator(weights: Path) -> InstalledGenerator:
    """Describe the generator of a weights file by the files beside it.

    Raises:
        RegistryError: if they do not say what it is.
    """
    described = _read_json(weights.with_suffix(".json"))
    sha256 = described.get("sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise RegistryError(f"{weights.stem}.json does not name the SHA-256 of the weights.")
    notice = _read_notice(weights)
    folder = FOLDER.fullmatch(weights.parent.name)
    shipped = weights == SHIPPED_WEIGHTS
    version = notice.get("version")
    return InstalledGenerator(
        name=folder[1] if folder else _name(notice, weights),
        sha256=sha256,
        weights=weights,
        trained_on=_trained_on(described, notice),
        version=__version__ if shipped else version if isinstance(version, str) else "",
        shipped=shipped,
    )


def _find_weights(site: Path) -> Iterator[Path]:
    try:
        folders = list(site.iterdir())
    except OSError:
        return
    for folder in sorted(folders, key=lambda each: each.name.split(".")):
        if FOLDER.fullmatch(folder.name) and folder.is_dir():
            yield folder / WEIGHTS


def _read_notice(weights: Path) -> dict[str, Any]:
    """What an installed generator's manifest, or the shipped one's notice, says of whose it is."""
    for name in (MANIFEST, NOTICE):
        path = weights.with_name(name)
        if path.is_file():
            return _read_json(path)
    return {}


def _name(notice: dict[str, Any], weights: Path) -> str:
    """Of what no import named: as its notice says; a file elsewhere goes by its own name."""
    name = notice.get("name")
    return name if isinstance(name, str) and NAME.fullmatch(name) else weights.stem


def _trained_on(described: dict[str, Any], notice: dict[str, Any]) -> str:
    """As the training record says in words, else as those say who must be named for it."""
    training = described.get("training")
    data = training.get("data") if isinstance(training, dict) else None
    if isinstance(data, str):
        return data
    attribution = notice.get("attribution")
    named = attribution if isinstance(attribution, list) else []
    return " ".join(line for line in named if isinstance(line, str))


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RegistryError(f"{path.name}, which describes the weights, cannot be read.") from error
    except (ValueError, RecursionError) as error:
        raise RegistryError(f"{path.name} is not JSON.") from error
    if not isinstance(value, dict):
        raise RegistryError(f"{path.name} is not a JSON object.")
    return value
