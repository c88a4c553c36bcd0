"""Erasure: the record of what was decided and published stays, the person goes out of every table, in one transaction."""

import hashlib
import hmac

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation.models import Erasure, Organisation, User
from accreditation.personal.calendar import FAREWELL
from accreditation.personal.parts import PARTS, passing_histories
from accreditation.personal.who import who_is, who_was
from forums.operations import write
from forums.refusals import Refused
from forums.templatetags.moments import day_in_words


def fingerprint(address) -> str:
    """Answers "was this one erased?" for who knows the address and the key of this site; says it to nobody else."""
    return hmac.new(settings.SECRET_KEY.encode(), address.strip().lower().encode(), hashlib.sha256).hexdigest()


def was_erased(address) -> bool:
    return Erasure.objects.filter(fingerprint=fingerprint(address)).exists()


def find(address):
    """The person with this address, with an account or without one."""
    account = User.objects.filter(email__iexact=address.strip(), erased_at=None).first()
    return who_is(account) if account else who_was(address)


def against_erasing(who) -> list:
    """Sentences that say why somebody cannot be erased now."""
    if who.user and (who.user.is_staff or who.user.is_superuser):
        return [_("This is an account of the desk. An administrator takes it off the desk first.")]
    if who.user and who.user.erased_at:
        return [_("This account was erased before.")]
    return []


def erase(who, *, by, at, letter=True) -> Erasure:
    """Take the person out of every table; returns what was done, in numbers.

    Whoever asks for it has looked at a preview. The triggers that keep histories as they were let this one writer pass, in
    this transaction only. A letter to the last address says what was done; its row goes once it was sent.
    """
    with passing_histories():
        who = _held(who)
        if against := against_erasing(who):
            raise Refused(against[0])
        reached = (who.user.email, who.user.language) if who.user else (min(who.addresses), settings.LANGUAGE_CODE)
        report = _through_all(who, by=by, at=at)
        rows = [Erasure(fingerprint=fingerprint(each), by=by, at=at, report=report) for each in sorted(who.addresses)]
        erasure = Erasure.objects.bulk_create(rows)[0]
        if letter and report:
            _say_farewell(erasure, *reached, at=at)
        return erasure


def _held(who):
    """The person as they are now, while nobody else changes the account or who acts for its organisations."""
    if who.user is None:
        return who
    list(Organisation.objects.select_for_update().filter(pk__in=who.organisations).order_by("pk").values_list("pk"))
    return who_is(User.objects.select_for_update().get(pk=who.user.pk))


def _through_all(who, *, by, at) -> dict:
    """The words first: what says which rows are near the person is what goes after that."""
    named = {part.label: _put_aside(part, who) for part in PARTS.values() if part.words_searched}
    done = {part.label: named.get(part.label, 0) + _through(part, who, by=by, at=at) for part in PARTS.values()}
    return {label: rows for label, rows in done.items() if rows}


def _through(part, who, *, by, at) -> int:
    """Do to one table what is written down for it; returns how many rows changed."""
    keys = list(part.touched(who).values_list("pk", flat=True))
    done = part.act(who, part.rows(who), by=by, at=at) if part.act else 0
    rows = part.model._base_manager.filter(pk__in=keys)
    if part.deleted:
        _all, each = rows.delete()
        return each.get(part.label, 0)
    if part.replaced and keys:
        words = {column: value(who) if callable(value) else value for column, value in part.replaced.items()}
        done = rows.update(**words)
    return done


def _put_aside(part, who) -> int:
    """Take the person out of running text, whoever wrote it."""
    done = 0
    for condition, columns, words in part.searches(who):
        rows = part.model._base_manager.filter(condition) if columns and words else part.model._base_manager.none()
        for row in rows.only("pk", *columns).order_by("pk").iterator(chunk_size=200):
            said = {column: who.without(getattr(row, column), words) for column in columns}
            changed = {column: _fitting(part, column, text) for column, text in said.items() if text != getattr(row, column)}
            if changed:
                done += part.model._base_manager.filter(pk=row.pk).update(**changed)
    return done


def _fitting(part, column, text):
    return text[: part.model._meta.get_field(column).max_length]


def _say_farewell(erasure, address, language, *, at):
    with translation.override(language):
        about = {"erasure": erasure, "day": day_in_words(at.date())}
    write(FAREWELL, to=address, language=language, about=about, key=f"farewell:{erasure.pk}", at=at, private=True)
