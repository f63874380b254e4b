"""Images to be audited, real and drawn: left-oriented, and stored alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.anatomy.geometry import VIEW_KEYS
from generation.evaluation.cases import StoredCase
from generation.evaluation.storage import Table, store_grey
from generation.training.images import RealImage, find_breast, load_grey, mark_excluded

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

FULL_SCALE = 65535.0


@dataclass(frozen=True)
class Specimen:
    """One image.

    Attributes:
        name: file of a real image, case and view of a drawn one.
        view: "cc" or "mlo".
        grey: (H, W) grey 0-1 at 0.1 mm, chest wall at image left.
        inside: (H, W) breast, without what lies within 10 mm of an outlined lesion.
    """

    name: str
    view: str
    grey: FloatArray
    inside: BoolArray


def load_real(image: RealImage) -> Specimen:
    """A real image.

    Raises:
        ValueError: if the file is damaged.
    """
    try:
        grey = load_grey(image)
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{image.path.name} cannot be read as a picture: {error}") from error
    inside = find_breast(grey) & ~mark_excluded(image, grey.shape)
    return Specimen(image.path.name, image.view, grey, inside)


def load_case(case: StoredCase, table: Table | None) -> Iterator[Specimen]:
    """The four views of a case, findings and all, as they would be were they real files.

    Args:
        case: of `generation.evaluation.cases.list_cases`.
        table: of a real file.

    Raises:
        ValueError: if a view is missing or damaged.
    """
    for key in VIEW_KEYS:
        path = case.folder / f"{key}.png"
        try:
            with Image.open(path) as opened:
                grey = np.asarray(opened, np.float32) / np.float32(FULL_SCALE)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValueError(f"{case.folder.name}/{path.name} cannot be read: {error}") from error
        side, view = key.split("_")
        stored = store_grey(grey if side == "left" else grey[:, ::-1], table)
        yield Specimen(f"{case.folder.name}/{key}", view, stored, find_breast(stored))


def check_weights(case: StoredCase, sha256: str) -> None:
    """ValueError unless a case was drawn by the weights with this hash."""
    drawn_by = str(case.provenance.get("weights_sha256"))
    if drawn_by != sha256:
        raise ValueError(
            f"{case.folder.name} was drawn by other weights ({drawn_by[:12]}…) than those "
            f"audited ({sha256[:12]}…)"
        )
