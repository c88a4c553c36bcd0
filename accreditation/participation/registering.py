"""Persons are registered, corrected, replaced and cancelled by those who speak for an accredited organisation."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accreditation.models import Registration
from accreditation.operations.applying import held
from accreditation.participation import telling
from accreditation.participation.places import ask_for_a_place
from accreditation.participation.timing import ask_registration_window
from forums.clock import database_now
from forums.refusals import Refused

PERSON = ("name", "function", "email", "country", "gender", "access_needs", "name_public")
WHO = ("name", "email", "country")  # another name is another person: changed only while registration is open


@transaction.atomic
def register(accreditation, *, event, person, by, at=None, form_key=None):
    """Register a person for the hearing or the forum; `person` has the columns of PERSON. Pressed twice, it is done once.

    The lock on the accreditation makes those who register at the same moment count one after the other. `at` is for tests
    and the demonstration; otherwise the database's clock decides whether registration is open.
    """
    at = at or database_now()
    kept = held(accreditation)
    if done := _done_already(kept, form_key):
        return done
    ask_registration_window(kept, at)
    ask_for_a_place(kept, event, at)
    _ask_not_twice(kept, event, person["email"])
    made = Registration.objects.create(
        accreditation=kept,
        event=event,
        registered_by=by,
        registered_at=at,
        form_key=form_key,
        **{name: person[name] for name in PERSON if name in person},
    )
    telling.registered(made, by=by, at=at)
    return made


def _done_already(accreditation, form_key):
    if form_key is None:
        return None
    done = Registration.objects.filter(form_key=form_key).first()
    if done and done.accreditation_id != accreditation.pk:
        raise Refused(_("This page was used before. Open it anew and type it once more."))
    return done


def _ask_not_twice(accreditation, event, email, besides=None):
    twin = accreditation.registrations.standing().filter(event=event, email__iexact=email).exclude(pk=besides).first()
    if twin:
        raise Refused(
            _("%(name)s is registered for this event with the address %(email)s already. Give each person an own address.")
            % {"name": twin.name, "email": twin.email}
        )


@transaction.atomic
def correct(registration, *, person, by, at=None):
    """Change what is said of a registered person. Needs and consent can be changed at any time, who it is in time only."""
    at = at or database_now()
    kept = held(registration.accreditation)
    now = _standing(registration)
    changed = [name for name in PERSON if name in person and getattr(now, name) != person[name]]
    if set(changed) & set(WHO):
        ask_registration_window(kept, at)
    if "email" in changed:
        _ask_not_twice(kept, now.event, person["email"], besides=now.pk)
    for name in changed:
        setattr(now, name, person[name])
    now.save(update_fields=changed)
    if "email" in changed:
        telling.registered(now, by=by, at=at, speakers=False)
    return now


@transaction.atomic
def replace(registration, *, person, reason, by, at=None, form_key=None):
    """Let another person come in the place of this one; nobody else can take the place in between."""
    at = at or database_now()
    kept = held(registration.accreditation)
    if done := _done_already(kept, form_key):
        return done
    ask_registration_window(kept, at)
    cancel(registration, reason=reason, by=by, at=at)
    return register(kept, event=registration.event, person=person, by=by, at=at, form_key=form_key)


@transaction.atomic
def cancel(registration, *, reason, by, at):
    """Take a registration back, by the organisation or the desk; the person and those who speak for it are told why."""
    held(registration.accreditation)
    now = _standing(registration)
    if not reason.strip():
        raise Refused(_("Say why: the person and the organisation read it."))
    now.cancelled_at, now.cancelled_by, now.cancelled_because = at, by, reason
    now.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_because"])
    telling.cancelled(now, by=by, at=at)
    return now


def _standing(registration):
    """The row as it is, asked under the lock on its accreditation; one that was cancelled stays so."""
    now = Registration.objects.select_related("accreditation__organisation", "accreditation__forum").get(pk=registration.pk)
    if now.cancelled_at:
        raise Refused(_("This registration was cancelled. To let the person come, register them anew."))
    return now
