"""Calls: set as the desk typed them; their closing moved in one action that says what it was, why and by whose authority."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from forums import closings
from forums.feeding import too_late
from forums.models import Call, Extension, Letter
from forums.operations.changing import LANGUAGES, in_six, note_change
from forums.refusals import Refused
from forums.templatetags.moments import in_words
from forums.typed import one_line, without_control
from forums.windows import Phase

LONGEST_REASON = 2000
Told = Extension.Told


@transaction.atomic
def extend(call, *, closes_at, reason, authority, told=Told.CONCERNED, by, at):
    """Let a call close later, or open it again after it closed; returns the Extension.

    The former closing stays on the public page with the reason and the authority. Letters that name it and were not
    sent are taken back; those concerned hear of the new one by a sweep, unless `told` is nobody.
    """
    kept = _held(call)
    ask_extension(kept, closes_at=closes_at, reason=reason, authority=authority, told=told, at=at)
    kind = Extension.Kind.REOPENED if kept.phase(at) is Phase.CLOSED else Extension.Kind.EXTENDED
    extension = move_closing(
        kept, closes_at=closes_at, kind=kind, reason=reason, authority=authority, told=told, by=by, at=at
    )
    note_change(
        kept.forum,
        "call_moved",
        at=at,
        call=in_six(kept, "name"),
        slug=kept.slug,
        kind=str(extension.kind),
        was=extension.was.isoformat(),
        became=extension.became.isoformat(),
        reason=extension.reason,
        authority=extension.authority,
        told=str(extension.told),
    )
    call.closes_at, call.sequence = kept.closes_at, kept.sequence
    return extension


def ask_extension(call, *, closes_at, reason, authority, told, at):
    """Raise Refused if the call cannot be extended so; stores nothing."""
    _ask_the_closing(call, closes_at, at)
    _ask_the_duty(call, closes_at)
    _words(reason, authority)
    _ask_who_is_told(told)


def move_closing(kept, *, closes_at, kind, reason, authority, told, by, at):
    """Write down a moved closing; returns the Extension. For operations that hold the call and asked what stands against it.

    Raises the call's sequence and takes back what was written about the former closing and not yet sent.
    """
    reason, authority = _words(reason, authority)
    _ask_who_is_told(told)
    extension = kept.extensions.create(
        was=kept.closes_at, became=closes_at, reason=reason, authority=authority, kind=kind, told=told, by=by, at=at
    )
    kept.closes_at = closes_at
    kept.sequence += 1
    kept.save(update_fields=["closes_at", "sequence"])
    take_back_outdated(at=at, call=kept)
    return extension


@transaction.atomic
def set_call(call, *, at):
    """Store a call as it was typed, new or changed; what people rely on already is moved by `extend`, not here."""
    was = _held(call) if call.pk else None
    ask_call(call, was, at=at)
    call.sequence = 0 if was is None else was.sequence + _looks_different(was, call)
    call.save()
    if was is not None and was.closes_at != call.closes_at:
        take_back_outdated(at=at, call=call)
    return call


def ask_call(call, was, *, at):
    """Raise Refused if the call cannot be stored so; `was` is the call as it stands, None for a new one. Stores nothing."""
    if call.opens_at and call.closes_at and call.closes_at <= call.opens_at:
        raise Refused(_("The call closes before it opens. Check both instants."))
    if call.closes_at and not call.opens_at:
        raise Refused(_("The call closes but never opens. Say when it opens."))
    if call.kind and call.purpose != Call.Purpose.INPUT:
        raise Refused(_("Only a call for inputs asks for a kind of input. Leave the kind empty, or choose another purpose."))
    if was is not None:
        _ask_whether_people_rely_on_it(was, call, at)
    _ask_the_duty(call, call.closes_at)


def _held(call):
    """The call as it stands, held until the transaction ends, so that sending and extending wait for each other."""
    return Call.objects.select_for_update(of=("self",)).select_related("forum", "feeds__forum").get(pk=call.pk)


def _words(reason, authority):
    reason, authority = without_control(reason).strip(), one_line(authority)
    if not (reason and authority):
        raise Refused(_("A moved closing is public: say why it moves and who decided it."))
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("The reason has %(count)d signs; it may have %(most)d. Shorten it: it stands on the public page.")
            % {"count": len(reason), "most": LONGEST_REASON}
        )
    if len(authority) > Extension._meta.get_field("authority").max_length:
        raise Refused(_("Name who decided it in at most 200 signs."))
    return reason, authority


def _ask_who_is_told(told):
    if told not in Told.values:
        raise Refused(_("Say who is told of the new closing."))


def _ask_the_closing(kept, closes_at, at):
    """An extension lies ahead of now and behind the closing that people know; both are named on the forum's clock."""
    zone = kept.forum.zone
    if kept.closes_at is None:
        raise Refused(
            _("“%(call)s” has no closing yet, so there is nothing to extend. Set one on its page.") % {"call": kept}
        )
    if closes_at is None:
        raise Refused(_("Say when “%(call)s” closes instead.") % {"call": kept})
    if closes_at <= at:
        raise Refused(
            _("The new closing, %(closing)s, is past: it is %(now)s. Choose a moment that lies ahead.")
            % {"closing": in_words(closes_at, zone), "now": in_words(at, zone)}
        )
    if closes_at <= kept.closes_at:
        raise Refused(
            _(
                "“%(call)s” closes on %(was)s; %(closing)s is not later. People rely on the closing they know: choose a "
                "later moment."
            )
            % {"call": kept, "was": in_words(kept.closes_at, zone), "closing": in_words(closes_at, zone)}
        )


