from trainer.challenges.models.challenge import Answer, Challenge

__all__ = ["Answer", "Challenge"]
