"""Makes the README's sheet of cases: `python docs/contact_sheet.py` (about a minute)."""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generation.spec import CaseSpec  # noqa: E402
from generation.synthesis import synthesise  # noqa: E402

SHEET = ROOT / "docs" / "images" / "cases.png"
SHRINK = 6
SEED = 41


def hang_case(density: str) -> np.ndarray:
    """One case as it hangs: right and left back to back, CC over MLO, 8-bit."""
    spec = CaseSpec.draw(np.random.default_rng(SEED + ord(density)), density=density)
    views = synthesise(spec).views
    rows = [
        np.concatenate([views[f"right_{view}"].pixels, views[f"left_{view}"].pixels], axis=1)
        for view in ("cc", "mlo")
    ]
    hung = np.concatenate(rows).astype(np.float32)
    height, width = (size // SHRINK * SHRINK for size in hung.shape)
    blocks = hung[:height, :width].reshape(height // SHRINK, SHRINK, width // SHRINK, SHRINK)
    return (blocks.mean(axis=(1, 3)) / 16).astype(np.uint8)


def make_sheet() -> None:
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    sheet = np.concatenate([hang_case(density) for density in "ABCD"], axis=1)
    Image.fromarray(sheet).save(SHEET, optimize=True)
    print(f"wrote {SHEET.relative_to(ROOT)}")


if __name__ == "__main__":
    make_sheet()
