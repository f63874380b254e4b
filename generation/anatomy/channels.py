"""What the network is given of a view: the condition map's channels and their grid.

Constants alone, so that a machine with torch and numpy and nothing else can train.
"""

CHANNELS = (
    "mask",
    "skin_distance",
    "coarse",
    "lines",
    "nipple_depth",
    "nipple_lateral",
    "fine_texture",
    "middle_texture",
)
MAP_PIXEL_MM = 0.2
COARSE_SIGMA_MM = 2.8
# Distances to the skin are told up to this; styles as shares of so many standard deviations.
SKIN_REACH_MM = 30.0
STYLE_REACH = 2.0
