"""Several inputs at once: actions of the queue, what is pressed on the page before, and the way to the report that stays."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from forums.admin import adding
from forums.hints import look_soon
from forums.operations.rehearsing import OwesALetter
from forums.refusals import Refused
from forums.typed import posted, without_control
from submissions import operations
from submissions.admin.deciding import asking
from submissions.admin.deciding.confirming import BY_ACTION, ask_whether_later
from submissions.admin.deciding.looking import page, rows_of, words_form
from submissions.admin.verdicts import DECISIONS
from submissions.models import DecisionRound, Submission, SubmissionStep
from submissions.notifications import people_of_several, template_of

VERDICTS = {decision.key: decision for decision in DECISIONS}
REVIEW, PUBLISH = "submissions.review_submission", "submissions.publish_submission"
SWEEP = "submissions.tasks.work_on_rounds"


class Several:
    """Mixed into the queue: the actions, and the page to which they lead."""

    def get_urls(self):
        page = self.admin_site.admin_view(require_POST(self.several_view))
        return [path("several/", page, name="submissions_submission_several"), *super().get_urls()]

    def several_view(self, request):
        return pressed(self, request)

    @admin.action(description=_("Take up the selected inputs"), permissions=["review"])
    def take_up(self, request, queryset):
        """Nobody is told, so nothing is asked; what was skipped stands in the report."""
        pks = list(queryset.order_by().values_list("pk", flat=True)[: operations.MOST_AT_ONCE + 1])
        return carry_out(self, request, VERDICTS["take_up"], chosen_of(pks), {}, came_from=request.GET.urlencode())

    @admin.action(description=_("Accept the selected inputs …"), permissions=["review"])
    def accept(self, request, queryset):
        return begin(self, request, queryset, "accept")

    @admin.action(description=_("Publish the selected inputs …"), permissions=["publish"])
    def publish(self, request, queryset):
        return begin(self, request, queryset, "publish")

    @admin.action(description=_("Publish the selected inputs at a moment …"), permissions=["publish"])
    def publish_at(self, request, queryset):
        return begin(self, request, queryset, "publish_at")

    @admin.action(description=_("Declare the selected inputs not admissible …"), permissions=["review"])
    def decline(self, request, queryset):
        return begin(self, request, queryset, "decline")

    @admin.action(description=_("Reopen the selected inputs …"), permissions=["review"])
    def reopen(self, request, queryset):
        return begin(self, request, queryset, "reopen")


def begin(room, request, queryset, key):
    """The page that an action of the list leads to; None, and a sentence, where too many were chosen."""
    pks = list(queryset.order_by().values_list("pk", flat=True)[: operations.MOST_AT_ONCE + 1])
    if len(pks) > operations.MOST_AT_ONCE:
        messages.warning(
            request, _t("Choose at most %(most)d at once. Nothing was done.") % {"most": operations.MOST_AT_ONCE}
        )
        return None
    return page(room, request, VERDICTS[key], chosen_of(pks), came_from=request.GET.urlencode())


def chosen_of(pks) -> dict:
    return operations.last_steps(Submission.objects.filter(pk__in=pks))


def pressed(room, request):
    """What was pressed on the page: carried out, staged for later, or looked at again."""
    decision = VERDICTS.get(request.POST.get("decision"))
    if decision is None or decision.key not in room.actions:
        raise Http404
    if not request.user.has_perm(PUBLISH if decision.key.startswith("publish") else REVIEW):
        raise PermissionDenied
    chosen = read_chosen(request)
    came_from = request.POST.get("came_from", "")[:2000]
    submissions = rows_of(request, chosen)
    form = words_form(decision, submissions, posted(request.POST))
    letters = request.POST.get("letters")
    if letters not in ("send", "none", "later") or not form.is_valid():
        return page(room, request, decision, chosen, came_from=came_from, form=form)
    try:
        ask_whether_later(letters, request.POST)
        kept = about_letters(request, decision, letters)
        if letters == "later":
            return stage(request, decision, submissions, chosen, form.cleaned_data, kept, came_from)
        if sentence_for_second(request, decision, submissions):
            return ask_second(request, decision, chosen, form.cleaned_data, kept, came_from)
        return carry_out(room, request, decision, chosen, form.cleaned_data, letters=kept, came_from=came_from)
    except Refused as why:
        return page(room, request, decision, chosen, came_from=came_from, form=form, wrong=str(why))


def read_chosen(request) -> dict:
    """Keys of inputs with the last step of each that was seen; what this person may not see is left out."""
    found = {}
    for each in request.POST.getlist("chosen")[: operations.MOST_AT_ONCE + 1]:
        pk, _at, step = each.partition(":")
        if step.isdecimal() and len(step) < 19:
            found[pk] = int(step)
    try:
        seen = Submission.objects.visible_to(request.user).filter(pk__in=list(found)).values_list("pk", flat=True)
        return {pk: found[str(pk)] for pk in seen}
    except ValidationError as why:
        raise Http404 from why


def about_letters(request, decision, pressed_letters):
    reason = without_control(request.POST.get("letters-reason", "")).strip()[:2000]
    if pressed_letters != "none":
        return adding.letters_with(adding.added(request.POST))
    step = SubmissionStep(was=decision.from_statuses[0], became=decision.to)
    if template_of(step) in operations.OWED and not reason:
        raise OwesALetter
    return operations.Letters(withheld=True, reason=reason)


def sentence_for_second(request, decision, submissions):
    fitting = [each for each in submissions if decision.fits(each)]
    people = people_of_several(fitting, decision.to, decision.from_statuses[0])
    return asking.needs_second(decision.key, len(fitting), people)


@transaction.atomic
def ask_second(request, decision, chosen, words, letters, came_from):
    """Keep the decisions; they are carried out once a second person agrees to exactly these."""
    at = now()
    made = keep(request, decision, chosen, words, letters, came_from, at, state=DecisionRound.State.ASKED)
    asked = asking.ask_for_round(made, reason=request.POST.get("second-reason", ""), by=request.user, at=at)
    messages.success(request, _t("It is asked for, and carried out once a second person agrees."))
    if not request.user.has_perm("forums.view_secondpersonrequest"):
        return back_to_list(came_from)
    return redirect("admin:forums_secondpersonrequest_change", asked.pk)


def keep(request, decision, chosen, words, letters, came_from, at, **more):
    return operations.begin_round(
        list(chosen.items()),
        decision=BY_ACTION.get(decision.key, decision.key),
        words=words,
        letters=letters,
        name=str(decision.label),
        by=request.user,
        at=at,
        came_from=came_from,
        **more,
    )


def carry_out(room, request, decision, chosen, words, *, letters=operations.AS_WRITTEN, came_from=""):
    """Keep the decisions and carry out the first of them; the rest is a worker's, or waits for a second person."""
    at = now()
    try:
        made = keep(request, decision, chosen, words, letters, came_from, at)
    except Refused as why:
        messages.warning(request, str(why))
        return back_to_list(came_from)
    operations.carry_out(made.pk, at=at, language=get_language())
    look_soon(SWEEP, "submissions.tasks.announce_steps")
    return say_what_came_of_it(request, made, came_from)


