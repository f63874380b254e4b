"""What each measure is, in one plain sentence for a radiologist; names of sets and classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SETS: Final = {
    "network": "Network alone",
    "cases_cc": "Whole cases, CC",
    "cases_mlo": "Whole cases, MLO",
    "conditions": "Network alone",
    "images": "Whole images",
    "patches": "Patches of 26 mm",
    "features": "Patches, by features",
    "maps": "Network alone",
    "control": "Planted copies",
}


@dataclass(frozen=True)
class Explained:
    """A measure of the reports' summaries.

    Attributes:
        key: in the summary; after "<set>_" where it is measured for each set.
        digits: decimals shown.
        floor: key of real against real in the summary; "" where it has none.
        short: label of a column.
    """

    key: str
    label: str
    sentence: str
    digits: int = 2
    floor: str = ""
    short: str = ""


BY_SET: Final = (
    Explained(
        "c2st_auc",
        "Told from real by a classifier (AUC)",
        "A small network learns to tell drawn patches from real ones; 0.5 means that it guesses, "
        "1 that it is always right.",
        2,
        "floor_c2st_auc",
        "Classifier (AUC)",
    ),
    Explained(
        "frd_ratio",
        "Fréchet radiomics distance, as a multiple",
        "How far the radiomic texture features are from those of real patches, as a multiple of "
        "the distance between two halves of the real ones.",
        1,
        "",
        "Radiomics (multiple)",
    ),
    Explained(
        "frd_squared",
        "Fréchet radiomics distance, squared",
        "The same distance itself; 0 would be equal distributions.",
        1,
        "floor_frd_squared",
    ),
    Explained(
        "exponent_off_sd",
        "Coarse against fine structure (spectrum)",
        "How much finer or coarser the texture is than the real mean, in standard deviations "
        "between real images; within 1 is ordinary.",
        2,
        "",
        "Spectrum (deviations)",
    ),
    Explained(
        "bands_off_sd",
        "The same, worst band of size",
        "How far off the amount of structure is in the range of sizes where it is worst, in "
        "standard deviations between real images.",
    ),
    Explained(
        "histogram",
        "Distribution of grey",
        "How differently grey values are spread (bits of Jensen-Shannon divergence); 0 is equal.",
        3,
        "floor_histogram",
    ),
    Explained(
        "histogram_ratio",
        "The same, against real spread",
        "How differently grey values are spread, as a multiple of the most that real images differ "
        "among themselves (their 95th percentile).",
        2,
        "",
        "Grey (multiple)",
    ),
    Explained(
        "moments_off_sd",
        "Peaks and asymmetry of grey",
        "How far the kurtosis and skewness of grey are off (the larger), in standard deviations "
        "between real images.",
    ),
    Explained(
        "kernel_distance",
        "Kernel distance",
        "A second distance, on features of a small network that was trained here; 0 would be "
        "equal distributions.",
        4,
        "floor_kernel_distance",
        "Kernel distance",
    ),
    Explained(
        "precision",
        "Looks like some real tissue (precision)",
        "Share of drawn patches that lie among real ones; low where it draws what no real breast "
        "shows.",
        2,
        "floor_precision",
    ),
    Explained(
        "recall",
        "Covers the kinds of real tissue (recall)",
        "Share of real patches that lie among drawn ones; low where kinds of tissue are missing.",
        2,
        "floor_recall",
    ),
    Explained(
        "density",
        "Typical of real tissue (density measure)",
        "How deep inside the cloud of real patches the drawn ones lie; about 1 for real ones. Not "
        "breast density.",
        2,
        "floor_density",
    ),
    Explained(
        "coverage",
        "Variety (coverage)",
        "Share of real patches with a drawn one close by; low where the generator repeats itself.",
        2,
        "floor_coverage",
    ),
)

OF_CONDITIONS: Final = (
    Explained(
        "coarse_correlation",
        "Tissue lies where it was asked for",
        "Correlation of the coarse brightness asked for with that of the image, mean over images; "
        "1 is perfect.",
        3,
    ),
    Explained(
        "coarse_correlation_lowest",
        "The same, worst image",
        "The image that obeyed least.",
        3,
    ),
    Explained(
        "lines_correlation",
        "Vessels and ligaments run where they were asked for",
        "Correlation of the lines asked for with those found again in the image.",
        3,
    ),
    Explained(
        "mask_dice",
        "Outline of the breast",
        "Overlap (Dice) of the outline asked for with that of the image; 1 is perfect.",
        3,
    ),
    Explained("nipple_off_mm", "Nipple, mm off", "Distance of the nipple from where it should be."),
    Explained("skin_off_mm", "Skin line, mm off", "Distance of the skin from where it should be."),
    Explained(
        "density_recovered",
        "Density class kept",
        "Share of views in which what the network drew has the density class asked for.",
    ),
    Explained(
        "density_read_blind",
        "The same, read from the image alone",
        "Share of views whose density class a program that knows nothing else reads as it was "
        "meant.",
    ),
    Explained(
        "seeds_difference",
        "Two draws of one layout differ",
        "How much the fine texture differs between two draws on one layout: 0 the same, 1 as "
        "much as that of two women.",
    ),
)

OF_SUBGROUPS: Final = tuple(measure for measure in BY_SET if measure.short)

OF_BARS: Final = {
    "tiling_periods": "How many regular patterns it shows, such as a mesh or tiles, that real "
    "images do not.",
    "same_seed_same_bytes": "Whether a case that is drawn again is the same to the last bit; 1 is "
    "yes.",
    "planted_copies": "Copies of training images, some altered or blended, were hidden among the "
    "drawn ones: a search that misses them proves nothing.",
    "nearest_ratio": "How far away the nearest training image is; 1 is as far as from a real "
    "image that training never saw, less is nearer.",
    "nearest_chance": "If drawn images come near training images no more often than unseen real "
    "ones do, this is the probability of seeing so many; a tiny one means that it copies.",
    "copied_patches": "Beside a true copy the tissue goes on matching; beside a chance likeness it "
    "does not.",
    "own_texture": "Given the layout of a training image, does it paint that image's own fine "
    "texture? The correlation beyond what unseen images give; 0 is not at all.",
    "own_tiles": "The same, place by place, as a probability; a tiny one means that it remembers "
    "places.",
}

SENTENCES: Final = {
    **{measure.key: measure.sentence for measure in (*BY_SET, *OF_CONDITIONS)},
    **OF_BARS,
}

# What counts, answers yes or no or is a probability says it as well in a table as in a chart.
UNCHARTED: Final = frozenset(
    {
        "tiling_periods",
        "same_seed_same_bytes",
        "planted_copies",
        "nearest_chance",
        "copied_patches",
        "own_tiles",
    }
)
# Where a measure begins: a chart that began elsewhere would make a difference look larger.
ORIGINS: Final = {"c2st_auc": 0.5}

# What a subgroup is called: by what it is one, and its value.
SUBGROUPS: Final = {"view": "{} views", "density": "Density {}", "lesions": "{} lesions"}
