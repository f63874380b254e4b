from django.contrib import admin
from django.http import HttpRequest

from trainer.accounts.models import Cohort, Institution, Invite, Membership, PasswordLink, User


class MembershipInline(admin.TabularInline[Membership, User]):
    model = Membership
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "name")
    list_filter = ("is_active", "is_staff", "memberships__institution", "memberships__role")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "tutorial_done")
    inlines = (MembershipInline,)


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin[Institution]):
    list_display = ("name", "created_at")
    search_fields = ("name",)


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin[Cohort]):
    list_display = ("name", "institution", "created_at")
    list_filter = ("institution",)


class LinkAdmin:
    """Links are made by the site, which shows the token once; here they are only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


@admin.register(Invite)
class InviteAdmin(LinkAdmin, admin.ModelAdmin[Invite]):
    list_display = ("email", "role", "institution", "expires_at", "accepted_at")
    list_filter = ("institution", "role")


@admin.register(PasswordLink)
class PasswordLinkAdmin(LinkAdmin, admin.ModelAdmin[PasswordLink]):
    list_display = ("user", "created_by", "expires_at", "used_at")
