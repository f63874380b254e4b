"""Pictures for the page: crops at full size, whole views small."""

from __future__ import annotations

from html import escape

from generation.evaluation.page.markup import write_picture
from generation.evaluation.tissue import TissueImage, TissueSet

VIEWS_SHOWN = 4
PAIRS_SHOWN = 5


def show_views(tissue: TissueSet, label: str) -> str:
    """Some drawn views: each whole, and a crop of 51 mm at full size."""
    shown = "".join(
        f'<div class="pair">{_show_whole(image)}{_show_crop(image, label)}</div>'
        for image in _spread(tissue, VIEWS_SHOWN)
    )
    return f"<h3>{escape(label)}</h3>{shown}"


def show_pairs(real: TissueSet, network: TissueSet) -> str:
    """Real crops, and beside each what the network drew on the image's map, at the same place."""
    drawn = {image.name: image for image in network.images}
    pairs = [image for image in _spread(real, PAIRS_SHOWN) if image.name in drawn]
    shown = "".join(
        '<div class="pair">'
        + _show_crop(image, "Real")
        + _show_crop(drawn[image.name], "Drawn on its map")
        + "</div>"
        for image in pairs
    )
    return f"<h3>Real, and drawn on the same map</h3>{shown}"


def _spread(tissue: TissueSet, count: int) -> list[TissueImage]:
    """Images evenly over the set."""
    step = max(len(tissue.images) // count, 1)
    return list(tissue.images[::step][:count])


def _show_crop(image: TissueImage, label: str) -> str:
    density = f", density {image.density}" if image.density else ""
    said = f"{label}: {image.name}{density}, {image.view.upper()}, tissue at full size"
    return write_picture(image.crop, said, f"{label}: {image.name}{density}, 0.1 mm a pixel")


def _show_whole(image: TissueImage) -> str:
    said = f"The whole view {image.name}"
    return write_picture(image.overview, said, f"{image.name}, 0.4 mm a pixel")
