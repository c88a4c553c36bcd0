"""User: a person who signs in by e-mail."""

import pghistory
from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.history import history_of


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


@pghistory.track(**history_of("User"), fields=["email", "is_active", "is_staff", "is_superuser"])
class User(AbstractUser):
    """Has no user name; what a person may do comes from memberships (stakeholders) and groups (staff)."""

    username = first_name = last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, default="en")
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)  # the row stays, the person is gone

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="an_address_is_one_person")]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return gettext("Somebody who was erased") if self.erased_at else self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
