"""Pairs made small for shards: what is kept of a condition, and which parts of an image.

A whole breast of the real images takes about 1.6 MB packed, nearly all of it the grey. Where that
is too much for all of them, tiles are drawn as the training draws its crops: anywhere with enough
breast, away from lesions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.anatomy.condition import CHANNELS
from generation.training.codec import count_nodes, squeeze, squeeze_bits
from generation.training.dicom import ImageError
from generation.training.images import RealImage, find_breast, load_grey
from generation.training.pair import Pair
from generation.training.shards import (
    CHANNEL,
    EXCLUDED,
    GREY,
    LEVELS,
    ChannelForm,
    decode_channel,
)

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
Tensors = dict[str, NDArray[Any]]
# Top, left, height and width on the 0.2 mm grid.
Tile = tuple[int, int, int, int]

# The coarse grey has no structure below its blur of 14 pixels; the distance to the skin has kinks.
KINDS = {"mask": ("bits", 0), "skin_distance": ("smooth", 4), "coarse": ("smooth", 8)}
KINDS["lines"] = ("bytes", 0)
FORMS = tuple(ChannelForm(name, *KINDS.get(name, ("plane", 0))) for name in CHANNELS)
# Largest difference that unpacking may make, in the channel's own 0-1. Where distances from two
# skins meet, the kink is rounded off: 0.03 is 0.9 mm of the 30 mm that the channel spans.
TOLERANCE = {"bits": 0.0, "bytes": 0.003, "plane": 0.002, "smooth": 0.03}

LEAST_BREAST = 0.35
MOST_EXCLUDED = 0.25
CANDIDATES = 200
COMPARED = 16
CHECK_STEP = 8
# Of the edge away from the chest wall: a cropped nipple touches less, a breast at that edge more.
TOUCHING = 0.25
DARKEST, BURNT_GREY, MOST_BURNT = 0.15, 0.998, 0.3


class PackError(ValueError):
    """Images that cannot be packed as asked; the message is for people."""


def check_image(image: RealImage) -> None:
    """Refuse an image that is not a processed mammogram the right way round, whatever it says.

    Raises:
        ImageError: with the reason.
    """
    grey = load_grey(image)[::CHECK_STEP, ::CHECK_STEP]
    mask = find_breast(grey)
    if mask.mean() < 0.02:
        raise ImageError("no breast is seen in it: it is black, or the value shown white is wrong")
    if mask.mean() > 0.97:
        raise ImageError("no background is seen in it; it may be inverted")
    at_left, at_right = mask[:, :2].mean(), mask[:, -2:].mean()
    if at_right > max(TOUCHING, 2 * at_left):
        raise ImageError("its breast lies at the edge away from where its chest wall is said to be")
    if np.percentile(grey[mask], 95) < DARKEST:
        raise ImageError("it is nearly black: the value shown white is not known, or wrong")
    if (grey[mask] > BURNT_GREY).mean() > MOST_BURNT:
        raise ImageError("most of it is plain white: its window is not known, or wrong")


def encode_pair(pair: Pair, tile: Tile | None = None) -> Tensors:
    """A pair, or a tile of it, as named tensors for a shard.

    Raises:
        PackError: if a channel does not come out as it went in.
    """
    height, width = pair.excluded.shape
    top, left, rows, columns = tile or (0, 0, height, width)
    here = np.s_[top : top + rows, left : left + columns]
    tensors: Tensors = {
        GREY: squeeze(pair.grey[2 * top : 2 * (top + rows), 2 * left : 2 * (left + columns)]),
        EXCLUDED: squeeze_bits(pair.excluded[here]),
    }
    mask = pair.channels[0] > 0
    for form, channel in zip(FORMS, pair.channels.astype(np.float32), strict=True):
        packed = _encode_channel(channel, mask, form, (top, left, rows, columns))
        _check(packed, channel[here], mask[here], form)
        tensors[CHANNEL + form.name] = packed
    return tensors


def _encode_channel(
    channel: FloatArray, mask: BoolArray, form: ChannelForm, tile: Tile
) -> NDArray[Any]:
    top, left, rows, columns = tile
    part = np.s_[top : top + rows, left : left + columns]
    if form.kind == "bits":
        return squeeze_bits(mask[part])
    if form.kind == "bytes":
        return squeeze(np.round(channel[part] * LEVELS).astype(np.uint8))
    if form.kind == "plane":
        return _fit_plane(channel[part], mask[part])
    # Only what lies near the tile matters to its nodes.
    reach = 4 * form.step
    near = np.s_[
        max(top - reach, 0) : top + rows + reach, max(left - reach, 0) : left + columns + reach
    ]
    field = extend(channel[near], mask[near])
    return _take_nodes(field, (min(top, reach), min(left, reach)), (rows, columns), form.step)


def extend(field: FloatArray, mask: BoolArray) -> FloatArray:
    """(h, w) field that goes on beyond the breast as straight as it came: each point outside takes
    the mirror image, through the nearest point inside, of the field there."""
    if mask.all() or not mask.any():
        return field
    nearest = ndimage.distance_transform_edt(~mask, return_distances=False, return_indices=True)
    here = np.indices(mask.shape)
    edge = np.array(mask.shape).reshape(2, 1, 1) - 1
    y, x = np.clip(2 * nearest - here, 0, edge)
    at_skin = field[nearest[0], nearest[1]]
    mirrored = np.where(mask[y, x], field[y, x], at_skin)
    return np.where(mask, field, 2 * at_skin - mirrored).astype(np.float32)


def _take_nodes(
    field: FloatArray, origin: tuple[int, int], shape: tuple[int, int], step: int
) -> NDArray[np.float16]:
    """Values every `step` pixels; those beyond the field go on straight."""
    ends = [
        start + step * (count_nodes(length, step) - 1)
        for start, length in zip(origin, shape, strict=True)
    ]
    missing = [(0, max(0, end + 1 - size)) for end, size in zip(ends, field.shape, strict=True)]
    field = np.pad(field, missing, mode="reflect", reflect_type="odd")
    rows, columns = (slice(a, b + 1, step) for a, b in zip(origin, ends, strict=True))
    return np.asarray(field[rows, columns], np.float16)


def _fit_plane(field: FloatArray, mask: BoolArray) -> FloatArray:
    """Least squares a, b, c of a + b y + c x over the breast."""
    y, x = np.nonzero(mask)
    if not len(y):
        return np.zeros(3, np.float32)
    terms = np.stack([np.ones(len(y)), y, x], axis=1)
    numbers, *_ = np.linalg.lstsq(terms, field[mask].astype(np.float64), rcond=None)
    return np.asarray(numbers, np.float32)


def _check(packed: NDArray[Any], channel: FloatArray, mask: BoolArray, form: ChannelForm) -> None:
    unpacked = decode_channel(packed, (channel.shape[0], channel.shape[1]), form)
    worst = float(np.abs(unpacked - channel)[mask].max(initial=0.0))
    if worst > TOLERANCE[form.kind]:
        raise PackError(
            f"the channel {form.name} cannot be kept as {form.kind}: {worst:.3f} off at worst"
        )


def choose_tiles(pair: Pair, count: int, *, edge_px: int, rng: np.random.Generator) -> list[Tile]:
    """Up to `count` tiles with enough breast and little excluded, spread over the image.

    Each is the one of a few random tiles that overlaps least with those before: so that all of a
    breast is seen, and its edge as often as training would see it.

    Args:
        pair: of a whole image.
        count: wanted; fewer where the image has fewer.
        edge_px: edge of a tile on the 0.2 mm grid; a smaller image gives itself.
        rng: the only source of chance.
    """
    height, width = pair.excluded.shape
    rows, columns = min(edge_px, height), min(edge_px, width)
    candidates = [
        (int(rng.integers(height - rows + 1)), int(rng.integers(width - columns + 1)))
        for _ in range(CANDIDATES)
    ]
    breast = np.asarray(pair.channels[0] > 0)
    usable = [
        (top, left, rows, columns)
        for top, left in dict.fromkeys(candidates)
        if breast[top : top + rows, left : left + columns].mean() >= LEAST_BREAST
        and pair.excluded[top : top + rows, left : left + columns].mean() <= MOST_EXCLUDED
    ]
    chosen: list[Tile] = []
    while usable and len(chosen) < count:
        best = min(usable[:COMPARED], key=lambda tile: _overlap(tile, chosen))
        usable.remove(best)
        chosen.append(best)
    return chosen


def _overlap(tile: Tile, others: Sequence[Tile]) -> int:
    """Pixels shared with other tiles of the same size, summed."""
    top, left, rows, columns = tile
    return sum(
        max(0, rows - abs(top - other[0])) * max(0, columns - abs(left - other[1]))
        for other in others
    )
