"""The side of a body that is asked to stand under somebody else's input: read the text, answer, see what was sent."""

import difflib
from copy import copy

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accreditation.entrance import signed_in
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import without_control
from submissions import operations, permissions
from submissions.agreed_text import TEXTS, mark_of
from submissions.markup import html_of
from submissions.models import CoSponsor
from submissions.operations import joining
from submissions.questions.showing import answers_shown, in_sections
from submissions.sealed_words import in_hand, redactions_of, with_redactions
from submissions.search.vocabulary import vocabulary
from submissions.templatetags.input_statuses import input_tone
from submissions.views.joint import TONES
from submissions.views.own import kind_of
from submissions.withheld import sums_of

MOST_LINES = 2000
MOST = 200
State = CoSponsor.State


def rows_of(user):
    rows = CoSponsor.objects.of(user).filter(on_behalf=False)
    rows = rows.select_related("organisation", "submission__organisation", "submission__call__forum")
    return rows.prefetch_related(with_redactions("submission__redactions"))


@signed_in
def co_sponsored(request):
    """Inputs of others under which one's organisations stand, or are asked to."""
    rows = list(rows_of(request.user).order_by("-invited_at", "pk")[:MOST])
    lines = [{"row": row, **in_words(row, _state(row))} for row in rows]
    return render(request, "submissions/participant/co_sponsored.html", {"lines": lines})


def _state(row):
    if row.answer != CoSponsor.Answer.AGREED or row.ended:
        return row.state("")
    text = joining.text_in_hand(row.submission)
    return row.state(joining.mark_now(text) if text.is_writable else row.agreed_mark)


def in_words(row, state) -> dict:
    return {"word": _("Waits for your answer") if state == State.INVITED else state.label, "tone": TONES[state]}


@signed_in
def co_sponsor(request, row):
    """The text as it stands, what changed since one agreed, the rule of the call, and the answer."""
    row = get_object_or_404(rows_of(request.user), pk=row)
    return render(request, "submissions/participant/co_sponsor.html", page_of(request.user, row))


def page_of(user, row) -> dict:
    holder = row.submission
    text = joining.text_in_hand(holder)
    open_ = text.is_writable and not row.ended and not row.leaves_with_id
    content = joining.text_now(text)
    mark = mark_of(content)
    redactions = redactions_of(holder)
    agreed, content = shown_to_body(row.agreed_text, redactions), shown_to_body(content, redactions)
    answers = answers_shown(with_answers(text, content) if redactions else text)
    state = row.state(mark if open_ else row.agreed_mark)
    reads = not row.ended and row.answer != CoSponsor.Answer.DECLINED
    speaks = permissions.may_answer_for(user, row)
    newest = holder.versions.order_by("-number").first()
    return {
        "row": row,
        "holder": holder,
        "text": text,
        "call": holder.call,
        "forum": holder.call.forum,
        "phase": holder.call.phase(now()),
        "state": state,
        **in_words(row, state),
        "status_tone": input_tone(holder.status),
        "reads": reads or open_,
        "content": content,
        "text_as_shown": html_of(content["text"]),
        "words": _places(holder.call.forum, content),
        "files": _files(text, sums_of(holder, redactions)),
        "sections": in_sections(answer for answer in answers if answer.public),
        "mark": mark,
        "changes": changes(agreed, content) if state == State.OTHER_TEXT else [],
        "version": newest if newest and _is_named(row, newest) and not row.ended else None,
        "may_answer": open_ and speaks,
        "may_leave": speaks and not row.ended and row.answer == "agreed" and holder.status in joining.LEAVABLE,
        "speaks": speaks,
    }


def _is_named(row, version) -> bool:
    return any(body["id"] == row.pk for body in version.content.get("co_sponsors", []))


def _places(forum, content):
    words = vocabulary([forum])
    return {
        "level": words.word("level", content["level"]) if content["level"] else "",
        "objectives": [words.word("objective", number) for number in content["objectives"]],
        "principles": [words.word("principle", number) for number in content.get("principles", [])],
        "places": [words.word("country", code) for code in content["countries"]]
        + [words.word("region", code) for code in content["regions"]],
    }


def shown_to_body(content, redactions):
    """A text that a body agrees to, as everybody but its author reads it: a body under it is not its author (0043)."""
    if not (content and redactions):
        return content
    keyed = [{"key": key, "answer": answer} for key, answer in content["answers"]]
    shown = in_hand({**content, "answers": keyed, "files": []}, redactions)
    return {**shown, "answers": [[one["key"], one["answer"]] for one in shown["answers"]], "files": content["files"]}


def with_answers(text, content):
    """A copy of the input with the answers of that content, for showing; never to be saved."""
    read = copy(text)
    read.answers = {**text.answers, **dict(content["answers"])}
    return read


def _files(text, withheld):
    return [
        {"pk": file.pk, "name": file.name, "kind": kind_of(file.name), "size": file.size, "is_clean": file.is_servable}
        for file in text.attachments.kept()
        if file.sha256 not in withheld
    ]


def changes(old, new) -> list:
    """What differs between the text that was agreed to and the one that stands: lines of each part that changed."""
    labels = {"title": _("Title"), "summary": _("Summary"), "text": _("Text")}
    found = [
        {"label": labels[name], "lines": _lines(old.get(name, ""), new.get(name, ""))}
        for name in TEXTS
        if " ".join(old.get(name, "").split()) != " ".join(new.get(name, "").split())
    ]
    others = {"answers", "language", "level", "publish_as", "countries", "regions", "objectives", "principles", "files"}
    if any(old.get(name) != new.get(name) for name in others):
        found.append({"label": _("Answers, particulars or files"), "lines": []})
    return found


def _lines(old, new):
    kinds = {"+": "added", "-": "removed", " ": "same", "@": "gap"}
    lines = difflib.unified_diff(old.splitlines()[:MOST_LINES], new.splitlines()[:MOST_LINES], lineterm="", n=2)
    return [{"kind": kinds[line[0]], "text": line[1:]} for line in list(lines)[2:]]


@signed_in
def answer(request, row):
    """Agree to the text that was read, decline, or leave; only who speaks for the organisation."""
    row = get_object_or_404(rows_of(request.user), pk=row)
    if not permissions.may_answer_for(request.user, row):
        raise Http404
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request, row))
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("submissions.tasks.tell_co_sponsors", "forums.tasks.send_letters")
    return redirect("submissions:co_sponsor", row.pk)


def _carry_out(request, row):
    by, at, reason = request.user, now(), without_control(request.POST.get("reason", ""))
    match request.POST.get("answer"):
        case "agree":
            operations.agree(row, by=by, at=at, seen=request.POST.get("mark", ""))
            return _("Your organisation agreed to this text.")
        case "decline":
            operations.decline_joint(row, by=by, at=at, reason=reason)
            return _("Your organisation does not stand under this input. The lead is told.")
        case "leave":
            operations.leave(row, by=by, at=at, reason=reason)
            return _("Your organisation left this input. The lead and the desk are told.")
    raise Http404


@signed_in
def file(request, row, file):
    """A clean file of the text in hand, for those who may read it."""
    row = get_object_or_404(rows_of(request.user).filter(ended=""), pk=row)
    text = joining.text_in_hand(row.submission)
    attachment = get_object_or_404(text.attachments.kept(), pk=file)
    if not attachment.is_servable or attachment.sha256 in sums_of(row.submission, redactions_of(row.submission)):
        raise Http404
    try:
        stream = attachment.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(stream, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
