"""What the page of a draft suggests: objectives that its own words point to, never ticked by themselves."""

from django.template.loader import render_to_string

from submissions.questions.lacking import prose_of
from submissions.suggesting import suggest


def suggested_for(form, submission, listed=None) -> list:
    """Objectives not yet chosen to which words of the title, the summary and the text point, each with its words.

    `listed` gives the objectives where the page does not show them anyhow; it is asked only where something is suggested.
    """
    answered = [prose_of(answer) for answer in submission.answers.values()]
    text = "\n".join((submission.title, submission.summary, submission.text, *answered))
    chosen = {str(number) for number in (submission.just_chosen or submission.chosen())["objectives"]}
    suggestions = [one for one in suggest(text, submission.language) if str(one.number) not in chosen]
    if not suggestions:
        return []
    choices = listed() if listed else form.fields["objectives"].choices
    box, anchor = form["objectives"], form.fields["objectives"].widget.id_for_label
    lines = {key: {"label": label, "anchor": anchor(box.auto_id, place)} for place, (key, label) in enumerate(choices)}
    return [lines[str(one.number)] | {"words": one.words} for one in suggestions if str(one.number) in lines]


def suggested_now(form, submission) -> str:
    """The suggestions as the page shows them, for a script that saved something and has the old ones."""
    found = suggested_for(form, submission, listed=form.fields["objectives"].in_short)
    context = {"suggested": found, "language": submission.language}
    return render_to_string("submissions/participant/_suggested.html", context)
