"""The page before a decision on several inputs: which go, which are skipped and why, and the letters as they will be."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _t

from forums.admin import adding
from forums.refusals import Refused
from submissions import operations
from submissions.admin import surroundings
from submissions.admin.deciding import asking
from submissions.admin.deciding.confirming import BY_ACTION
from submissions.models import DecisionRound, Submission, SubmissionStep
from submissions.notifications import people_of_several, template_of

LOOKED_AT = 100  # so many are looked at before; the others when they are carried out
REHEARSED = 3  # so many are carried out and taken back, to show their letters


@dataclass
class Row:
    """An input, whether the decision can be carried out on it as far as can be said before, and why not."""

    submission: object
    words: dict  # of what was sent, never of a draft
    why: str = ""
    looked_at: bool = True

    @property
    def goes(self) -> bool:
        return not self.why


def rows_of(request, chosen) -> list:
    inputs = Submission.objects.visible_to(request.user).filter(pk__in=list(chosen)).defer("text", "summary")
    return list(surroundings.as_sent(inputs).select_related("call__forum", "organisation").order_by("received_at", "pk"))


def page(room, request, decision, chosen, *, came_from, form=None, wrong=""):
    submissions = rows_of(request, chosen)
    form = form or words_form(decision, submissions)
    told = adding.letters_with(adding.added(request.POST))
    rows, letters = rehearsed(request.user, decision, submissions, words_to_try(decision, form), told)
    going = [row.submission for row in rows if row.goes]
    people = people_of_several(going, decision.to, decision.from_statuses[0])
    context = {
        **room.admin_site.each_context(request),
        "title": decision.label,
        "is_nav_sidebar_enabled": False,
        "opts": room.opts,
        "decision": decision,
        "form": form,
        "rows": [row for row in rows if row.goes],
        "skipped": [row for row in rows if not row.goes],
        "letters": letters,
        "people": people,
        "chosen": [f"{row.submission.pk}:{chosen[row.submission.pk]}" for row in rows],
        "came_from": came_from,
        "back": f"{reverse('admin:submissions_submission_changelist')}?{came_from}",
        "wrong": wrong,
        "owes": template_of(SubmissionStep(was=decision.from_statuses[0], became=decision.to)) in operations.OWED,
        "stageable": operations.act_of(BY_ACTION.get(decision.key, decision.key)).stageable,
        "rounds": open_rounds(going),
        "needs_second": asking.needs_second(decision.key, len(going), people),
        "looked_at": LOOKED_AT,
        "asks_nothing": not any(field.required for field in form.fields.values()),
        "reason": request.POST.get("letters-reason", ""),
        "boxes": adding.boxes(request.POST),
        "added": bool(adding.added(request.POST)),
        "second_reason": request.POST.get("second-reason", ""),
        "round": request.POST.get("round", ""),
    }
    return TemplateResponse(request, "admin/submissions/submission/several.html", context)


def open_rounds(submissions):
    rounds = DecisionRound.objects.open().filter(call__in={each.call_id for each in submissions})
    return rounds.values_list("name", flat=True)


def words_to_try(decision, form) -> dict:
    """What was typed, or a mark in its place, so that the letters can be shown before anything is typed."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data
    return {"reason": _t("[your words]")} if "reason" in form.fields else {}


def rehearsed(user, decision, submissions, words, told=operations.AS_WRITTEN):
    """Each input with what stands against the decision, and the letters of the first ones as they would be written."""
    at, rows, letters, rehearsals = now(), [], [], 0
    act = operations.act_of(BY_ACTION.get(decision.key, decision.key))
    for place, submission in enumerate(submissions):
        row = Row(submission, surroundings.sent_words(submission), looked_at=place < LOOKED_AT)
        rows.append(row)
        if not decision.fits(submission):
            row.why = _t("It is “%(status)s”.") % {"status": submission.get_status_display()}
        elif row.looked_at:
            try:
                act.ask(submission, by=user, **words)
                if rehearsals < REHEARSED:
                    rehearsals += 1
                    tried = operations.rehearse(submission, decision.act, by=user, at=at, letters=told, **words)
                    letters += tried.letters.values()
            except Refused as why:
                row.why = str(why)
    return rows, letters


def words_form(decision, submissions, data=None):
    """What the decision asks for, once for all."""
    form = decision.asked(data)
    forums = {each.call.forum_id: each.call.forum for each in submissions}
    if hasattr(form, "in_zone_of") and len(forums) == 1:
        form.in_zone_of(*forums.values())
    if hasattr(form, "ask") and data is None:
        form.ask()
    return form
