"""What stands around an input in the same statement that reads it: its sent title, standing, neighbours, other inputs."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, CharField, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject, Lag, Lead, NullIf
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from accreditation.models import Accreditation
from forums.models import Call
from submissions.admin.put_together import put_together
from submissions.models import (
    Clarification,
    DecisionLine,
    LateOpening,
    Likeness,
    Reclassification,
    Redaction,
    Submission,
    SubmissionStep,
    Version,
)
from submissions.shown_titles import retitled, with_shown_titles

Status = Submission.Status
OTHERS = 5
CODES = {"objectives": "objective", "countries": "country", "regions": "region"}  # list -> column of its codes


def as_sent(submissions):
    """With `sent`: title, language and level of the newest version while its author is changing the text again.

    The desk reads what was sent, never a draft; at every other status the columns still hold what was sent. With `retitled`
    where the title is redacted.
    """
    return submissions.annotate(sent=put_together(_sent), retitled=put_together(retitled))


def _sent():
    newest = Version.objects.standing().filter(submission=OuterRef("pk")).order_by("-number")
    words = JSONObject(
        **{name: KT(f"content__{name}") for name in ("title", "language", "level")},
        **{name: F(f"content__{name}") for name in CODES},
    )
    return Case(When(status=Status.CLARIFICATION_ASKED, then=Subquery(newest.values(shape=words)[:1])))


def with_standing(submissions):
    """With `standing`: status and basis of the organisation's accreditation at the forum of the call, or nothing."""
    return submissions.annotate(standing=put_together(_standing))


def _standing():
    forum = Call.objects.filter(pk=OuterRef(OuterRef("call"))).values("forum")
    held = Accreditation.objects.filter(organisation=OuterRef("organisation"), forum=Subquery(forum)).live()
    own, english = (F(f"basis__{build_localized_fieldname('name', code)}") for code in (get_language() or "en", "en"))
    basis = Coalesce(NullIf(own, Value("")), english, Value(""), output_field=CharField())
    shown = held.exclude(status=Accreditation.Status.DRAFT)
    return Subquery(shown.values(shape=JSONObject(status="status", basis=basis))[:1])


TOLD = {  # how the keys of letters begin -> the rows they are about
    "input-answer-awaited": Clarification,
    "reclassification": Reclassification,
    "redaction": Redaction,
    "redaction-lifted": Redaction,
    "late-opening": LateOpening,
}


def with_told(submissions):
    """With `told`: the keys of what letters may have been written about besides steps, by how those letters' keys begin."""
    return submissions.annotate(told=put_together(_told))


def _told():
    return JSONObject(
        **{
            prefix: ArraySubquery(model.objects.filter(submission=OuterRef("pk")).order_by("-pk").values("pk")[:20])
            for prefix, model in TOLD.items()
        }
    )


def with_question(submissions):
    """With `asked`: what the newest question opens and until when, while its author is asked."""
    return submissions.annotate(asked=put_together(_question))


def _question():
    newest = Clarification.objects.filter(submission=OuterRef("pk")).order_by("-step__at", "-step")
    words = newest.values(shape=JSONObject(opens="opens", answer_by="answer_by"))[:1]
    return Case(When(status=Status.CLARIFICATION_ASKED, then=Subquery(words)))


def with_waiting(submissions):
    """With `since`: when it came to the status it has."""
    return submissions.annotate(since=put_together(_since))


