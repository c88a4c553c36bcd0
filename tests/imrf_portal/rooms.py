"""A row for every room of the desk."""

from datetime import date

from accreditation import operations as accrediting
from accreditation.models import Basis, Register
from forums.models import (
    Country,
    GuidingPrinciple,
    Letter,
    Milestone,
    Objective,
    OfficialDocument,
    Region,
    RegionalReview,
    Sweep,
)
from submissions.models import PublishedInput
from tests.factories import NOW, make_organisation, make_submission, make_user


def make_attachment(submission, **fields):
    """A file of an input, as a sent version names it."""
    defaults = {
        "name": "Annex.pdf",
        "file": "attachments/x.pdf",
        "size": 12,
        "media_type": "application/pdf",
        "sha256": "a" * 64,
        "added_at": NOW,
    }
    attachment = submission.attachments.create(**{**defaults, **fields})
    version = submission.versions.order_by("-number").first()
    if version:
        version.content["files"].append({"id": str(attachment.pk), "name": attachment.name, "size": 12, "sha256": "a" * 64})
        type(version).objects.filter(pk=version.pk).update(content=version.content)
    return attachment


def make_letter(key="k", **fields):
    defaults = {"kind": "submissions/received", "to": "amina@example.org", "language": "en", "subject": "Received"}
    return Letter.objects.create(key=key, **{**defaults, "text": "It came.", "written_at": NOW, "not_before": NOW, **fields})


def make_claim(organisation, forum, basis="ecosoc", by=None):
    by = by or make_user()
    return accrediting.claim(organisation, forum=forum, basis=Basis.objects.get(pk=basis), by=by, at=NOW)


def fill(forum, organisation, amina):
    """Model name -> a row."""
    submission = make_submission(status="published", organisation=organisation, by=amina)
    claim = make_claim(organisation, forum, by=amina)
    register = Register.objects.create(kind="ecosoc", as_of=date(2026, 1, 1), source="a list")
    return {
        "submission": submission,
        "publishedinput": PublishedInput.objects.get(submission=submission),
        "attachment": make_attachment(make_submission(call=submission.call, organisation=organisation, by=amina)),
        "submissionstep": submission.steps.first(),
        "accreditation": claim,
        "organisation": organisation,
        "membership": organisation.memberships.first(),
        "basis": Basis.objects.get(pk="ecosoc"),
        "register": register,
        "registerentry": register.entries.create(name="Harbour Light International"),
        "accreditationstep": claim.steps.first(),
        "user": amina,
        "forum": forum,
        "call": submission.call,
        "milestone": Milestone.objects.create(
            forum=forum, kind="report", name="Report", weeks_before=12, basis="A/RES/73/326, paragraph 14"
        ),
        "officialdocument": OfficialDocument.objects.create(forum=forum, kind="sg_report", symbol="A/80/1", title="Report"),
        "roundtable": forum.round_tables.first(),
        "regionalreview": RegionalReview.objects.create(round=1, name="Review in Africa", region="Africa"),
        "letter": make_letter(),
        "sweep": Sweep.objects.create(name="heartbeat", ran_at=NOW),
        "objective": Objective.objects.get(pk=7),
        "guidingprinciple": GuidingPrinciple.objects.create(number=1, letter="a", title="People-centred"),
        "region": Region.objects.get(pk="ECA"),
        "country": Country.objects.get(pk="KEN"),
    }


__all__ = ["fill", "make_attachment", "make_claim", "make_letter", "make_organisation"]
