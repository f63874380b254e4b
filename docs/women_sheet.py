"""Sheet of 200 women, one left CC view each, and the texture of their images.

    python docs/women_sheet.py --part 0/2 --keep DIR & python docs/women_sheet.py --part 1/2 ...
    python docs/women_sheet.py --keep DIR --texture texture.json

Each part draws its share of the women into DIR (some seconds a woman on one core) and leaves
alone those that are there; the call without a part puts the sheet together.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generation.anatomy.views import make_breast  # noqa: E402
from generation.networks.drawing import draw_background  # noqa: E402
from generation.networks.generator import Generator  # noqa: E402
from generation.networks.weights import DEFAULT_WEIGHTS, load_generator  # noqa: E402
from generation.quality.texture import measure_texture  # noqa: E402
from generation.spec import CaseSpec  # noqa: E402

SHEET = ROOT / "docs" / "images" / "women.jpg"
WOMEN, COLUMNS = 200, 20
SHRINK = 16
FIRST_SEED = 2000
MEASURES = ("exponent", "kurtosis", "skewness", "orientation_deg", "coherence")


def draw_woman(number: int, network: Generator, keep: Path) -> None:
    """Draw one woman's left CC view; keep its thumbnail and its texture."""
    seed = FIRST_SEED + number
    spec = CaseSpec.draw(np.random.default_rng(seed), findings="none")
    condition = make_breast(spec, "left").views["cc"].condition
    grey = draw_background(network, condition, seed=seed, device="cpu")
    mask = np.kron(condition.mask, np.ones((2, 2), bool))
    grey = np.where(mask, grey, 0).astype(np.float32)
    texture = measure_texture(grey, mask)
    height, width = (size // SHRINK for size in grey.shape)
    small = grey.reshape(height, SHRINK, width, SHRINK).mean(axis=(1, 3))
    Image.fromarray((small * 255).astype(np.uint8)).save(keep / f"{number:03d}.png")
    measured = {"density": spec.density, "texture": asdict(texture) if texture else None}
    (keep / f"{number:03d}.json").write_text(json.dumps(measured))


def make_sheet(keep: Path) -> None:
    """Put the thumbnails together."""
    tiles = [np.asarray(Image.open(path)) for path in sorted(keep.glob("*.png"))]
    rows = [np.concatenate(tiles[i : i + COLUMNS], axis=1) for i in range(0, len(tiles), COLUMNS)]
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(rows)).save(SHEET, quality=80, optimize=True)
    sys.stdout.write(f"wrote {SHEET.relative_to(ROOT)}\n")


def summarise_texture(keep: Path) -> dict[str, dict[str, float]]:
    """Mean, standard deviation and range over the women whose breast holds a region."""
    found = [json.loads(path.read_text())["texture"] for path in sorted(keep.glob("*.json"))]
    measured = [texture for texture in found if texture]
    summary: dict[str, dict[str, float]] = {"women": {"count": len(measured)}}
    for name in MEASURES:
        values = np.array([texture[name] for texture in measured])
        summary[name] = {
            "mean": round(float(values.mean()), 3),
            "sd": round(float(values.std()), 3),
            "low": round(float(values.min()), 3),
            "high": round(float(values.max()), 3),
        }
    return summary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--part", help="which share to draw, such as 0/2")
    parser.add_argument("--texture", type=Path, help="JSON file for the texture's summary")
    arguments = parser.parse_args()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    if arguments.part:
        part, parts = (int(value) for value in arguments.part.split("/"))
        network = load_generator(DEFAULT_WEIGHTS, "cpu").network
        for number in range(part, WOMEN, parts):
            if not (arguments.keep / f"{number:03d}.json").exists():
                draw_woman(number, network, arguments.keep)
        return
    make_sheet(arguments.keep)
    summary = summarise_texture(arguments.keep)
    sys.stdout.write(json.dumps(summary, indent=1) + "\n")
    if arguments.texture:
        arguments.texture.write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    main()
