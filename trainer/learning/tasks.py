"""What beat asks for: the stock is looked after."""

from celery import shared_task

from trainer.learning.domain.stocking import restock


@shared_task(name="learning.restock", ignore_result=True)
def look_after_stock() -> None:
    """Order what the stock lacks."""
    restock()
