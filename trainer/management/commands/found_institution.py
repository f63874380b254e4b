from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from trainer.accounts.domain.institutions import create_institution
from trainer.accounts.domain.invites import invite_person
from trainer.accounts.errors import AccountsError
from trainer.accounts.models import Role


class Command(BaseCommand):
    help = "Founds an institution and prints the invite link of its first operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help='for example "County Hospital"')
        parser.add_argument("email", help="the operator's email address")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                institution = create_institution(name=options["name"])
                _, token = invite_person(
                    institution=institution, email=options["email"], role=Role.OPERATOR
                )
        except AccountsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(settings.SITE_URL + reverse("invite", args=[token]))
