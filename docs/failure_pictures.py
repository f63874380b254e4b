"""Cuts the pictures of known failures for the model card out of cases that are there.

python -m generation sample --count 4 --seed 4242 --out build/failures
python docs/failure_pictures.py build/failures

Other weights fail in other places: look at the pictures, and choose the places anew. The index
that is written beside them names the weights that drew them, and the card says so where those are
not the weights that it describes.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generation.output import LABELS  # noqa: E402

PICTURES = ROOT / "generation" / "weights" / "pictures"
QUALITY = 82
# From the middle of a finding to where its tissue is as it was.
MARGIN_PX = 120


@dataclass(frozen=True)
class Crop:
    """A square of a view at full size: number of the case, centre and side in pixels."""

    case: int
    view: str
    x: int
    y: int
    side: int = 420


CROPS = {
    "parallel-strands.jpg": Crop(4, "right_cc", 1200, 700),
    "broken-vessels.jpg": Crop(3, "left_mlo", 480, 900),
    "drawn-muscle.jpg": Crop(2, "left_mlo", 230, 480),
}


def cut_crop(cases: Path, crop: Crop) -> Image.Image:
    """The square, 8-bit, as it lies in the image: no window, nothing sharpened."""
    path = cases / f"case-{crop.case:04d}" / f"{crop.view}.png"
    pixels = np.asarray(Image.open(path)) >> 8
    top, left = (max(0, at - crop.side // 2) for at in (crop.y, crop.x))
    square = pixels[top : top + crop.side, left : left + crop.side]
    return Image.fromarray(square.astype(np.uint8))


def holds_a_finding(cases: Path, crop: Crop) -> bool:
    """A failure is of the tissue: what a picture of one shows must be in no truth."""
    truth = json.loads((cases / f"case-{crop.case:04d}" / "truth.json").read_text())
    centres = [
        finding["views"][crop.view]["centre_px"]
        for finding in truth["findings"]
        if crop.view in finding["views"]
    ]
    near = crop.side // 2 + MARGIN_PX
    return any(max(abs(x - crop.x), abs(y - crop.y)) < near for x, y in centres)


def read_origin(cases: Path, crop: Crop) -> dict[str, str]:
    origin = json.loads((cases / f"case-{crop.case:04d}" / "provenance.json").read_text())
    return {"version": origin["code_version"], "sha256": origin["weights_sha256"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path, help="folder of `python -m generation sample`")
    cases = parser.parse_args().cases
    origins = [read_origin(cases, crop) for crop in CROPS.values()]
    if any(origin != origins[0] for origin in origins):
        parser.error("these cases were made by different code or weights: sample them anew")
    telling = [name for name, crop in CROPS.items() if holds_a_finding(cases, crop)]
    if telling:
        parser.error(f"a finding lies in or near: {', '.join(telling)}")
    PICTURES.mkdir(exist_ok=True)
    pictures = {}
    for name, crop in CROPS.items():
        picture = cut_crop(cases, crop)
        picture.save(PICTURES / name, quality=QUALITY, optimize=True, comment=LABELS["Comment"])
        pictures[name] = {"width": picture.width, "height": picture.height, **vars(crop)}
    index = {
        "weights": {"sha256": origins[0]["sha256"]},
        "version": origins[0]["version"],
        "pictures": pictures,
    }
    (PICTURES / "pictures.json").write_text(json.dumps(index, indent=1) + "\n")
    print(f"wrote {len(pictures)} pictures: look at them, and at what the card says of them")


if __name__ == "__main__":
    main()
