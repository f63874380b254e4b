"""The files beside a generator's weights, read into its card."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath
from typing import Any, Final

from generation.cards.audit import describe_audit
from generation.cards.card import Card, Failure, Picture, Section, Standing
from generation.cards.evaluation import describe_evaluation
from generation.cards.reading import mapping, number, text
from generation.cards.text import Part, parse_text
from generation.cards.training import describe_training
from generation.cards.verdict import draw_verdict
from generation.packages.registry import read_generator

PICTURES: Final = "pictures"
PICTURES_INDEX: Final = "pictures.json"
GOOD_FOR, NOT_FOR, FAILURES = "Good for", "Not good for", "Known failures"
PICTURE_FILE: Final = re.compile(r"[a-z0-9-]{1,60}\.(?:jpg|png)")
SHORT: Final = 12


def read_card(weights: Path) -> Card:
    """The card of the weights NAME.safetensors, from the files beside them.

    Raises:
        RegistryError: if NAME.json does not say which weights they are. Anything else may be
            missing, and the card says so.
    """
    generator = read_generator(weights)
    sha256 = generator.sha256
    evaluation = _read_json(weights.with_suffix(".evaluation.json"))
    audit = _read_json(weights.with_suffix(".audit.json"))
    evaluated = judge_standing(evaluation, sha256, "How far its images are from real ones")
    audited = judge_standing(audit, sha256, "Whether it repeats images that it learnt from")
    parts = _read_parts(weights.with_suffix(".card.md"))
    pictures = mapping(_read_json(weights.parent / PICTURES / PICTURES_INDEX))
    return Card(
        name=generator.name,
        version=generator.version,
        sha256=sha256,
        verdict=draw_verdict(
            _blocks_of(parts, GOOD_FOR), _blocks_of(parts, NOT_FOR), mapping(evaluation), evaluated
        ),
        evaluation=describe_evaluation(mapping(evaluation), evaluated),
        audit=describe_audit(mapping(audit), audited),
        failures_standing=_judge_look(pictures, sha256),
        failures=_list_failures(parts, pictures),
        sections=tuple(
            Section(part.title, tuple(part.blocks))
            for part in parts
            if part.level == 2 and part.title not in (GOOD_FOR, NOT_FOR, FAILURES)
        ),
        training=describe_training(mapping(_read_json(weights.with_suffix(".json"))), generator),
    )


def judge_standing(report: Any, sha256: str, what: str) -> Standing:
    """Whether a report is of the weights with this hash.

    Args:
        report: its JSON; None where there is no file, "" where there is one that is not JSON.
        sha256: of the weights.
        what: subject of the sentence that says so.
    """
    if report is None:
        return Standing("missing", f"{what} has not been measured yet.")
    found = mapping(report)
    measured_on = text(mapping(found.get("weights")).get("sha256"))
    if not measured_on:
        return Standing("unreadable", f"{what} cannot be told: the report cannot be read.")
    made, version = text(found.get("made")), text(found.get("version"))
    if measured_on != sha256:
        return Standing(
            "foreign",
            f"{what} has not been measured on these weights: the report that is here was measured "
            f"on other weights ({measured_on[:SHORT]}…), so its numbers are left out.",
            measured_on,
            made,
            version,
        )
    return Standing("measured", "Measured on these weights.", measured_on, made, version)


def _judge_look(pictures: dict[str, Any], sha256: str) -> Standing:
    """Whether the images in which the failures were seen were drawn by these weights."""
    drawn_by = text(mapping(pictures.get("weights")).get("sha256"))
    version = text(pictures.get("version"))
    if not drawn_by:
        return Standing("missing", "There are no pictures of them.")
    if drawn_by == sha256:
        said = "Seen in images that these weights drew. Every picture is synthetic."
        return Standing("measured", said, drawn_by, "", version)
    said = (
        f"Seen in images that other weights drew ({drawn_by[:SHORT]}…); nobody has looked for them "
        "in the images of the weights described here. Every picture is synthetic."
    )
    return Standing("foreign", said, drawn_by, "", version)


def _read_json(path: Path) -> Any:
    """None for a missing file, "" for one that cannot be read as JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return ""


def _read_parts(path: Path) -> list[Part]:
    try:
        return parse_text(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []


def _blocks_of(parts: list[Part], title: str) -> tuple[Any, ...]:
    return next((tuple(part.blocks) for part in parts if part.title == title), ())


def _list_failures(parts: list[Part], index: dict[str, Any]) -> tuple[Failure, ...]:
    known = mapping(index.get("pictures"))
    return tuple(
        Failure(part.title, tuple(part.blocks), _find_picture(part, known))
        for part in parts
        if part.level == 3
    )


def _find_picture(part: Part, known: dict[str, Any]) -> Picture | None:
    """The first picture of a part, if the index knows it: what it does not know is not shown."""
    for path, alt in part.pictures:
        file = PurePosixPath(path).name
        entry = mapping(known.get(file))
        width, height = number(entry.get("width")), number(entry.get("height"))
        if PICTURE_FILE.fullmatch(file) and width and height:
            return Picture(file, alt, round(width), round(height))
    return None
