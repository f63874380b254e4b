"""Installed generators as files alone: what the site lists; nothing in them can be loaded."""

import hashlib
import json
from pathlib import Path
from typing import Any


def install_generator(
    site: Path,
    name: str = "ours",
    *,
    package: str = "0123456789ab",
    card: str = "",
    **described: Any,
) -> str:
    """Put a generator's folder where a site looks for it; the SHA-256 that it names."""
    folder = site / f"{name}.{package}"
    folder.mkdir(parents=True)
    weights = folder / "generator.safetensors"
    weights.write_bytes(f"weights of {name} {package}".encode())
    sha256 = hashlib.sha256(weights.read_bytes()).hexdigest()
    description = {"sha256": sha256, "training": {"data": f"images of {name}"}}
    (folder / "generator.json").write_text(json.dumps({**description, **described}))
    (folder / "manifest.json").write_text(json.dumps({"version": "9.9.9"}))
    if card:
        (folder / "generator.card.md").write_text(card)
    return sha256
