"""Makes two sheets of pictures for the documentation.

python docs/contact_sheet.py cases                 the README's sheet of cases (a minute)
python docs/contact_sheet.py findings build/atlas  of an atlas that is there: first run
                                                   python -m generation atlas --out build/atlas
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from generation.lesions import REGISTRY  # noqa: E402
from generation.spec import CaseSpec  # noqa: E402
from generation.synthesis import synthesise  # noqa: E402

IMAGES = ROOT / "docs" / "images"
CASES = IMAGES / "cases.png"
FINDINGS = IMAGES / "findings.jpg"
SHRINK = 6
SEED = 41
TILE_PX, LABEL_PX, BLOCKS = 168, 20, 2
FINDINGS_QUALITY = 80
# Of a small finding's crop the middle is enough; these faults show at full size alone.
SMALL_CROP_PX, MIDDLE_PX = 320, 220
DETAILED = ("motion_blur", "under_exposure")


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


def make_cases_sheet() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    sheet = np.concatenate([hang_case(density) for density in "ABCD"], axis=1)
    Image.fromarray(sheet).save(CASES, optimize=True)
    print(f"wrote {CASES.relative_to(ROOT)}")


def make_findings_sheet(atlas: Path) -> None:
    """Every kind of an atlas, its first example in each density, the view that shows it best."""
    kinds = [kind for kind in REGISTRY if (atlas / "entries" / f"{kind}-1-A.json").is_file()]
    per_block = -(-len(kinds) // BLOCKS)
    size = (BLOCKS * 4 * TILE_PX + 12 * (BLOCKS - 1), per_block * (TILE_PX + LABEL_PX))
    sheet = Image.new("L", size, 16)
    for place, kind in enumerate(kinds):
        corner = (place // per_block * (4 * TILE_PX + 12), place % per_block * (TILE_PX + LABEL_PX))
        _paste_kind(sheet, corner, atlas, kind)
    IMAGES.mkdir(parents=True, exist_ok=True)
    sheet.save(FINDINGS, quality=FINDINGS_QUALITY, optimize=True)
    print(f"wrote {FINDINGS.relative_to(ROOT)}: {len(kinds)} kinds, {sheet.size}")


def _paste_kind(sheet: Image.Image, corner: tuple[int, int], atlas: Path, kind: str) -> None:
    left, top = corner
    entries = [
        json.loads((atlas / "entries" / f"{kind}-1-{density}.json").read_text())
        for density in "ABCD"
    ]
    view = max(entries[1]["views"], key=lambda name: entries[1]["views"][name]["dprime"] or 0.0)
    draw = ImageDraw.Draw(sheet)
    draw.text(
        (left + 4, top + 3), _label(kind, entries[0]), fill=230, font=ImageFont.load_default(13)
    )
    for column, entry in enumerate(entries):
        picture = entry["views"][view]["pictures"][-1 if kind in DETAILED else 0]
        tile = _cut_tile(Image.open(atlas / "images" / picture["image"]))
        sheet.paste(tile, (left + column * TILE_PX, top + LABEL_PX))


def _cut_tile(image: Image.Image) -> Image.Image:
    if image.width == SMALL_CROP_PX:
        margin = (SMALL_CROP_PX - MIDDLE_PX) // 2
        image = image.crop((margin, margin, margin + MIDDLE_PX, margin + MIDDLE_PX))
    return image.resize((TILE_PX - 2, TILE_PX - 2), Image.Resampling.LANCZOS)


def _label(kind: str, entry: dict[str, Any]) -> str:
    finding = REGISTRY[kind]
    words = [
        value.label.lower()
        for part in finding.descriptors
        for value in part.values
        if part.key != "view" and entry["descriptors"][part.key] == value.key
    ]
    words = [word for word in words if word != finding.label.lower()]
    return ", ".join([finding.label, *words, f"{entry['size_mm']:g} mm"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheet", choices=("cases", "findings"))
    parser.add_argument("atlas", type=Path, nargs="?", help="folder of the atlas, for findings")
    args = parser.parse_args()
    if args.sheet == "cases":
        make_cases_sheet()
    elif args.atlas is None:
        parser.error("findings needs the folder of an atlas")
    else:
        make_findings_sheet(args.atlas)


if __name__ == "__main__":
    main()
