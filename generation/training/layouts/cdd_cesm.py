"""CDD-CESM as this project has it: CC views in one folder, labels.csv and lesion_outlines.csv."""

from __future__ import annotations

from pathlib import Path

from generation.training.images import list_images, read_split
from generation.training.layouts.layout import Layout, Skipped
from generation.training.layouts.tables import has_columns, read_table

NAME = "cdd-cesm"
LOOKED_FOR = "CDD-CESM: labels.csv (file, category, side) and lesion_outlines.csv"
LICENCE = (
    "CC BY 4.0, as lists that name it say. Khaled R. et al., TCIA 2021, doi 10.7937/29kw-ae92; "
    "Khaled R. et al., Scientific Data 9, 2022, doi 10.1038/s41597-022-01238-0"
)
COLUMNS = ("file", "category", "side")


def matches(folder: Path) -> bool:
    labels, outlines = folder / "labels.csv", folder / "lesion_outlines.csv"
    return outlines.is_file() and has_columns(labels, COLUMNS)


def read(folder: Path) -> Layout:
    """The committed split holds for ever: an image in neither part is left out."""
    held_out = list_images(folder, "held_out")
    images = sorted([*list_images(folder, "train"), *held_out], key=lambda image: image.path.name)
    used = {image.path.name for image in images}
    split = read_split("train") | read_split("held_out")
    skipped = [
        Skipped(row["file"], _find_reason(Path(row["file"]).name, split))
        for row in read_table(folder / "labels.csv")
        if Path(row["file"]).name not in used
    ]
    patients = frozenset(image.patient for image in held_out)
    return Layout(NAME, LICENCE, tuple(images), patients, tuple(skipped))


def _find_reason(file: str, split: frozenset[str]) -> str:
    if file not in split:
        return "it is in neither part of the committed split"
    return "it holds a lesion that nobody outlined"
