"""Parts of a map in which the finest scale is drawn: strips of rows, no wider than the breast."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor

# Rows and columns of a map; ends are even, so that they fall on pixels of the next coarser one too.
Part = tuple[slice, slice]


def find_strips(breast: Tensor, strip_px: int, *, margin: int) -> Iterator[Part]:
    """Strips that hold the breast with a margin of air; air alone is left out.

    Args:
        breast: (B, h, w) bool, h and w even.
        strip_px: rows of a strip, even.
        margin: pixels around the breast that are wanted too, even.
    """
    height, width = breast.shape[1:]
    used = breast.any(dim=0)
    for top in range(0, height, strip_px):
        rows = slice(top, min(top + strip_px, height))
        near = used[max(top - margin, 0) : rows.stop + margin].any(dim=0).nonzero()
        if len(near):
            left, right = int(near[0]) // 2 * 2, int(near[-1]) // 2 * 2 + 2
            yield rows, slice(max(left - margin, 0), min(right + margin, width))


def grow(part: Part, margin: int, shape: tuple[int, int]) -> Part:
    """The part with a margin on all sides, as far as a map of a shape goes."""
    rows, columns = (
        slice(max(ends.start - margin, 0), min(ends.stop + margin, size))
        for ends, size in zip(part, shape, strict=True)
    )
    return rows, columns


def move_into(part: Part, outer: Part) -> Part:
    """Where a part lies in another that holds it."""
    rows, columns = (
        slice(ends.start - around.start, ends.stop - around.start)
        for ends, around in zip(part, outer, strict=True)
    )
    return rows, columns


def resize(part: Part, factor: float) -> Part:
    """The part on a map so many times as large."""
    rows, columns = (slice(int(ends.start * factor), int(ends.stop * factor)) for ends in part)
    return rows, columns
