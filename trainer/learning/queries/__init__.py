from trainer.learning.queries.abilities import (
    AbilityChange,
    AbilityState,
    CompetencyChange,
    find_change,
    find_state,
    find_states,
    list_history,
)
from trainer.learning.queries.items import list_aims, list_items, load_difficulties
from trainer.learning.queries.stock import Stock, open_stock

__all__ = [
    "AbilityChange",
    "AbilityState",
    "CompetencyChange",
    "Stock",
    "find_change",
    "find_state",
    "find_states",
    "list_aims",
    "list_history",
    "list_items",
    "load_difficulties",
    "open_stock",
]
