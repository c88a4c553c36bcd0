"""Where an input stands that the desk recorded: a page for its author without an account, at an address nobody can guess."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.in_words import how_it_came
from submissions.models import Recording, Submission
from submissions.public_steps import word_of
from submissions.views.own import public_from

LONGEST = 40
SHOWN = set(Submission.Status.values) - {Submission.Status.DRAFT, Submission.Status.CLARIFICATION_ASKED}


@require_safe
@never_cache
def public_status(request, code):
    """Its public statuses and its receipt, and nothing else; a wrong code answers as any wrong address.

    No search engine and no cache keeps it, and no page that is opened from it learns its address.
    """
    rows = Recording.objects.select_related("submission__call__forum", "submission__organisation")
    recording = rows.filter(code=code, state=Recording.State.RECORDED).first() if len(code) <= LONGEST else None
    if recording is None:
        raise Http404
    submission = recording.submission
    versions = list(submission.versions.standing().order_by("-number"))
    context = {
        "submission": submission,
        "forum": submission.call.forum,
        "call": submission.call,
        "version": versions[0],
        "versions": versions,
        "content": versions[0].shown,  # whoever has the address reads it, not its author alone
        "came": how_it_came(versions[-1].content.get("recorded", {})),
        "steps": public_steps(submission),
        "public_from": public_from(submission, now()),
    }
    answer = render(request, "submissions/public/status.html", context)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def public_steps(submission) -> list:
    """Its turns in words, with their moments: no names, no notes. Nobody outside learns that a question was asked."""
    return [
        {"at": step.at, "status": step.became, "word": word_of(step)}
        for step in submission.steps.all()
        if step.became in SHOWN
    ]
