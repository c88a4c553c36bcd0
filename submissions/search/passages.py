"""In which document, and on which page of it, the words of a question stand: looked up for the rows of one page."""

from django.db.models import BooleanField, Case, F, When
from django.urls import reverse

from submissions.models import Attachment, Passage
from submissions.search.querying import answers, rank

WITH_PAGES = ("application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
EXCERPT = "MaxWords=30, MinWords=15, MaxFragments=1"


def hits(inputs, marks) -> dict:
    """Submission -> where its files say it best: name, address and page of the document, and a marked excerpt.

    One statement. It reads one passage an input, and only of files that everybody may have at this moment.
    """
    if not inputs:
        return {}
    named = {row.submission_id: row.reference for row in inputs}
    best = _best(list(named), marks.asked)
    said = marks.marked("text", EXCERPT)
    rows = Passage.objects.filter(pk__in=best).annotate(marked=said).defer("vector", "text")
    return {row.submission_id: _hit(row, named, marks) for row in rows.select_related("extract__attachment")}


def _best(submissions, asked):
    """The passage of each input that answers all words, else the one that answers most; an early page before a late one."""
    public = Attachment.objects.presentable().filter(submission__in=submissions).values("pk")
    passages = Passage.objects.filter(submission__in=submissions, extract__attachment__in=public)
    passages = passages.filter(answers(F("vector"), asked, some=True))
    whole = Case(When(answers(F("vector"), asked), then=True), default=False, output_field=BooleanField())
    passages = passages.annotate(whole=whole, rank=rank(asked, some=True))
    ordered = passages.order_by("submission_id", "-whole", "-rank", "place", "pk").distinct("submission_id")
    return ordered.values("pk")


def _hit(row, named, marks):
    file = row.extract.attachment
    text = marks.cutting(row.marked, row.language)
    return {
        "name": file.name,
        "url": reverse("submissions:file", args=[named[row.submission_id], file.pk]),
        "page": row.page if file.media_type in WITH_PAGES else None,
        "text": marks.html(text, row.language),
        "language": row.language,
    }
