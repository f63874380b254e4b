from trainer.accounts.models.institution import Cohort, Institution, Membership, Role
from trainer.accounts.models.link import Invite, PasswordLink
from trainer.accounts.models.user import Language, User

__all__ = [
    "Cohort",
    "Institution",
    "Invite",
    "Language",
    "Membership",
    "PasswordLink",
    "Role",
    "User",
]
