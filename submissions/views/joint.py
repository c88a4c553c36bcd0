"""The lead's side of a joint input: whom it asks, how each answered, whom it names, in whose order they will stand."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from accreditation.models import Accreditation
from accreditation.search import organisations_like
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import one_line
from submissions import operations, permissions
from submissions.models import CoSponsor
from submissions.operations import joining
from submissions.operations.reopened import opened
from submissions.publication import public_organisations
from submissions.un_order import in_un_order
from submissions.views.own import own_input

TONES = {
    "on_behalf": "plain",
    "invited": "wait",
    "other_text": "wait",
    "agreed": "done",
    "declined": "stop",
    "dropped": "stop",
    "taken_out": "plain",
    "left": "stop",
    "leaving": "wait",
}
MOST_FOUND = 12


@signed_in
def joint(request, pk):
    """Who stands under the input and who was asked; below it whom else to ask. `?q=` looks an organisation up."""
    submission = own_input(request, pk)
    holder = joining.holder_of(submission)
    text = joining.text_in_hand(holder)
    named = opened(holder)
    may_change = text.is_writable and permissions.may_submit(request.user, holder)
    may_change = may_change and (named is None or "co_sponsors" in named)
    question = one_line(request.GET.get("q", ""))[:200]
    context = {
        "submission": text,
        "holder": holder,
        "call": holder.call,
        "forum": holder.call.forum,
        "phase": holder.call.phase(now()),
        **under_it_now(holder, text),
        "may_change": may_change,
        "q": question,
        "found": found(question, holder, now()) if question and may_change else [],
    }
    return render(request, "submissions/participant/joint.html", context)


def under_it_now(holder, text, files=None) -> dict:
    """Everybody on the list with state and tone: those that stand, in their order, then those that ended.

    `files` are the attachments of the text, where the page has them.
    """
    rows = [] if text.co_sponsors_read is False else list(holder.co_sponsors.select_related("organisation"))
    mark = joining.mark_now(text, files) if rows else ""
    admitted = admitted_of(holder, rows)
    lines = [line_of(row, mark, row.organisation_id in admitted) for row in rows]
    standing = [row for row in rows if not row.ended]
    silent = joining.silent_of(standing, mark)
    return {
        "lines": in_un_order([line for line in lines if not line["row"].ended], get_language() or "en"),
        "ended": [line for line in lines if line["row"].ended],
        "silent": [row.public_name for row in silent],
        "waits_for": joining.waits_for(silent) if silent else "",
        "sponsors": joining.list_mark(standing, mark),
    }


def admitted_of(holder, rows) -> set:
    """The organisations among those that agreed that are accredited to the forum."""
    agreed = [row.organisation_id for row in rows if row.answer == CoSponsor.Answer.AGREED]
    if not agreed:
        return set()
    told = Accreditation.objects.told().filter(forum=holder.call.forum, organisation__in=agreed)
    return set(told.values_list("organisation", flat=True))


def line_of(row, mark, admitted=False) -> dict:
    state = row.state(mark)
    return {
        "row": row,
        "name": row.public_name,
        "language": row.language,
        "admitted": admitted,
        "on_behalf": row.on_behalf,
        "leaving": row.leaves_with_id is not None,
        "word": state.label,
        "tone": TONES[state],
    }


def found(question, holder, at) -> list:
    """Organisations that everybody may know of and whose name is like the question; never the lead itself."""
    there = {row.organisation_id for row in holder.co_sponsors.standing().exclude(answer="declined")}
    like = [each for each in organisations_like(question, most=40) if each.pk not in {holder.organisation_id, *there}]
    known = public_organisations(at).filter(pk__in=[each.pk for each in like]).values_list("pk", flat=True)
    return [each for each in like if each.pk in set(known)][:MOST_FOUND]


@signed_in
def ask(request, pk):
    """Ask a body of the list, or whoever has exactly the name or address that was typed."""

    def act(submission):
        if row := request.POST.get("keep", ""):
            submission = joining.holder_of(submission)
            kept = submission.co_sponsors.filter(leaves_with__isnull=False, pk=row if row.isdecimal() else 0)
            operations.ask_co_sponsor(submission, get_object_or_404(kept).organisation, by=request.user, at=now())
            return _("It stays under the input.")
        if slug := request.POST.get("organisation", ""):
            organisation = get_object_or_404(public_organisations(now()), slug=slug)
            operations.ask_co_sponsor(submission, organisation, by=request.user, at=now())
        else:
            operations.ask_co_sponsor_by_name(submission, request.POST.get("name", ""), by=request.user, at=now())
        return _("Asked. The answer is shown here and comes to you in a letter.")

    return _acted(request, pk, act)


@signed_in
def name_on_behalf(request, pk):
    """Name a body on whose behalf it is sent as well."""

    def act(submission):
        name, address = one_line(request.POST.get("name", "")), one_line(request.POST.get("address", ""))
        operations.name_on_behalf(submission, name, address=address, by=request.user, at=now())
        return _("Named.")

    return _acted(request, pk, act)


@signed_in
def take_out(request, pk, row):
    """Take a body off the list."""

    def act(submission):
        holder = joining.holder_of(submission)
        operations.take_out_co_sponsor(get_object_or_404(holder.co_sponsors, pk=row), by=request.user, at=now())
        kept = holder.co_sponsors.filter(pk=row, leaves_with__isnull=False).exists()
        return _("It is taken out once the correction is approved; until then its name stays.") if kept else _("Taken out.")

    return _acted(request, pk, act)


def _acted(request, pk, act):
    """Do what was pressed and come back to the list, with what became of it."""
    submission = own_input(request, pk, may=permissions.may_submit)
    if request.method == "POST":
        try:
            messages.success(request, act(submission))
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("submissions.tasks.tell_co_sponsors", "forums.tasks.send_letters")
    return redirect("submissions:joint", pk)
