from trainer.learning.domain.answers import record_answers, replay_answers
from trainer.learning.domain.choice import Choice, choose_case
from trainer.learning.domain.stock import note_given

__all__ = ["Choice", "choose_case", "note_given", "record_answers", "replay_answers"]
