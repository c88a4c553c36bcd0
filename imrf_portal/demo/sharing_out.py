"""How the demonstration shares out its inputs: two rules in order, a switch that is off, a reviewer who will be away."""

from datetime import timedelta

from accreditation.operations import note_absence
from submissions.models import AssignmentRule, AutomaticAssignment


def share_out(forum, cast, *, at):
    """Rules that nobody has set to work by themselves; an absence next month."""
    reviewers, editor = cast.desk["reviewer"], cast.desk["editor"][0]
    for place, people, named in ((10, reviewers[:1], {"language": "ar"}), (20, reviewers, {})):
        rule = AssignmentRule.objects.create(forum=forum, place=place, **named)
        rule.reviewers.set(people)
    call = forum.calls.for_inputs().order_by("pk").first()
    AutomaticAssignment.objects.create(call=call, is_on=False, since=at)
    first = at.date() + timedelta(days=30)
    note_absence(reviewers[-1], first_day=first, last_day=first + timedelta(days=6), by=editor, at=at)
