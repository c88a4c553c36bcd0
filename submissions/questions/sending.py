"""The answers of a form as they are sent and kept in a version: only what was shown, each with its question. Pure."""

from django.utils.translation import override

from submissions.questions.asking import form_of
from submissions.questions.conditions import fitting, shown
from submissions.questions.lacking import WRITTEN, prose_of


def sent_with(submission) -> dict:
    """What a form adds to the canonical content of a version; nothing where the call asks for no form.

    Each question stands in it as its author read it in the language of the input, so that the content says by itself what
    was asked; with `seen_by` as it was promised then.
    """
    form = form_of(submission.form_version_id)
    if form is None:
        return {}
    with override(submission.language or "en"):
        answers = [
            {
                "key": question.key,
                "kind": question.kind,
                "question": question.label,
                "seen_by": question.seen_by,
                "answer": answer,
            }
            for question in shown(form, submission.answers)
            if (answer := fitting(question, submission.answers.get(question.key))) is not None
        ]
    named = {"id": str(form.pk), "template": form.template.code, "version": form.number}
    return {"form": named, "answers": answers}


def text_of(submission) -> str:
    """The free text, where the form asks for it; what was written before another form applied stays in the draft."""
    form = form_of(submission.form_version_id)
    return "" if form is not None and form.text_asked == "none" else submission.text


def written_in(answers) -> str:
    """All prose of these answers as they stand in a content, one after another."""
    return "\n\n".join(prose_of(one["answer"]) for one in answers if one["kind"] in WRITTEN)


def own_words_in(content) -> str:
    """What its author wrote in a version: the text and the prose of the answers."""
    return "\n\n".join(filter(None, [content["text"], written_in(content.get("answers", []))]))
