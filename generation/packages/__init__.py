"""Trained generators between sites: one file each to carry, one folder each where installed."""
