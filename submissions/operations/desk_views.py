"""What a person of the desk chooses for their queue: columns, keys, the view they start with, and the views they save."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from forums.refusals import Refused
from forums.typed import one_line
from submissions.models import QueueChoice, SavedView
from submissions.permissions import may_share_views

MOST_VIEWS = 50  # of one person
SAME_NAME = _("You have a view of that name already. Give it another name, or delete the other view first.")


def choose_columns(*, by, columns):
    """Keep which columns this person sees, and in which order; none: the usual ones."""
    return _choose(by, columns=list(columns))


def choose_keys(*, by, on: bool):
    """Keep whether single keys act on the desk for this person."""
    return _choose(by, keys=on)


def start_with(view, *, by):
    """Open the queue with this view from now on; None: with the whole queue."""
    return _choose(by, start=view)


def _choose(user, **chosen):
    row, _new = QueueChoice.objects.update_or_create(user=user, defaults=chosen)
    return row


def save_view(*, by, name, query, columns, shared=False, at):
    """Save a way to look at the queue under a name that this person has not given before."""
    name = _name(name)
    if shared and not may_share_views(by):
        raise Refused(_("Views are shared by those who oversee the reviews. Save it for yourself."))
    if len(query) > SavedView._meta.get_field("query").max_length:
        raise Refused(_("The search line and the filters are too long to be saved."))
    if SavedView.objects.filter(owner=by).count() >= MOST_VIEWS:
        raise Refused(_("You have %(most)d views. Delete one first.") % {"most": MOST_VIEWS})
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                owner=by, name=name, query=query, columns=list(columns), shared=shared, saved_at=at
            )
    except IntegrityError:
        raise Refused(SAME_NAME) from None


def rename_view(view, *, by, name, at):
    """Give one's own view another name."""
    try:
        with transaction.atomic():
            _own(view, by).update(name=_name(name), saved_at=at)
    except IntegrityError:
        raise Refused(SAME_NAME) from None


@transaction.atomic
def share_view(view, *, by, shared, at):
    """Share one's own view with the team, or end that; who started with it starts with the whole queue again."""
    if shared and not may_share_views(by):
        raise Refused(_("Views are shared by those who oversee the reviews."))
    _own(view, by).update(shared=shared, saved_at=at)
    if not shared:
        QueueChoice.objects.filter(start=view.pk).exclude(user=by).update(start=None)


def delete_view(view, *, by):
    """Delete one's own view; who started with it starts with the whole queue again."""
    _own(view, by).delete()


def _own(view, user):
    return SavedView.objects.filter(pk=view.pk, owner=user)


def _name(typed):
    name = one_line(typed)
    if not name:
        raise Refused(_("Give the view a name."))
    if len(name) > SavedView._meta.get_field("name").max_length:
        raise Refused(_("The name is too long: at most %(most)d signs.") % {"most": 60})
    return name
