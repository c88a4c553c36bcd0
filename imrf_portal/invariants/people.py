"""Rules about people: what is left of those who were erased, what they asked of us."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

from accreditation.models import Membership, PersonalArchive, User
from forums.models import Letter

LATE = timedelta(hours=1)  # for a sweep of every minute
NEUTRAL = "@erased.invalid"


def of_an_erased_person_nothing_is_left():
    """Who was erased cannot sign in, acts for nobody, and has no name and no address, today or in the history."""
    erased = User.objects.filter(erased_at__isnull=False)
    own = {"user": OuterRef("pk")}
    histories = User._meta.get_field("history").related_model.objects.filter(pgh_obj=OuterRef("pk"))
    wrong = Q(is_active=True) | Q(is_staff=True) | ~Q(name="") | ~Q(email__endswith=NEUTRAL)
    wrong |= Q(Exists(EmailAddress.objects.filter(**own))) | Q(Exists(Membership.objects.filter(**own, until=None)))
    wrong |= Q(Exists(histories.exclude(email__endswith=NEUTRAL)))
    return erased.filter(wrong).values_list("pk", flat=True)


def an_archive_goes_after_its_days():
    """The file of somebody's own data is not there longer than it was said to be, and an erased person has none."""
    over = Q(expires_at__lte=now() - LATE) | Q(user__erased_at__isnull=False)
    return PersonalArchive.objects.filter(over).values_list("pk", flat=True)


def a_last_letter_leaves_no_address():
    """The letter to who was erased is gone soon after it went out."""
    sent = Letter.objects.filter(kind="accreditation/farewell", sent_at__lte=now() - LATE)
    return sent.values_list("pk", flat=True)


RULES = [of_an_erased_person_nothing_is_left, an_archive_goes_after_its_days, a_last_letter_leaves_no_address]
