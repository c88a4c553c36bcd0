"""User: a person who signs in by e-mail."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager, Permission
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.history import history_of
from forums.kept_statements import KeptStatement
from forums.remembered import remembered


class UserManager(BaseUserManager):
    def get(self, *conditions, **named):
        """By the key alone, as each request of somebody signed in asks for a person, in a statement that is written once."""
        alone = type(self) is UserManager and not (self._db or conditions) and set(named) == {"pk"}
        by_key = alone and type(named["pk"]) is int  # of a relation it is another class: who is not in it stays away
        found = BY_KEY.rows(key=named["pk"]) if by_key else []
        return found[0] if found else super().get(*conditions, **named)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


# Other rights end the sessions that were opened with the former ones, whoever changes them and how. A round never comes
# back, so a person saved from an older copy opens no session again. Roles do the same by triggers of migration 0004.
NEW_RIGHTS_NEW_ROUND = """
    NEW.session_round = GREATEST(NEW.session_round, OLD.session_round);
    IF (NEW.is_active, NEW.is_staff, NEW.is_superuser) IS DISTINCT FROM (OLD.is_active, OLD.is_staff, OLD.is_superuser) THEN
        NEW.session_round = NEW.session_round + 1;
    END IF;
    RETURN NEW;
"""


@pghistory.track(**history_of("User"), fields=["email", "is_active", "is_staff", "is_superuser"])
class User(AbstractUser):
    """Has no user name; what a person may do comes from memberships (stakeholders) and groups (staff)."""

    username = first_name = last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, default="en")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)  # the row stays, the person is gone

    session_round = models.PositiveIntegerField(default=0, db_default=0, editable=False)  # earlier sessions have ended

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="an_address_is_one_person")]
        triggers = [
            pgtrigger.Trigger(
                name="new_rights_new_round",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=NEW_RIGHTS_NEW_ROUND,
            )
        ]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return gettext("Somebody who was erased") if self.erased_at else self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    @cached_property
    def _perm_cache(self):
        """All permissions, own ones and those of roles, in one statement; where Django keeps what it reads in two."""
        with connection.cursor() as cursor:
            cursor.execute(*remembered(_every_one if self.is_superuser else _held, self.pk))
            return {f"{app}.{name}" for app, name in cursor.fetchall()}

    def _get_session_auth_hash(self, secret=None):
        """What a session must show: a hash of the password, and of the round once sessions were ended."""
        if not self.session_round:
            return super()._get_session_auth_hash(secret=secret)
        shown = f"{self.session_round}:{self.password}"
        return salted_hmac("accreditation.User.session_round", shown, secret=secret, algorithm="sha256").hexdigest()


BY_KEY = KeptStatement(lambda *, key: User.objects.filter(pk=key), prepared=True)
NAMES = ("content_type__app_label", "codename")


def _every_one(_person):
    return Permission.objects.order_by().values_list(*NAMES).query.sql_with_params()


def _held(person):
    """What asks for the permissions of somebody with that key."""
    own = User.user_permissions.through.objects.filter(user=person).values("permission")
    groups = User.groups.through.objects.filter(user=person).values("group")
    of_roles = Permission.group_set.rel.through.objects.filter(group__in=groups).values("permission")
    held = Permission.objects.order_by().filter(Q(pk__in=own) | Q(pk__in=of_roles))
    return held.values_list(*NAMES).query.sql_with_params()
