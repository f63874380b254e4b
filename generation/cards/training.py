"""The training record as a card shows it: facts, changes of settings, curves that can be read."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from generation.cards.card import Point, Row, Series, Table, Training
from generation.cards.reading import mapping, mappings, number, text, write_number
from generation.packages.registry import InstalledGenerator

MOST_POINTS: Final = 60
MOST_SERIES: Final = 8

# What the losses are, for whoever has never trained a network.
LOSSES: Final = {
    "fixed": (
        "The first critic's loss",
        "How badly it tells drawn crops from real ones by their structures; 2 is guessing.",
    ),
    "mismatch": (
        "The first critic on the wrong layout",
        "How badly it sees that a real crop does not belong to a layout; 1 is guessing.",
    ),
    "fine": (
        "The second critic's loss",
        "How badly it tells drawn crops from real ones by their finest texture; 2 is guessing.",
    ),
    "generator": (
        "The painter's loss",
        "How little the critics take drawn crops for real ones.",
    ),
    "lines": (
        "Lines left out",
        "How much of the vessels and ligaments that were asked for was not drawn.",
    ),
    "coarse": (
        "Departure from the layout",
        "How far the drawn crop, blurred, is from the real one that its layout came from.",
    ),
}
SETTINGS: Final = {
    "batch": "crops a step",
    "crop_px": "crop, pixels of 0.2 mm",
    "generator_rate": "painter's learning rate",
    "discriminator_rate": "critics' learning rate",
    "fixed_weight": "weight of the first critic",
    "fine_weight": "weight of the second critic",
    "mismatch_weight": "weight of wrong layouts",
    "lines_weight": "weight of lines",
    "average": "memory of the average",
    "seed": "seed",
}


def describe_training(described: dict[str, Any], generator: InstalledGenerator) -> Training:
    """Facts, curves and settings of NAME.json; what it does not say is left out."""
    record = mapping(described.get("training"))
    return Training(
        facts=tuple(_list_facts(described, record, generator)),
        series=tuple(_read_curves(record))[:MOST_SERIES],
        settings=_list_settings(record),
    )


def _list_facts(
    described: dict[str, Any], record: dict[str, Any], generator: InstalledGenerator
) -> Iterator[Row]:
    hardware = record.get("hardware") or record.get("device")
    said = {
        "Learnt from": text(generator.trained_on),
        "Images": _count(record.get("images")),
        "Steps": _count(record.get("step")),
        "Time": _write_duration(number(record.get("seconds"))),
        "Hardware": text(hardware) or _join_values(mapping(hardware)),
        "Numbers learnt (parameters)": _count(count_parameters(generator.weights)),
        "Size of the weights": _write_size(generator.weights),
        "Configuration": _join_values(mapping(described.get("config"))),
    }
    yield from (Row(label, "", (value,)) for label, value in said.items() if value)


def _count(value: Any) -> str:
    return write_number(value, 0) if number(value) is not None else ""


def _write_duration(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _write_size(weights: Path) -> str:
    return f"{weights.stat().st_size / 2**20:.1f} MiB" if weights.is_file() else ""


def _join_values(config: dict[str, Any]) -> str:
    parts = (
        f"{key} {' '.join(map(str, value)) if isinstance(value, list) else value}"
        for key, value in config.items()
        if isinstance(value, int | float | str | list)
    )
    return text(", ".join(parts))


def count_parameters(weights: Path) -> int | None:
    """Numbers in a safetensors file, from its header alone; None where it cannot be read.

    Source: the safetensors format: eight bytes of length, then that much JSON.
    """
    try:
        with weights.open("rb") as file:
            header = json.loads(file.read(min(int.from_bytes(file.read(8), "little"), 2**24)))
        shapes = (tensor["shape"] for name, tensor in header.items() if name != "__metadata__")
        return sum(math.prod(shape) for shape in shapes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_curves(record: dict[str, Any]) -> Iterator[Series]:
    points = [point for point in mappings(record.get("curve")) if _step(point) is not None]
    points.sort(key=lambda point: _step(point) or 0)
    names = dict.fromkeys(key for point in points for key in point if key != "step")
    for name in names:
        values = [
            (step, value)
            for point in points
            if (step := _step(point)) is not None and (value := number(point.get(name))) is not None
        ]
        if values:
            label, sentence = LOSSES.get(name, (text(name).replace("_", " "), ""))
            yield Series(name, label, sentence, _thin_out(values))


def _step(point: dict[str, Any]) -> int | None:
    step = number(point.get("step"))
    return None if step is None else round(step)


def _thin_out(values: list[tuple[int, float]]) -> tuple[Point, ...]:
    """At most sixty points: of each stretch of steps its last step and the median value.

    A loss is noted of single batches, so that one point says little.
    """
    size = -(-len(values) // MOST_POINTS)
    stretches = (values[start : start + size] for start in range(0, len(values), size))
    return tuple(
        Point(stretch[-1][0], statistics.median(value for _, value in stretch))
        for stretch in stretches
    )


def _list_settings(record: dict[str, Any]) -> Table | None:
    """A row for every stretch of the run with settings of its own."""
    configs = list(mappings(record.get("configs")))
    if not configs:
        return None
    shown = [key for key in SETTINGS if any(key in config for config in configs)]
    rows = tuple(
        Row(
            f"From step {_count(config.get('from_step')) or '?'}",
            "",
            tuple(
                f"{config[key]:g}" if number(config.get(key)) is not None else "" for key in shown
            ),
        )
        for config in configs
    )
    return Table(
        key="settings",
        title="Settings",
        intro="A row for each time that settings were changed during the run.",
        columns=tuple(SETTINGS[key] for key in shown),
        rows=rows,
    )
