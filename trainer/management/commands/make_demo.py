from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from trainer.accounts.domain.demo import ensure_demo


class Command(BaseCommand):
    help = "Makes the demo institution and its people; again later, it only prints how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        for person, password in ensure_demo(credentials=settings.DEMO_CREDENTIALS):
            self.stdout.write(f"  {person.role.label:<17} {person.email:<26} {password}")
