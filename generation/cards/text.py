"""The hand-written part of a card: a small part of Markdown, read into values.

Headings of the second level are sections, of the third known failures; paragraphs, lists with "-"
and pictures `![alt](file)` are all that stands below them. Other marks stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generation.cards.card import Block

PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)")
HEADING = re.compile(r"(#{1,3}) +(.+)")
ITEM = "- "


@dataclass
class Part:
    """A heading with what stands below it, up to the next heading."""

    level: int
    title: str
    blocks: list[Block] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


def parse_text(markdown: str) -> list[Part]:
    """Parts in their order; text before the first heading is left out."""
    parts: list[Part] = []
    for chunk in _split(markdown):
        heading = HEADING.fullmatch(chunk)
        picture = PICTURE.fullmatch(chunk)
        if heading:
            parts.append(Part(len(heading[1]), heading[2].strip()))
        elif not parts:
            continue
        elif picture:
            parts[-1].pictures.append((picture["path"], picture["alt"]))
        else:
            parts[-1].blocks.append(_read_block(chunk))
    return parts


def _split(markdown: str) -> Iterator[str]:
    """Chunks between empty lines; a heading is one by itself wherever it stands."""
    chunk: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        line = line.rstrip()
        alone = bool(HEADING.fullmatch(line))
        if chunk and (not line or alone):
            yield "\n".join(chunk)
            chunk = []
        if alone:
            yield line
        elif line:
            chunk.append(line)


def _read_block(chunk: str) -> Block:
    lines = chunk.splitlines()
    if not lines[0].startswith(ITEM):
        return Block("paragraph", (" ".join(line.strip() for line in lines),))
    items: list[str] = []
    for line in lines:
        if line.startswith(ITEM):
            items.append(line.removeprefix(ITEM).strip())
        else:
            items[-1] += f" {line.strip()}"
    return Block("list", tuple(items))
