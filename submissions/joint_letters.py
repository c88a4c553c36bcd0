"""Which letters go out about a joint input: to those that are asked to stand under it, to its lead, to the desk."""

from collections import Counter

from django.conf import settings

from accreditation.notifications import people_of, speakers
from forums.operations import write
from submissions.models import CoSponsor, Submission, Version

State, Status = CoSponsor.State, Submission.Status
TO_CO_SPONSOR = {
    State.INVITED: "submissions/joint_invited",
    State.DROPPED: "submissions/joint_dropped",
    State.TAKEN_OUT: "submissions/joint_dropped",
}
TO_LEAD = (State.AGREED, State.DECLINED, State.LEFT)
MOVED = (Status.WITHDRAWN, Status.PUBLISHED, Status.NOT_ADMISSIBLE)


def about_row(row, text=None) -> dict:
    """What every letter about a co-sponsor knows; `text` is the draft in hand, where that is not the input itself."""
    submission = row.submission
    call = submission.call
    return {"row": row, "submission": submission, "text": text or submission, "call": call, "forum": call.forum}


def letters_for(step, *, at):
    """Write the letters of one step of a co-sponsor."""
    row = step.co_sponsor
    about = {**about_row(row), "step": step}
    if row.organisation_id is None:
        return []  # asked by a name that nobody here has
    if template := TO_CO_SPONSOR.get(step.became):
        return _to_people(template, row.organisation, about, f"co-sponsor-step:{step.pk}", at)
    if step.became not in TO_LEAD:
        return []
    told = _to_people("submissions/joint_answered", row.submission.organisation, about, f"co-sponsor-step:{step.pk}", at)
    return told + ([_to_desk(step, about, at)] if step.became == State.LEFT else [])


def _to_desk(step, about, at):
    """Whoever reviews it hears that a name is gone; the mailbox of the desk where nobody does, or to whom it was closed."""
    submission = about["submission"]
    reviewer = submission.reviewer
    if reviewer and not Submission.objects.visible_to(reviewer).filter(pk=submission.pk).exists():
        reviewer = None
    to, language = (reviewer.email, reviewer.language) if reviewer else (settings.CONTACT_EMAIL, settings.LANGUAGE_CODE)
    key = f"co-sponsor-step:{step.pk}:desk"
    about = {**about, "person": reviewer or "", "to_desk": True}
    return write("submissions/joint_answered", to=to, language=language, about=about, key=key, at=at, forum=about["forum"])


def are_told(template, step) -> bool:
    """Whether those that stand under an input hear of such a step."""
    sent = template == "submissions/received" or step.was == Status.WITHDRAWN
    return sent or step.became in MOVED or template == "submissions/taken_down"


def people_of_several(pks, template, step) -> int:
    """To how many people of bodies under these inputs the letters of such a step go, once for each body and input."""
    if not are_told(template, step):
        return 0
    rows = CoSponsor.objects.named().filter(submission__in=pks).values_list("pk", "organisation", "submission")
    rows = list(rows)
    if not rows:
        return 0
    versions = Version.objects.standing().filter(submission__in={submission for _pk, _body, submission in rows})
    newest = versions.order_by("submission_id", "-number").distinct("submission_id")
    named = {body["id"] for bodies in newest.values_list("content__co_sponsors", flat=True) for body in bodies or ()}
    people = Counter(speakers().values_list("organisation", flat=True).filter(organisation__in={o for _pk, o, _s in rows}))
    return sum(people[body] for pk, body, _submission in rows if pk in named)


def of_input(template, step, about, *, at):
    """Letters to those that stand under an input when it was sent, or came where they ought to know of it."""
    if not are_told(template, step):
        return []
    version = about["version"]
    named = {body["id"] for body in version.content.get("co_sponsors", [])} if version else set()
    if not named:
        return []
    letters = []
    for row in step.submission.co_sponsors.named().filter(pk__in=named).select_related("organisation"):
        kind = "submissions/joint_sent" if template == "submissions/received" else "submissions/joint_moved"
        known = {**about_row(row), **about, "row": row}
        letters += _to_people(kind, row.organisation, known, f"joint-step:{step.pk}:{row.pk}", at)
    return letters


def tell_of_discard(draft, *, at):
    """Tell those that were asked, or agreed, that the draft is gone."""
    for row in draft.co_sponsors.bodies().exclude(organisation=None).select_related("organisation"):
        about = {**about_row(row), "discarded": True}
        _to_people("submissions/joint_dropped", row.organisation, about, f"joint-discarded:{row.pk}", at)


def tell_of_change(row, text, *, at):
    """Tell the people of a body that the text is no longer the one it agreed to; one letter for each changed text."""
    about = about_row(row, text)
    return _to_people("submissions/joint_changed", row.organisation, about, f"joint-changed:{row.pk}:{row.told_mark}", at)


def _to_people(template, organisation, about, key, at):
    return [
        write(
            template,
            to=person.email,
            language=person.language,
            about={**about, "person": person},
            key=f"{key}:{person.pk}",
            forum=about["forum"],
            at=at,
        )
        for person in people_of(organisation)
    ]
