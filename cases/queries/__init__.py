from cases.queries.library import case_for_reading, case_with_truth, ready_cases
from cases.queries.masks import load_masks
from cases.queries.variants import LadderStep, list_density_ladder, list_waited_for
from cases.queries.workers import find_live_workers, find_workers

__all__ = [
    "LadderStep",
    "case_for_reading",
    "case_with_truth",
    "find_live_workers",
    "find_workers",
    "list_density_ladder",
    "list_waited_for",
    "load_masks",
    "ready_cases",
]
