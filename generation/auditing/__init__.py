"""Does the generator repeat images that it learnt from? `python -m generation audit`.

Everything drawn is searched for in all training images, and so are real images that training never
saw (the held-out part of the committed split): what lies no nearer to the training images than
those was not copied from them. Planted copies go the same way and must be found. Method, limits
and what cannot be excluded: docs/decisions/memorisation.md.

The report is one JSON object. Fields may be added; those named here stay, `format` rises when one
changes its meaning. A number that could not be measured is null, and says why under `failures`.

    format          1
    kind            "parenchyma-audit"
    made            UTC date and time, ISO 8601
    version         of the code, as in provenance: "0.2.0+3f9a0c51d2e7"
    weights         {"name", "sha256", "steps"}: what drew; steps null where the record names none
    features        {"sha256"}: of the network whose features were compared; null if none was
    split           {"sha256", "held_out", "train"}: of generation/training/split.json, image counts
    machine         {"processor", "cores", "device", "python", "torch", "numpy"}
    settings        {"count", "seed", "patches_per_image", "samples": true where --samples was used}
    seconds         by stage, "total", and "processor": all cores' time
    images          {"training", "unseen", "drawn", "cases", "training_maps", "held_out_maps"}
    control         [{"kind", "said", "source", "found", "image", "patches", "searched",
                    "features"}]: the planted copies, and by what each was found
    measures        {measure: {"ratio", "interval", "least", "limit", "copy_limit", "lowest",
                    "below", "count", "chance", "median_unseen",
                    "views": {view: {"ratio", "count"}},
                    "nearest": [{"image", "at_mm", "training_image", "training_at_mm", "pose",
                    "ratio", "surroundings"}]}} for the measures below; null where one failed
    surroundings    {"copies", "highest", "highest_unseen", "limit"}: second look at the patches
    maps            {"training", "held_out", "difference", "interval", "most", "share_found",
                    "bands": [{"from_mm", "to_mm", "training", "held_out"}], "tiles": {"below",
                    "count", "chance", "highest_training", "highest_held_out"}}: the network on
                    real images' own maps, correlation of texture with the true image
    figures         what the page draws: distances and correlations, one list a set
    bars            [{"id", "set", "label", "measured", "floor", "bar", "stretch", "better", "met",
                    "stretch_met", "said"}]; met is null where it was not measured
    failures        {what: reason}
    notes           sentences a reader of the numbers must know
    summary         flat: the headline, for the model card

Measures: "images" is the pixel correlation of whole images (1.6 mm pixels, shifts and flips),
"patches" that of patches of 25.6 mm (0.4 mm pixels; all shifts, quarter turns, flips), "features"
the distance of the same patches in a small network's features. A ratio is a distance to the
nearest training image over the unseen images' median: 1 is as far as an unseen real image.

`summary` holds, for M in images, patches, features, numbers or null:

    M_ratio               median of the drawn; M_ratio_low and M_ratio_high its 95 % interval
    M_least               what it must not fall below: 1st percentile of unseen images' own
    M_limit               the unseen images' 1st percentile; M_copy_limit its square
    M_lowest              the nearest drawn one
    M_below               drawn items under that limit, of M_count
    M_chance              probability of so many or more

and, once:

    passed                true where every bar was met, and all were measured
    control_found, control_planted
    copies                patches whose surroundings agree too
    surroundings_highest, surroundings_highest_unseen
    own_texture_training, own_texture_held_out      mean correlation with the true image
    own_texture_difference, own_texture_difference_low, own_texture_difference_high
    own_texture_share_found                         the smallest leak that would be found
    training_images, unseen_images, drawn_images, cases, training_maps, held_out_maps
    bars_met, bars_missed, bars_not_measured
    version, weights_sha256, split_sha256, made, seconds
"""
