"""How a synthetic mammogram is made: spec, anatomy, networks, lesions, physics, truth."""
