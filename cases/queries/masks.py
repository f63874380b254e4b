import numpy as np
from numpy.typing import NDArray

from cases.models import Finding
from cases.previews import decode_mask


def load_masks(finding: Finding) -> dict[str, NDArray[np.bool_]]:
    """Load what can be seen of a finding, by view key: (H, W) bool arrays of the view's size."""
    masks = {}
    for view in finding.views.all():
        if view.mask:
            with view.mask.open("rb") as stored:
                masks[view.key] = decode_mask(stored.read())
    return masks
