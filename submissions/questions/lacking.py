"""What a form still lacks before it can be sent. Pure."""

from django.utils.translation import gettext_lazy as _

from submissions import words
from submissions.questions.conditions import fitting, shown

WRITTEN = ("short", "long", "table")


def lacking(form, answers, language) -> dict:
    """Field -> sentence for each question that is shown and unanswered though required, or answered at too great length."""
    found = {}
    for question in shown(form, answers):
        answer = fitting(question, answers.get(question.key))
        if answer is None:
            if question.required:
                found[question.field] = _("Answer this: %(question)s") % {"question": question.label}
        elif question.word_limit and (count := words_in(answer, language)) > question.word_limit:
            found[question.field] = _("“%(question)s” has %(count)d words; at most %(most)d are taken. Shorten it.") % {
                "question": question.label,
                "count": count,
                "most": question.word_limit,
            }
    return found


def any_written(form, answers) -> bool:
    """Whether a question that is shown, and whose answer is public, was answered in writing."""
    asked = (question for question in shown(form, answers) if question.is_public and question.kind in WRITTEN)
    return any(fitting(question, answers.get(question.key)) for question in asked)


def words_in(answer, language) -> int:
    return words.count(prose_of(answer), language)


def prose_of(answer) -> str:
    """What an author wrote in an answer: the text, or the cells of a table one after another."""
    if isinstance(answer, str):
        return answer
    return "\n".join(cell for row in answer if isinstance(row, dict) for cell in row.values() if isinstance(cell, str))
