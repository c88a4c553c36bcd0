"""What of inputs needs a second person: decisions on very many at once, and opening one input after the closing."""

from hashlib import sha256

from django.conf import settings
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.operations import rehearsing
from forums.refusals import Refused
from forums.second_person import Act, register
from forums.templatetags.moments import in_words
from submissions import operations
from submissions.models import DecisionLine, DecisionRound, Submission
from submissions.operations.deciding import OPENINGS

DECISIONS, OPEN_LATE = "submissions.decisions", "submissions.open_late"
PUBLISH = "submissions.publish_submission"


def _subject(start, key):
    return Concat(Value(f"{start}:"), Cast(key, CharField()))


# Many decisions ------------------------------------------------------------------------------------------------------


def round_words(args):
    """What would be done, on how many inputs, in which words."""
    made = DecisionRound.objects.get(pk=args["round"])
    first = made.lines.first()
    found = [(_("Decision"), made.name), (_("Inputs"), str(made.lines.count()))]
    if visible_at := first and first.words.get("visible_at"):
        zone = first.submission.call.forum.zone
        found.append((_("Public from"), in_words(parse_datetime(visible_at), zone)))
    if reason := first and first.words.get("reason"):
        found.append((_("Reason (the author reads it)"), reason))
    found += letters_in_words(first.letters if first else {})
    return found


def letters_in_words(letters):
    """What becomes of the letters: as they are, none, or with words added to each or in place of one."""
    if letters.get("withheld"):
        reason = letters.get("reason")
        return [(_("Letters"), _("None go out."))] + ([(_("Why no letter goes out"), reason)] if reason else [])
    added = letters.get("words", {}).get(operations.ADDED, {})
    names = dict(settings.LANGUAGES)
    told = [(_("Added to each letter: %(language)s") % {"language": names[code]}, words) for code, words in added.items()]
    worded = [words for end, words in letters.get("words", {}).items() if end != operations.ADDED]
    told += [(_("A letter in other words"), f"{words['subject']}\n\n{words['text']}") for words in worded]
    return told or [(_("Letters"), _("They go out as they are."))]


def round_mark(args) -> str:
    """Every input with the last step that was seen and the one that it has now: any move makes another mark."""
    lines = DecisionLine.objects.filter(round=args["round"]).order_by("pk")
    last = operations.last_steps(Submission.objects.filter(decision_lines__round=args["round"]))
    seen = "|".join(f"{pk}:{step}:{last.get(pk)}" for pk, step in lines.values_list("submission", "seen_step"))
    return sha256(seen.encode()).hexdigest()


def carry_out_round(args, asked_by, by, at):
    """Let the round be carried out, line by line, by whoever decided it; a worker begins within a minute."""
    waiting = DecisionRound.objects.filter(pk=args["round"], state=DecisionRound.State.ASKED)
    if not waiting.update(state=DecisionRound.State.WORKING):
        raise Refused(_("It was carried out or set aside already."))


def drop_round(args, at):
    made = DecisionRound.objects.filter(pk=args["round"], state=DecisionRound.State.ASKED).first()
    if made is not None:
        operations.set_round_aside(made, by=None, at=at)


def rounds_known_to(user) -> Q:
    """Rounds without an input that this person may not see."""
    if not user.has_perm("submissions.view_submission"):
        return Q(pk__in=[])
    seen = Submission.objects.visible_to(user).values("pk")
    hidden = DecisionLine.objects.exclude(submission__in=seen).values("round")
    rounds = DecisionRound.objects.filter(together=False).exclude(pk__in=hidden)
    return Q(subject__in=rounds.annotate(subject=_subject("round", F("pk"))).values("subject"))


# Opening after the closing -------------------------------------------------------------------------------------------


def opening_words(args):
    submission = Submission.objects.select_related("call__forum", "organisation").get(pk=args["submission"])
    return [
        (_("Input"), submission.reference),
        (_("Organisation"), submission.organisation.name),
        (_("Takes additions until"), in_words(parse_datetime(args["closes_at"]), submission.call.forum.zone)),
        (_("Reason (the author reads it)"), args["reason"]),
        *letters_in_words(args.get("letters", {})),
    ]


def opening_mark(args) -> str:
    submission = Submission.objects.get(pk=args["submission"])
    last = submission.steps.order_by("-pk").values_list("pk", flat=True).first()
    return f"{submission.status}:{last}"


def carry_out_opening(args, asked_by, by, at):
    submission = Submission.objects.select_related("call__forum", "organisation").get(pk=args["submission"])
    closes_at = parse_datetime(args["closes_at"])
    letters = operations.Letters(**args.get("letters", {}))
    words = {"closes_at": closes_at, "reason": args["reason"]}
    rehearsing.decide(OPENINGS, submission, operations.open_late, by=asked_by, at=at, letters=letters, **words)


def inputs_known_to(user) -> Q:
    if not user.has_perm("submissions.view_submission"):
        return Q(pk__in=[])
    seen = Submission.objects.visible_to(user).annotate(subject=_subject("input", F("pk")))
    return Q(subject__in=seen.values("subject"))


def page_of_input(args):
    return reverse("admin:submissions_submission_change", args=[args["submission"]])


def page_of_round(args):
    return reverse("admin:submissions_decisionround_change", args=[args["round"]])


register(
    Act(
        DECISIONS,
        gettext_lazy("Decide on many inputs at once"),
        PUBLISH,
        round_words,
        round_mark,
        carry_out_round,
        rounds_known_to,
        drop_round,
        page_of_round,
    ),
    Act(
        OPEN_LATE,
        gettext_lazy("Open an input for additions after the closing"),
        PUBLISH,
        opening_words,
        opening_mark,
        carry_out_opening,
        inputs_known_to,
        page=page_of_input,
    ),
)
