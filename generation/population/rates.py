"""How often what is drawn: women, findings, where they lie, what else a case holds.

Published rates name their source; the rest is assumed and says so. The teaching set is enriched:
never compare a reader's results in it with those of screening.
"""

from __future__ import annotations

# Share of cases whose main finding calls for biopsy, is to be left alone, or that hold none.
# "teaching" is enriched, assumed. "screening": biopsies are recommended in 5.1 / .256 of 1,000
# screens (cancers found and PPV2, Lehman 2017, Radiology 283:49); that one screen in seven shows
# something benign worth a look is assumed.
PREVALENCE: dict[str, dict[str, float]] = {
    "teaching": {"actionable": 0.40, "look_alike": 0.15, "none": 0.45},
    "screening": {"actionable": 0.020, "look_alike": 0.140, "none": 0.840},
}

# What the main finding is, by chapter; within one, kinds come as often as `KIND_WEIGHT` says.
# Cancers show as masses in about half and as calcifications in about a quarter of cases; the
# rarer chapters are raised for teaching. Assumed.
GROUP_SHARE: dict[str, dict[str, float]] = {
    "actionable": {
        "mass": 0.42,
        "calcification": 0.28,
        "distortion": 0.12,
        "asymmetry": 0.14,
        "associated": 0.04,
    },
    "look_alike": {
        "look_alike": 0.40,
        "calcification": 0.22,
        "mass": 0.14,
        "asymmetry": 0.10,
        "post_surgical": 0.10,
        "distortion": 0.02,
        "associated": 0.02,
    },
}
# Kinds that are rarer or more common than others of their chapter; 1 where none is given.
KIND_WEIGHT: dict[str, float] = {
    "implant": 0.15,
    "reduction": 0.3,
    "overlapping_tissue": 1.5,
    "intramammary_node": 1.5,
}

# What comes beside the main finding; assumed.
INCIDENTAL_RATE = 0.12
# Assumed: most images of a site are processed alike, some come from elsewhere.
LOOK_SHARE = {"standard": 0.7, "crisp": 0.15, "soft": 0.15}
INCIDENTAL_SHARE = {"look_alike": 0.55, "calcification": 0.35, "post_surgical": 0.10}
# A cancer of at least this size may draw in or thicken the skin above it.
COMPANION_RATE = 0.08
COMPANION_FROM_MM = 15.0
ARTEFACT_RATE = 0.02
TECHNIQUE_RATE = 0.02
# A prior exam comes with what is developing, which cannot do without, and by these rates with all
# else, so that there being one tells nothing: about one in seven actionable findings is developing,
# which makes .30 in every role. Assumed, and fewer than in screening: a prior doubles the drawing.
PRIOR_RATE = {"actionable": 0.19, "look_alike": 0.30, "none": 0.30}
YEARS_BEFORE = (1.0, 3.0)
# Days in which a cancer doubles its volume, median and log-sd (Peer 1993, Cancer 71:3547: medians
# of 80, 157 and 188 days under 50, at 50-70 and over 70 years).
DOUBLING_DAYS = (157.0, 0.6)
# Chance that a benign finding is newer than the prior; assumed.
BENIGN_NEW = 0.10

# About the shares of screening.
DENSITY_SHARE = {"A": 0.10, "B": 0.40, "C": 0.40, "D": 0.10}
# Mean and sd by density; the fall with age is published, these numbers are assumed.
AGE_BY_DENSITY = {"A": (64.0, 8.0), "B": (59.0, 9.0), "C": (53.0, 8.0), "D": (48.0, 6.0)}
# VICTRE's 60 / 55 / 45 / 35 mm keep their differences; all are raised by as much as makes the
# population's mean 59 mm, and the sd within a class makes its sd 16 mm (Yaffe 2009, Med Phys
# 36:5437).
THICKNESS_MM = {"A": 69.5, "B": 64.5, "C": 54.5, "D": 44.5}
THICKNESS_SD_MM = 14.2
# Width and depth of the CC outline in mm: fatty breasts are larger; assumed.
WIDTH_MM = {"A": 181.0, "B": 178.0, "C": 173.0, "D": 168.0}
DEPTH_MM = {"A": 94.0, "B": 91.0, "C": 86.0, "D": 81.0}
INDICATION_SHARE = {"screening": 0.86, "family_history": 0.08, "symptomatic": 0.06}

# Where 980 cancers lay (Rummel 2015, ecancer 9:552). Benign findings are taken to lie alike.
QUADRANT_SHARE = {
    "upper_outer": 0.515,
    "upper_inner": 0.156,
    "lower_outer": 0.142,
    "lower_inner": 0.081,
    "central": 0.106,
}
