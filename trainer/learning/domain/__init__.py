from trainer.learning.domain.answers import record_answers, replay_answers
from trainer.learning.domain.choice import Choice, choose_case

__all__ = ["Choice", "choose_case", "record_answers", "replay_answers"]