def say_what_came_of_it(request, made, came_from):
    """Back on the list as it was filtered where all went well; on the report where something was skipped or goes on."""
    made.refresh_from_db()
    report = reverse("admin:submissions_decisionround_change", args=[made.pk])
    done = made.lines.filter(result="done").count()
    if made.state != DecisionRound.State.DONE or made.lines.filter(result="skipped").exists():
        return redirect(report)
    sentence = ngettext("%(decision)s: done for %(n)d input.", "%(decision)s: done for %(n)d inputs.", done)
    said = sentence % {"decision": made.name, "n": done}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, report, _t("Report")))
    return back_to_list(came_from)


def back_to_list(came_from):
    return redirect(f"{reverse('admin:submissions_submission_changelist')}{'?' if came_from else ''}{came_from}")


def stage(request, decision, submissions, chosen, words, letters, came_from):
    """Put the decisions into a round of each call, to be announced together; says of each that cannot be staged why."""
    at, name, count = now(), request.POST.get("round", ""), 0
    kept = {"decision": BY_ACTION.get(decision.key, decision.key), "words": words, "letters": letters}
    kept |= {"by": request.user, "at": at}
    for submission in submissions:
        try:
            with transaction.atomic():  # no round is begun by a staging that is refused
                to = operations.open_round(submission.call, name=name, by=request.user, at=at)
                operations.stage(submission, round=to, seen_step=chosen[submission.pk], **kept)
            count += 1
        except Refused as why:
            sentence = format_html(_t("Skipped <bdi>{row}</bdi>: {why}"), row=str(submission), why=str(why))
            messages.warning(request, sentence)
    if count:
        sentence = ngettext(
            "%(n)d decision is staged; nobody is told.", "%(n)d decisions are staged; nobody is told.", count
        )
        messages.success(request, sentence % {"n": count})
    return back_to_list(came_from)
