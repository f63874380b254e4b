"""How good the generator is, measured by itself: `python -m generation evaluate`.

The report is one JSON object. Fields may be added; those named here stay, `format` rises when one
changes its meaning. A number that could not be measured is null, and says why under `failures`.

    format          1
    kind            "parenchyma-evaluation"
    made            UTC date and time, ISO 8601
    version         of the code, as in provenance: "0.2.0+3f9a0c51d2e7"
    weights         {"name", "sha256", "steps"}: what drew; steps null where the record names none
    split           {"sha256", "held_out", "train"}: of generation/training/split.json, image counts
    machine         {"processor", "cores", "device", "python", "torch", "numpy"}
    settings        {"count", "seed", "patches_per_image", "sets", "skip", "samples": true where
                    --samples was used}
    seconds         by stage, and "total"
    images          {set: {"images", "patches", "left_out": {reason: count}}}
    sets            {set: {measure: ...}} for the sets below, each beside the floor
    floor           {measure: ...} between two halves of the held-out real images
    subgroups       [{"by": "density" or "lesions", "value", "marked": null or where its classes
                    come from, "set", "real_images", "images", "enough", "measures": {as in the
                    summary, after "S_"}}]; measures is empty where not enough
    conditions      what binds: coarse, lines, mask, nipple, skin, density, seeds
    figures         what the page draws: spectra, histograms, ROC curves
    bars            [{"id", "set", "label", "measured", "floor", "bar", "stretch", "better",
                    "met", "stretch_met", "said"}]; met is null where it was not measured
    failures        {"set/measure": reason}
    notes           sentences a reader of the numbers must know
    summary         flat: the headline, for the model card

Sets: "network" is the network alone, drawn on the condition maps of the held-out images and
compared with those images; "cases_cc" and "cases_mlo" are the views of whole cases, anatomy and
findings included, compared with the same real images (CC: there are no openly licensed digital
MLO views at 0.1 mm, so "cases_mlo" is measured against CC).

`summary` holds, for S in network, cases_cc, cases_mlo, numbers or null:

    S_c2st_auc            AUC of a classifier trained to tell; .5 is perfect
    S_frd_squared         Frechet radiomics distance, d squared, at the floor's sizes, features held
                          to five quartile distances about the real median
    S_frd_ratio           of it to the floor
    S_frd_squared_raw     d squared with the features as they are: a few patches decide it
    S_kernel_distance     on features of the small network
    S_precision, S_recall, S_density, S_coverage
    S_exponent            of the power spectrum, mean over images
    S_exponent_off_sd     its mean off the real mean, in deviations between real images
    S_bands_off_sd        the largest such of the octave bands
    S_histogram           Jensen-Shannon divergence of grey, bits
    S_histogram_ratio     of it to the 95th percentile of real against real
    S_moments_off_sd      the larger such of kurtosis and skewness
    S_tiling_periods      how many of the tile and upsampling periods stand out; and
    S_tiling_period_mm    the worst of them, null where none does; no key where not measured

and, once:

    real_exponent, real_exponent_sd
    floor_c2st_auc, floor_frd_squared, floor_frd_squared_raw, floor_kernel_distance,
    floor_precision, floor_recall, floor_density, floor_coverage, floor_histogram
    coarse_correlation, coarse_correlation_lowest, lines_correlation, mask_dice,
    nipple_off_mm (median), skin_off_mm, density_recovered, density_read_blind,
    seeds_difference, same_seed_same_bytes
    real_images, network_images, cases, patches_per_image
    bars_met, bars_missed, bars_not_measured
    version, weights_sha256, split_sha256, made, seconds
"""
