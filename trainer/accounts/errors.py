from collections.abc import Mapping

from django.utils.translation import gettext as _


class AccountsError(Exception):
    """What was asked cannot be done; `errors` holds messages by field, fit for a person."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(text for texts in self.errors.values() for text in texts))


class LinkError(AccountsError):
    """A link that is unknown, used or too old. The three are told apart by nobody outside."""

    def __init__(self) -> None:
        super().__init__(
            {
                "token": [
                    _("This link is not valid any more. Ask the person who sent it for a new one.")
                ]
            }
        )
