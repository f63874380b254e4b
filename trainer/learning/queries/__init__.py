from trainer.learning.queries.abilities import (
    AbilityChange,
    AbilityState,
    find_change,
    find_state,
    find_states,
    list_history,
)
from trainer.learning.queries.candidates import list_candidates
from trainer.learning.queries.items import list_items, load_difficulties

__all__ = [
    "AbilityChange",
    "AbilityState",
    "find_change",
    "find_state",
    "find_states",
    "list_candidates",
    "list_history",
    "list_items",
    "load_difficulties",
]
