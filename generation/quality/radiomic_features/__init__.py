"""Families of radiomic features, one per file, as pyradiomics 3.0.1 defines them in two dimensions.

Written anew because pyradiomics no longer builds with current tools; compared with it feature by
feature in docs/decisions/quality.md. Names are pyradiomics' own.
"""
