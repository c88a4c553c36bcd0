"""Parts of a merge: who acts for the organisation, who is invited, what is asked for persons."""

from datetime import datetime

from django.utils.translation import gettext as _

from accreditation.merging.parts import Part, too_late
from accreditation.models import Invitation, Membership, Representative, SupportRequest
from accreditation.permissions import SPEAKS

Role = Membership.Role
RANK = {role: place for place, role in enumerate(Role.values)}  # the strongest first


def both(kept, gone):
    """Pairs of memberships of people who belong to both records, or ask to: of the kept one, of the other."""
    theirs = {row.user_id: row for row in gone.memberships.filter(until=None).select_related("user")}
    return [(row, theirs[row.user_id]) for row in kept.memberships.filter(until=None, user__in=theirs).order_by("pk")]


def stronger(mine, other):
    """Which of two memberships of one person goes on, which ends: one in force before one asked for, then by role."""
    ranked = sorted((mine, other), key=lambda row: (row.since is None, RANK[row.role], row.pk != mine.pk))
    return ranked[0], ranked[1]


class Memberships(Part):
    key, model, watched = "memberships", Membership, ("role", "since", "until")

    def rows(self, organisation):
        return super().rows(organisation).filter(until=None).select_related("user", "organisation")

    def named(self, row):
        state = row.get_role_display() if row.since else _("asks to join")
        return f"{row.user} · {state}"

    def notes(self, kept, gone):
        sentence = _("%(who)s belongs to both and goes on as: %(role)s.")
        found = ((mine.user, stronger(mine, other)[0]) for mine, other in both(kept, gone))
        return [sentence % {"who": who, "role": stays.get_role_display()} for who, stays in found]

    def move(self, kept, gone, *, by, at, ask_people=False, **choices):
        """Nobody belongs to one organisation twice. With `ask_people`, those who come ask to be admitted again."""
        ended = {}
        for mine, other in both(kept, gone):
            stays, ends = (mine, other) if ask_people and mine.since else stronger(mine, other)
            Membership.objects.filter(pk=ends.pk).update(until=at, ended=Membership.Ended.MERGED, ended_by=by)
            ended[str(ends.pk)] = stays.pk
        rows = self.rows(gone)
        waiting = {}
        if ask_people:
            waiting = {str(row.pk): row.since.isoformat() for row in rows if row.since}
        keys = list(rows.values_list("pk", flat=True))
        Membership.objects.filter(pk__in=keys).update(organisation=kept)
        Membership.objects.filter(pk__in=waiting).update(since=None)
        return {"moved": keys, "ended": ended, "waiting": waiting}

    def undo(self, merge, moved, *, by, at):
        """What ended by the merge goes on again, unless the person has left or was removed since."""
        for key, since in moved["waiting"].items():
            again = Membership.objects.filter(pk=key, since=None, until=None, organisation=merge.kept)
            again.update(since=datetime.fromisoformat(since))
        super().undo(merge, moved, by=by, at=at)
        for key, other in moved["ended"].items():
            if Membership.objects.filter(pk=other, until=None).exists():
                mine = Membership.objects.filter(pk=key, ended=Membership.Ended.MERGED)
                mine.update(until=None, ended="", ended_by=None)


class Invitations(Part):
    key, model, watched = "invitations", Invitation, ("used_at", "taken_back_at")

    def rows(self, organisation):
        return super().rows(organisation).filter(used_at=None, taken_back_at=None)

    def named(self, row):
        return row.email

    def move(self, kept, gone, *, by, at, **choices):
        """An address that both had invited keeps the invitation of the record that is kept."""
        twice = self.rows(gone).filter(email__in=self.rows(kept).values("email"))
        twice.update(taken_back_at=at)
        return super().move(kept, gone, by=by, at=at)


class Representatives(Part):
    key, model = "representatives", Representative


class SupportRequests(Part):
    key, model, watched = "support", SupportRequest, ("status", "person")

    def blocks(self, kept, gone):
        found = []
        for request in self.rows(gone).exclude(status="withdrawn").select_related("forum"):
            same = self.rows(kept).exclude(status="withdrawn").filter(forum=request.forum, person__iexact=request.person)
            if same.exists():
                sentence = _("%(forum)s: both records ask for support for %(person)s. Withdraw one of the two first.")
                found.append(sentence % {"forum": request.forum, "person": request.person})
        return found

    def blocks_undoing(self, merge, moved):
        later = self.moved_rows(merge, moved).filter(steps__at__gt=merge.at).distinct()
        return [too_late(f"{self.label}: {request.person}") for request in later]


def somebody_speaks(organisation) -> bool:
    """Whether nobody acts for it, or one of those who do may speak for it."""
    standing = organisation.memberships.standing()
    return not standing.exists() or standing.filter(role__in=SPEAKS).exists()