def _ask_the_duty(call, closes_at):
    if call.feeds_id is None:
        return
    if call.feeds.forum_id != call.forum_id:
        raise Refused(_("The duty that the call feeds belongs to another forum. Choose one of this forum."))
    if sentence := too_late(call.name, closes_at, call.feeds):
        raise Refused(sentence)


def _ask_whether_people_rely_on_it(was, call, at):
    """Until a call opens its window may be set freely, unless it was moved in public before."""
    opened = was.opens_at is not None and was.opens_at <= at
    if opened and call.opens_at != was.opens_at:
        raise Refused(
            _("“%(call)s” opened on %(was)s; that cannot be changed any more. Leave the opening as it is.")
            % {"call": was, "was": in_words(was.opens_at, was.forum.zone)}
        )
    if call.closes_at == was.closes_at or (was.closes_at is None and call.closes_at > at):
        return
    if was.closes_at is None and opened:
        raise Refused(
            _("The closing, %(closing)s, is past: it is %(now)s. Choose a moment that lies ahead.")
            % {"closing": in_words(call.closes_at, was.forum.zone), "now": in_words(at, was.forum.zone)}
        )
    if opened or (was.closes_at and was.extensions.exists()):
        raise Refused(
            _(
                "People rely on the closing they know, %(was)s, so it is not changed here. To let “%(call)s” close later, "
                "use “Extend or reopen”; it cannot close earlier."
            )
            % {"call": was, "was": in_words(was.closes_at, was.forum.zone)}
        )


def _looks_different(was, call) -> bool:
    """Whether its entries in a calendar change: the two instants, or its name in any language."""
    names = (f"name_{language.replace('-', '_')}" for language in LANGUAGES)
    return any(getattr(was, name) != getattr(call, name) for name in ("opens_at", "closes_at", *names))


def take_back_outdated(*, at, call=None):
    """Erase unsent letters that name another closing than the one their call has now; returns how many.

    One that is being sent at this moment is left, since it may have arrived: its reader counts as told. Whoever was to
    hear of an extension by an erased letter hears what holds now: that extension is announced anew.
    """
    letters = Letter.objects.filter(key__startswith=closings.prefix_of_all(call and call.pk), sent_at__isnull=True)
    unsent = dict(letters.exclude(claimed_until__gt=at).values_list("key", "pk"))
    known = Call.objects.filter(pk__in={closings.call_of(key) for key in unsent}).values_list("pk", "closes_at")
    current = {pk: closings.prefix_of(pk, closes_at) for pk, closes_at in known}
    outdated = [key for key in unsent if not key.startswith(current.get(closings.call_of(key), "-"))]
    if outdated:
        Extension.objects.filter(pk__in={closings.extension_of(key) for key in outdated} - {None}).update(corrected_at=None)
        letters.filter(pk__in=[unsent[key] for key in outdated]).delete()
    return len(outdated)
