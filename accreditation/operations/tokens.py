"""Tokens of the API: made once, shown once, revoked, told of. What they open is asked at the door (accreditation/api/)."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accreditation import token_words
from accreditation.models import ApiAnswer, ApiToken
from accreditation.notifications import people_of
from accreditation.operations.living import hold_living
from forums.operations import write
from forums.refusals import Refused

LONGEST_DAYS = 365
MOST_TOKENS = 20  # of an organisation, in force
DAYS_BEFORE = 14  # so early the people are told that one expires
ANSWERS_KEPT = timedelta(hours=48)  # promised are 24
FRESH = timedelta(minutes=1)  # a use is written down so often at most
Scope = ApiToken.Scope


@transaction.atomic
def make_token(organisation, *, name, scopes, days, form_key, by, at):
    """Make a token; returns it and its word, which is kept nowhere. Everybody who speaks for the organisation is told.

    Pressing twice makes one: the second press gets the token and no word.
    """
    if made := ApiToken.objects.filter(form_key=form_key, made_by=by).first():
        return made, ""
    organisation = hold_living(organisation)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(_("A token holds for at most %(most)d days. Choose fewer.") % {"most": LONGEST_DAYS})
    if organisation.api_tokens.standing(at).count() >= MOST_TOKENS:
        raise Refused(_("Your organisation has %(most)d tokens. Revoke one that nobody needs.") % {"most": MOST_TOKENS})
    word = token_words.new_word()
    wanted = {Scope.READ, *scopes}  # who may write may read what is written
    try:
        with transaction.atomic():
            token = organisation.api_tokens.create(
                name=name,
                scopes=[code for code in Scope.values if code in wanted],
                fingerprint=token_words.fingerprint(word),
                ending=word[-4:],
                made_by=by,
                made_at=at,
                expires_at=at + timedelta(days=days),
                form_key=form_key,
            )
    except IntegrityError as why:
        raise Refused(_("This form was used before. Open the page again and begin from there.")) from why
    _tell("accreditation/token_made", token, at=at)
    return token, word


def revoke_token(token, *, by, at):
    """End a token at once; revoking twice changes nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)


def token_of(word, *, at):
    """The token with that word that holds at that moment and whose maker still may; else None."""
    if not token_words.is_ours(word):
        return None
    holding = ApiToken.objects.standing(at).of_speakers().select_related("organisation", "made_by")
    return holding.filter(fingerprint=token_words.fingerprint(word)).first()


def note_use(token, *, at):
    """Write down that a token was used, once a minute at most; of its first use the people are told."""
    if token.last_used_at and at < token.last_used_at + FRESH:
        return
    if token.first_used_at is None:
        with transaction.atomic():
            if ApiToken.objects.filter(pk=token.pk, first_used_at=None).update(first_used_at=at, last_used_at=at):
                _tell("accreditation/token_used", token, at=at)
        return
    ApiToken.objects.filter(pk=token.pk, last_used_at__lte=at - FRESH).update(last_used_at=at)


def remind_of_tokens(*, at, most=200) -> int:
    """Tell of tokens that expire soon, each once; returns how many were told of."""
    soon = ApiToken.objects.standing(at).of_speakers().filter(expires_at__lte=at + timedelta(days=DAYS_BEFORE), told_at=None)
    told = 0
    for token in soon.select_related("organisation", "made_by")[:most]:
        with transaction.atomic():
            if ApiToken.objects.filter(pk=token.pk, told_at=None).update(told_at=at):
                _tell("accreditation/token_expires", token, at=at)
                told += 1
    return told


def clear_answers(*, at) -> int:
    """Forget what requests got under their keys, two days later; returns how many."""
    done, _each = ApiAnswer.objects.filter(at__lte=at - ANSWERS_KEPT).delete()
    return done


def _tell(template, token, *, at):
    for person in people_of(token.organisation):
        about = {"token": token, "organisation": token.organisation, "person": person, "maker": str(token.made_by)}
        write(
            template,
            to=person.email,
            language=person.language,
            about=about,
            key=f"{template.partition('/')[2].replace('_', '-')}:{token.pk}:{person.pk}",
            at=at,
        )
