from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InviteOnlyAdapter(DefaultAccountAdapter):
    """People come by invite or import; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
