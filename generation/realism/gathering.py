"""Folders of real images, as the layouts of training know them."""

from __future__ import annotations

from pathlib import Path

from generation.training.layouts import Layout, LayoutError, recognise


def open_folder(folder: Path) -> Layout:
    """Read a folder whose images may stand beside drawn ones.

    Raises:
        LayoutError: if it is none that is understood, or its images are of another kind.
    """
    layout = recognise(folder)
    if layout.refused:
        raise LayoutError(f"{layout.refused}; beside digital images it would tell itself at sight")
    return layout
