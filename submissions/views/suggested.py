"""What the page of a draft suggests: objectives that its own words point to, never ticked by themselves."""

from django.template.loader import render_to_string

from submissions.questions.lacking import prose_of
from submissions.suggesting import suggest


def suggested_for(form, submission) -> list:
    """Objectives not yet chosen to which words of the title, the summary and the text point, each with its words."""
    answered = [prose_of(answer) for answer in submission.answers.values()]
    text = "\n".join((submission.title, submission.summary, submission.text, *answered))
    suggestions = suggest(text, submission.language)
    if not suggestions:
        return []
    chosen = {str(number) for number in (submission.just_chosen or submission.chosen())["objectives"]}
    anchors = {str(box.data["value"]): box.id_for_label for box in form["objectives"].subwidgets}
    labels = dict(form.fields["objectives"].choices)
    return [
        {"label": labels[number], "anchor": anchors[number], "words": one.words}
        for one in suggestions
        if (number := str(one.number)) not in chosen and number in anchors
    ]


def suggested_now(form, submission) -> str:
    """The suggestions as the page shows them, for a script that saved something and has the old ones."""
    context = {"suggested": suggested_for(form, submission), "language": submission.language}
    return render_to_string("submissions/participant/_suggested.html", context)
