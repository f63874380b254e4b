"""Attenuation, detector blur, look-up tables and composition; numpy and scipy only."""

from generation.physics.composition import (
    Composition,
    PlacedFinding,
    PlacedLayer,
    PlacedVariant,
    compose,
    quantise,
)
from generation.physics.layers import Layer
from generation.physics.look import GreyTable, build_grey_table

__all__ = [
    "Composition",
    "GreyTable",
    "Layer",
    "PlacedFinding",
    "PlacedLayer",
    "PlacedVariant",
    "build_grey_table",
    "compose",
    "quantise",
]
