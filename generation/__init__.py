"""How a synthetic mammogram is made: spec, anatomy, networks, lesions, physics, truth."""

__version__ = "0.4.0"
