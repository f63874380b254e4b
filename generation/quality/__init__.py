"""Measures of generated images, one per file."""
