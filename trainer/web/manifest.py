"""Vite's manifest: which files the built front end consists of."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

# Vite's own place for it, and the plain one that its configuration may ask for.
PLACES: Final = (".vite/manifest.json", "manifest.json")

Manifest = dict[str, dict[str, Any]]


class FrontendMissingError(Exception):
    """The front end has not been built, or its manifest cannot be read."""


@dataclass(frozen=True)
class FrontendFiles:
    """Paths below STATIC_URL, in the order in which a page needs them."""

    scripts: tuple[str, ...]
    preloads: tuple[str, ...]
    styles: tuple[str, ...]


def find_frontend_files() -> FrontendFiles:
    """The entries' scripts, the chunks they import and all their styles.

    Raises:
        FrontendMissingError: there is no build, or its manifest names no script.
    """
    dist = Path(settings.FRONTEND_DIST)
    path = next((dist / place for place in PLACES if (dist / place).is_file()), dist / PLACES[0])
    try:
        files = _read_files(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FrontendMissingError(f"no usable front end build: {error}") from error
    if not files.scripts:
        raise FrontendMissingError("the front end's manifest names no script to start")
    return files


@lru_cache(maxsize=4)
def _read_files(path: Path, modified_ns: int) -> FrontendFiles:
    """Read once per build: the modification time is part of the cache's key."""
    manifest: Manifest = json.loads(path.read_text("utf-8"))
    entries = [name for name, chunk in manifest.items() if chunk.get("isEntry")]
    chunks = _imported_chunks(manifest, entries)
    entry_files = [manifest[name]["file"] for name in entries]
    styles = [style for name in (*chunks, *entries) for style in manifest[name].get("css", ())]
    styles += [file for file in entry_files if file.endswith(".css")]
    return FrontendFiles(
        scripts=tuple(file for file in entry_files if file.endswith(".js")),
        preloads=tuple(manifest[name]["file"] for name in chunks),
        styles=tuple(dict.fromkeys(styles)),
    )


def _imported_chunks(manifest: Manifest, entries: list[str]) -> list[str]:
    """Names of the chunks imported statically, also at second hand, each once."""
    found: list[str] = []
    waiting = [name for entry in entries for name in manifest[entry].get("imports", ())]
    while waiting:
        name = waiting.pop(0)
        if name not in found and name not in entries:
            found.append(name)
            waiting.extend(manifest[name].get("imports", ()))
    return found
