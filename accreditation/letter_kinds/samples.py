"""Invented people and organisations that letters are previewed with."""

from django.utils.translation import gettext_lazy as _

from accreditation.models import Organisation, User

SPEAKERS = _("Everybody who speaks for the organisation")


def sample_person():
    return User(email="amina@example.org", name="Amina Example")


def sample_organisation():
    return Organisation(slug="harbour-light", name="Harbour Light International")
