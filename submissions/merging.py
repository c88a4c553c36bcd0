"""Parts of a merge of two organisations: their inputs, and what the public sees of them."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accreditation.merging.parts import Line, Part, register, too_late
from submissions.models import Conflict, CoSponsor, PublishedInput, Review, Submission


class Inputs(Part):
    """Drafts and sent inputs. Versions and receipts stay as they were sent, with the name they were sent under."""

    key, model, watched = "inputs", Submission, ("status",)

    def line(self, gone):
        """Titles of drafts are private; what was sent is named by its reference."""
        rows = self.rows(gone)
        drafts = rows.filter(status="draft").count()
        named = list(rows.filter(reference__isnull=False).values_list("reference", flat=True)[:11])
        return Line(self.label, rows.count(), [*named, *([_("Drafts: %(n)d") % {"n": drafts}] if drafts else [])])

    def blocks(self, kept, gone):
        """Nobody may have reviewed what would become an input of their own organisation."""
        found = []
        for one, other in ((kept, gone), (gone, kept)):
            people = other.memberships.exclude(since=None).values("user")
            under = CoSponsor.objects.named().filter(organisation=one).values("submission")
            theirs = Q(submission__organisation=one) | Q(submission__in=under)
            reviews = Review.objects.filter(theirs, reviewer__in=people).select_related("submission")
            sentence = _("%(input)s: somebody of “%(organisation)s” has reviewed it. The two cannot be merged here.")
            found += [sentence % {"input": review.submission.reference, "organisation": other} for review in reviews]
        return found

    def blocks_undoing(self, merge, moved):
        rows = self.moved_rows(merge, moved)
        later = rows.filter(Q(steps__at__gt=merge.at) | Q(status="draft", saved_at__gt=merge.at)).distinct()
        return [too_late(row.reference or _("A draft")) for row in later]


class Published(Part):
    """What the public sees: it keeps the name of the day of publication and links to the record that is kept."""

    key, model = "published", PublishedInput

    def seen(self, organisation):
        return []

    def line(self, gone):
        return Line(self.label, 0)  # the same inputs again

    def move(self, kept, gone, *, by, at, **choices):
        keys = list(self.rows(gone).values_list("pk", flat=True))
        _lead_to(PublishedInput.objects.filter(pk__in=keys), kept, at)
        return {"moved": keys}

    def undo(self, merge, moved, *, by, at):
        _lead_to(self.moved_rows(merge, moved), merge.gone, at)


def _lead_to(rows, organisation, at):
    """A tombstone names nobody, before and after."""
    keys = list(rows.values_list("pk", flat=True))
    rows = PublishedInput.objects.filter(pk__in=keys)
    rows.filter(taken_down_at=None).update(organisation_slug=organisation.slug, changed_at=at)
    rows.update(organisation=organisation)


class CoSponsors(Part):
    """Inputs of others under which it stands, or is asked to; the public page leads to the record that is kept."""

    key, model, watched = "co_sponsors", CoSponsor, ("answer", "ended")

    def line(self, gone):
        """What others write is theirs, so only what was sent is named."""
        rows = self.rows(gone)
        sent = rows.filter(submission__reference__isnull=False).values_list("submission__reference", flat=True)
        return Line(self.label, rows.count(), list(sent[:11]))

    def blocks(self, kept, gone):
        """Nobody stands twice under one input, or under an input of its own."""
        led = Q(submission__organisation=kept) | Q(submission__in=self.rows(kept).values("submission"))
        clash = list(self.rows(gone).filter(led)) + list(self.rows(kept).filter(submission__organisation=gone))
        sentence = _("%(input)s: both are named for it. Take one out, or wait until it is settled.")
        return [sentence % {"input": row.submission.reference or _("A draft")} for row in clash]

    def move(self, kept, gone, *, by, at, **choices):
        moved = super().move(kept, gone, by=by, at=at)
        _name_anew(moved["moved"], gone, kept, at)
        return moved

    def undo(self, merge, moved, *, by, at):
        super().undo(merge, moved, by=by, at=at)
        _name_anew(moved["moved"], merge.kept, merge.gone, at)


def _name_anew(rows, was, organisation, at):
    """Let the public pages of these rows lead to that organisation; the names of the sending stay."""
    inputs = CoSponsor.objects.filter(pk__in=rows).values("submission")
    for published in PublishedInput.objects.filter(submission__in=inputs, co_sponsor_keys__contains=[was.pk]):
        for body in published.co_sponsors:
            if body["organisation"] == was.pk:
                body.update(organisation=organisation.pk, slug=organisation.slug)
        keys = sorted(body["organisation"] for body in published.co_sponsors if body["organisation"])
        PublishedInput.objects.filter(pk=published.pk).update(
            co_sponsors=published.co_sponsors, co_sponsor_keys=keys, changed_at=at
        )


class Conflicts(Part):
    """Conflicts of interest that were declared with it. Who merges records does not learn who declared them."""

    key, model = "conflicts", Conflict

    def seen(self, organisation):
        return []

    def line(self, gone):
        return Line(self.label, 0)

    def move(self, kept, gone, *, by, at, **choices):
        """Where somebody keeps away from both records already, the one about the record that goes stays with it."""
        both = Conflict.objects.standing().filter(organisation=kept).values("user")
        rows = self.rows(gone).exclude(ended_at=None, user__in=both)
        keys = list(rows.values_list("pk", flat=True))
        Conflict.objects.filter(pk__in=keys).update(organisation=kept)
        return {"moved": keys}


register(Inputs(), Published(), CoSponsors(), Conflicts())