def _since():
    steps = SubmissionStep.objects.filter(submission=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(steps.values("at")[:1])


def with_codes(submissions):
    """With `objectives_now`, `countries_now`, `regions_now`: the codes of its lists as they stand."""
    for name, column in CODES.items():
        link = getattr(Submission, name).through.objects.filter(submission=OuterRef("pk")).order_by(column)
        submissions = submissions.annotate(**{f"{name}_now": ArraySubquery(link.values(column))})
    return submissions


def with_words(submissions):
    """With `words_now`: words of the newest version."""
    newest = Version.objects.standing().filter(submission=OuterRef("pk")).order_by("-number")
    return submissions.annotate(words_now=Subquery(newest.values("words")[:1]))


def with_reader(submissions, user):
    """With `mine`: whether this person reviews it."""
    return submissions.annotate(mine=Case(When(reviewer=user.pk, then=True), default=False, output_field=BooleanField()))


def with_staged(submissions):
    """With `staged`: the round in which a decision on it waits to be announced, and which decision; or nothing."""
    return submissions.annotate(staged=put_together(_staged))


def _staged():
    lines = DecisionLine.objects.waiting().filter(submission=OuterRef("pk"), staged=True)
    words = JSONObject(round="round", name="round__name", decision="decision")
    return Subquery(lines.values(shape=words)[:1])


def with_neighbours(submissions, queue):
    """With `later` and `earlier`: the inputs received next after and before it within that queue.

    Each condition says first what the other implies, from where the index is to be read.
    """
    received, pk = OuterRef("received_at"), OuterRef("pk")
    later = queue.filter(Q(received_at__gte=received), Q(received_at__gt=received) | Q(pk__gt=pk))
    earlier = queue.filter(Q(received_at__lte=received), Q(received_at__lt=received) | Q(pk__lt=pk))
    later, earlier = later.order_by("received_at", "pk"), earlier.order_by("-received_at", "-pk")
    return submissions.annotate(later=Subquery(later.values("pk")[:1]), earlier=Subquery(earlier.values("pk")[:1]))


def neighbours_in(queue, order, pk) -> dict:
    """`later` and `earlier` in any other order: what stands before and after it there. It reads the whole queue.

    An input that was decided and left the queue still has its place, so that the walk goes on from it.
    """
    places = {"order_by": [_expression(field) for field in order]}
    walked = Submission.objects.filter(Q(pk=pk) | Q(pk__in=queue.order_by().values("pk")))
    placed = walked.annotate(above=Window(Lag("pk"), **places), below=Window(Lead("pk"), **places))
    found = placed.order_by().filter(Q(above=pk) | Q(below=pk)).values_list("pk", "above", "below")
    there = {name: one for one, above, below in found for name in _sides(pk, above, below)}
    return {"later": there.get("later"), "earlier": there.get("earlier")}


def _sides(pk, above, below):
    """On which sides of it such a row stands."""
    return [name for name, beside in (("later", below), ("earlier", above)) if beside == pk]


def _expression(field):
    return F(field.removeprefix("-")).desc() if field.startswith("-") else F(field).asc()


def with_others(submissions, visible):
    """With `others`: the newest other inputs of the same organisation that this person may see."""
    others = visible.filter(organisation=OuterRef("organisation")).exclude(pk=OuterRef("pk")).order_by("-received_at")
    others = with_shown_titles(others)
    shown = Coalesce("retitled", "title", output_field=CharField())
    title = Case(When(status=Status.CLARIFICATION_ASKED, then=Value("")), default=shown)
    words = JSONObject(pk="pk", reference="reference", title=title, language="language", status="status")
    return submissions.annotate(others=ArraySubquery(others.values(shape=words)[:OTHERS]))


def with_alike(submissions, visible):
    """With `alike`: the inputs whose newest text is most like the newest text of this one, of those this person may see."""
    standing = Version.objects.standing().order_by("-number").values("pk")
    here = standing.filter(submission=OuterRef(OuterRef("pk")))[:1]
    there = standing.filter(submission=OuterRef("other__submission"))[:1]
    rows = Likeness.objects.filter(version=Subquery(here), other=Subquery(there))
    rows = rows.filter(other__submission__in=visible.values("pk")).order_by("-share", "pk")
    words = JSONObject(
        input="other__submission",
        reference="other__submission__reference",
        by="other__submission__organisation__name",
        by_language="other__submission__organisation__name_language",
        status="other__submission__status",
        share="share",
    )
    return submissions.annotate(alike=ArraySubquery(rows.values(shape=words)[:OTHERS]))


def sent_words(submission) -> dict:
    """Title, language and level as they were sent; the title as it is shown."""
    words = submission.sent or {name: getattr(submission, name) for name in ("title", "language", "level")}
    return {**words, "title": submission.retitled or words["title"]}


def sent_codes(submission, name) -> list:
    """Objectives, countries or regions as they were sent."""
    return submission.sent[name] if submission.sent else getattr(submission, f"{name}_now")
