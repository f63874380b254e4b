from trainer.accounts.models.institution import Cohort, Institution, Membership, Role
from trainer.accounts.models.link import Invite, PasswordLink
from trainer.accounts.models.user import User

__all__ = ["Cohort", "Institution", "Invite", "Membership", "PasswordLink", "Role", "User"]
