"""When persons are registered and wishes to speak are taken: the forum's calls decide, each by its own window."""

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from forums.lateness import closing_in_words
from forums.models import Call, Session
from forums.programme.released import latest_release
from forums.refusals import Closed, Refused
from forums.windows import Phase

NOT_ASKED = (Session.Kind.SIDE_EVENT, Session.Kind.OTHER)


def calls_for(accreditation, purpose) -> list:
    """The calls of its forum for that purpose that this basis may answer."""
    calls = Call.objects.filter(forum=accreditation.forum_id, purpose=purpose)
    return [call for call in calls if call.audience != Call.Audience.BASES or accreditation.basis_id in call.bases]


def registration_call(accreditation, at):
    """The call that decides when this organisation registers persons: an open one first; None where none is set."""
    return _nearest(calls_for(accreditation, Call.Purpose.REGISTRATION), at)


def is_registration_open(accreditation, at) -> bool:
    try:
        ask_registration_window(accreditation, at)
    except Refused:
        return False
    return True


def ask_registration_window(accreditation, at):
    """Raise Closed with a whole sentence unless persons can be registered at that moment.

    Where the forum has a call for registration its window decides; without one, registration lasts until the last day.
    """
    forum = accreditation.forum
    if not Call.objects.filter(forum=forum, purpose=Call.Purpose.REGISTRATION).exists():
        if forum.last_day and localtime(at, forum.zone).date() > forum.last_day:
            raise Closed(_("%(forum)s is over: nobody can be registered any more.") % {"forum": forum})
        return
    calls = calls_for(accreditation, Call.Purpose.REGISTRATION)
    if not calls:
        raise Refused(
            _(
                "Organisations on the basis “%(basis)s” do not register in this portal for %(forum)s. To ask how they do, "
                "write to %(contact)s."
            )
            % {"basis": accreditation.basis, "forum": forum, "contact": settings.CONTACT_EMAIL}
        )
    _ask_any(calls, at)


def calls_of_session(accreditation, session) -> list:
    """The calls for speakers of that session: those that name its round table, and those that name none."""
    calls = calls_for(accreditation, Call.Purpose.SPEAKING)
    return [call for call in calls if call.round_table_id in (None, session.round_table_id)]


def ask_speaking_window(accreditation, session, at):
    """Raise Closed or Refused with a whole sentence unless this session takes wishes to speak at that moment."""
    if session.cancelled_at:
        raise Refused(_("“%(session)s” was cancelled, so nobody is asked to speak.") % {"session": session})
    if session.starts_at <= at:
        raise Closed(_("“%(session)s” has begun, so its list of speakers is closed.") % {"session": session})
    calls = calls_of_session(accreditation, session)
    if not calls or session.kind in NOT_ASKED:
        raise Refused(
            _("No call asks organisations on your basis for speakers of “%(session)s”. Choose another session.")
            % {"session": session}
        )
    _ask_any(calls, at)


def sessions_taking_wishes(accreditation, at) -> list:
    """Pairs of a session that takes wishes at that moment and the call that lets it, in the order of the programme.

    Once a programme is released, only what the public can read in it: a wish tells of no session that is still planned.
    """
    calls = [call for call in calls_for(accreditation, Call.Purpose.SPEAKING) if call.phase(at) is Phase.OPEN]
    if not calls:
        return []
    sessions = accreditation.forum.sessions.filter(cancelled_at__isnull=True, starts_at__gt=at).exclude(kind__in=NOT_ASKED)
    if (readable := readable_sessions(accreditation.forum)) is not None:
        sessions = sessions.filter(pk__in=readable)
    found = []
    for session in sessions:
        call = next((one for one in calls if one.round_table_id in (None, session.round_table_id)), None)
        if call:
            found.append((session, call))
    return found


def readable_sessions(forum):
    """Keys of the sessions in the latest release of the programme; None while nothing was released."""
    release = latest_release(forum)
    return {kept["id"] for kept in release.sessions} if release else None


def is_readable(session) -> bool:
    """Whether the public can read of this session, or no programme was released yet."""
    readable = readable_sessions(session.forum)
    return readable is None or session.pk in readable


def _ask_any(calls, at):
    if any(call.window.with_grace(settings.GRACE_SECONDS).phase(at) is Phase.OPEN for call in calls):
        return
    call = _nearest(calls, at)
    if call.phase(at) is Phase.NOT_YET:
        raise Closed(_("“%(call)s” is not yet open. Come back once it opens.") % {"call": call})
    raise Closed(
        _(
            "“%(call)s” closed on %(instant)s, %(late)s before this arrived, so it was not taken in. What you typed is "
            "still here. To ask for an extension write to %(contact)s."
        )
        % closing_in_words(call, at)
    )


def _nearest(calls, at):
    """An open call, else the one that opens next, else the one that closed last."""
    rank = {Phase.OPEN: 0, Phase.NOT_YET: 1, Phase.CLOSED: 2}

    def order(call):
        phase = call.phase(at)
        edge = call.opens_at if phase is Phase.NOT_YET else call.closes_at
        seconds = edge.timestamp() if edge else float("inf")
        return rank[phase], -seconds if phase is Phase.CLOSED else seconds

    return min(calls, key=order, default=None)
