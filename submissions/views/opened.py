"""What a page says of a question of the desk: until when it is answered, what may be changed, which files stay."""

from django.utils.timezone import now

from submissions.operations.reopened import file_is_opened, opened, sent_files
from submissions.parts import FILE, parts_of
from submissions.views.own import lines_of


def lines_to_change(submission, files, named=...) -> list:
    """The same for a page on which files are changed; `closed` are those that a question of the desk does not open."""
    lines, named = lines_of(files), opened(submission) if named is ... else named
    asks = lines and named is not None and "files" not in named
    sent = sent_files(submission) if asks else set()
    return [{**line, "closed": not file_is_opened(named, line["pk"], sent)} for line in lines]


def opened_in_words(submission, question) -> dict:
    """The question with the parts that it opens, as a page says them, and whether its day has passed."""
    names = []
    if question.opens:
        files = submission.attachments.filter(pk__in=[one[5:] for one in question.opens if one.startswith(FILE)])
        known = parts_of(submission, files)
        names = [known.get(part, part) for part in question.opens]
    overdue = question.answer_by is not None and question.answer_by <= now()
    return {"question": question, "opened": names, "overdue": overdue}
