"""A row for every room of the desk."""

from datetime import date, timedelta

from accreditation import operations as accrediting
from accreditation.models import (
    Absence,
    AuditEntry,
    Basis,
    DeskScope,
    Erasure,
    Merge,
    Reading,
    Register,
    RegisterImport,
    Resemblance,
)
from forums.models import (
    Change,
    Country,
    Follower,
    GuidingPrinciple,
    Letter,
    Milestone,
    NationalReview,
    Objective,
    OfficialDocument,
    PageCount,
    Region,
    RegionalReview,
    Rule,
    SecondPersonRequest,
    Sweep,
    Wording,
)
from submissions.models import (
    AssignmentRule,
    AutomaticAssignment,
    BackgroundNote,
    CallLetter,
    Compilation,
    Conflict,
    DecisionRound,
    PublishedInput,
)
from tests.accreditation.lists import make_list
from tests.accreditation.participation import (
    asked,
    asked_for_support,
    make_participant,
    make_speaking_session,
    make_terms,
    registered,
    release,
    staged,
)
from tests.factories import NOW, make_call, make_form, make_organisation, make_proposal, make_submission, make_user
from tests.forums.programmes import make_room, make_session, released
from tests.submissions.recordings import make_batch, make_recording, recorded

COUNTS = {"new": 0, "gone": 0, "changed": 0, "same": 1, "touched": 0}
NO_DIFFERENCE = {"fingerprint": "0" * 64, "counts": COUNTS, "new": [], "gone": [], "changed": [], "touched": []}


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


def make_evidence(claim):
    """A clean private file of an application; its bytes are nowhere."""
    kept = {"size": 9, "media_type": "application/pdf", "sha256": "0" * 64, "verdict": "clean"}
    return claim.files.create(name="statutes.pdf", file="evidence/x.pdf", added_at=NOW, **kept)


def make_letter(key="k", **fields):
    defaults = {"kind": "submissions/received", "to": "amina@example.org", "language": "en", "subject": "Received"}
    return Letter.objects.create(key=key, **{**defaults, "text": "It came.", "written_at": NOW, "not_before": NOW, **fields})


def make_claim(organisation, forum, basis="ecosoc", by=None):
    by = by or make_user()
    if basis == "special" and not forum.calls.filter(purpose="accreditation").exists():
        make_call(forum, purpose="accreditation")
    return accrediting.claim(organisation, forum=forum, basis=Basis.objects.get(pk=basis), by=by, at=NOW)


def _programme(forum):
    """A session in a room, released."""
    room = make_room(forum)
    session = make_session(forum, room=room)
    return {"meetingroom": room, "session": session, "release": released(forum)}


def _participation(forum, by):
    """A person who comes, a speaker who was released, support that was asked for, a voice, the forum's terms."""
    terms = make_terms(forum, support_open=True)
    standing = make_participant(forum)
    wish = asked(make_speaking_session(forum), standing)
    staged(wish, "chosen", by)
    support = asked_for_support(standing.organisation, forum, by)
    voice = {"name": "Ada", "chosen_by": "Everybody", "chosen_on": date(2026, 1, 2), "evidence": "A note"}
    return {
        "forumterms": terms,
        "registration": registered(standing),
        "speakerrelease": release(wish.session, by),
        "speakingrequest": wish,
        "speakingrequeststep": wish.steps.first(),
        "supportrequest": support,
        "supportrequeststep": support.steps.create(was="requested", became="withdrawn", at=NOW, announced_at=NOW),
        "representative": forum.representatives.create(recorded_by=by, recorded_at=NOW, **voice),
    }


def _newer_copy(claim):
    """A newer copy of a register, read and not brought in, and a standing that another touched."""
    about = {"kind": "ecosoc", "as_of": date(2026, 1, 2), "source": "a list", "name": "a.csv", "sha256": "0" * 64}
    run = RegisterImport.objects.create(**about, at=NOW, state="read", report=NO_DIFFERENCE)
    return {"registerimport": run, "registertouch": run.touches.create(accreditation=claim, what="gone", was="A name")}


def _twins(organisation, amina):
    """A pair that may be one organisation, and a merge that was done."""
    pair = {"organisation": make_organisation(), "other": organisation}
    gone = make_organisation(merged_into=organisation)
    made = Merge.objects.create(kept=organisation, gone=gone, reason="The same.", at=NOW, by=amina)
    return {"resemblance": Resemblance.objects.create(**pair, score=0.9, reason="spelling", found_at=NOW), "merge": made}


def _proposed(organisation, amina):
    """A correction that waits for the desk."""
    proposal = make_proposal(make_submission(status="published", organisation=organisation, by=amina))
    return {"proposal": proposal, "proposalstep": proposal.steps.get()}


def _decided_together(submission, amina):
    """A decision in a round, and a request for a second person."""
    made = DecisionRound.objects.create(name="First answers", call=submission.call, together=True, by=amina, at=NOW)
    made.lines.create(submission=submission, staged=True, decision="accept", seen_step=0, by=amina, at=NOW)
    asked = {"act": "forums.extend_call", "subject": f"call:{submission.call_id}", "mark": "x", "reason": "A storm."}
    args = {"call": submission.call_id, "closes_at": "2091-01-30T22:00:00+00:00", "reason": "A storm."}
    args |= {"authority": "Co-chairs", "told": "nobody"}
    dates = {"asked_at": NOW, "expires_at": NOW + timedelta(days=9000)}
    return {
        "decisionround": made,
        "secondpersonrequest": SecondPersonRequest.objects.create(**asked, args=args, asked_by=amina, **dates),
    }


def _shared_out(submission, person):
    """A rule, a call in which rules work by themselves; a conflict of interest, an absence and a scope of somebody."""
    call, away = submission.call, date(2026, 2, 2)
    rule = AssignmentRule.objects.create(forum=call.forum, place=1, language="en")
    conflict = {"organisation": make_organisation(), "ground": "family", "reason": "A cousin.", "by": person, "at": NOW}
    return {
        "assignmentrule": rule,
        "automaticassignment": AutomaticAssignment.objects.create(call=call, since=NOW),
        "conflict": Conflict.objects.create(user=person, **conflict),
        "absence": Absence.objects.create(user=person, first_day=away, last_day=away, by=person, at=NOW),
        "deskscope": DeskScope.objects.create(user=person, level="local", by=person, at=NOW),
    }


def _form():
    """A form that is being written."""
    form = make_form(("what", "long"), published=False)
    return {"formtemplate": form.template, "formversion": form, "question": form.questions.get()}


def _note_of(forum):
    """A duty that is met by a background note."""
    return Milestone.objects.create(forum=forum, kind="note", name="Note", round_table=forum.round_tables.first())


def fill(forum, organisation, amina):
    """Model name -> a row."""
    submission = make_submission(status="published", organisation=organisation, by=amina)
    claim = make_claim(organisation, forum, by=amina)
    listed = make_list(forum)
    register = Register.objects.create(kind="ecosoc", as_of=date(2026, 1, 1), source="a list")
    return {
        "submission": submission,
        "publishedinput": PublishedInput.objects.get(submission=submission),
        "attachment": make_attachment(make_submission(call=submission.call, organisation=organisation, by=amina)),
        "submissionstep": submission.steps.first(),
        **_proposed(organisation, amina),
        **_form(),
        **_shared_out(submission, amina),
        "compilation": Compilation.objects.create(forum=forum, language="en", forms=["docx"], asked_by=amina, asked_at=NOW),
        "callletter": CallLetter.objects.create(call=submission.call, asked_by=amina, asked_at=NOW),
        "backgroundnote": BackgroundNote.objects.create(milestone=_note_of(forum), opened_by=amina, opened_at=NOW),
        "recordingbatch": make_batch(call=submission.call, by=amina),
        "recording": recorded(make_recording(call=submission.call, tells_people=False), by=amina),
        "cosponsor": submission.co_sponsors.create(
            name="Alpha Village", folded="alpha village", on_behalf=True, invited_by=amina, invited_at=NOW
        ),
        **_decided_together(submission, amina),
        "inputtranslation": submission.translations.create(
            version=submission.versions.get(),
            language="fr",
            title="Titre",
            origin="official",
            state="shown",
            by=amina,
            at=NOW,
        ),
        "use": submission.uses.create(
            document=OfficialDocument.objects.create(forum=forum, kind="summary", title="Summary"), by=amina, at=NOW
        ),
        "publicityrequest": submission.publicity_requests.create(
            wanted="desk", reason="A member was threatened.", asked_by=amina, asked_at=NOW
        ),
        "accreditation": claim,
        "organisation": organisation,
        "nonobjectionlist": listed,
        "nonobjectionliststep": listed.steps.create(was="preparing", became="circulated", at=NOW),
        "membership": organisation.memberships.first(),
        **_twins(organisation, amina),
        "basis": Basis.objects.get(pk="ecosoc"),
        "register": register,
        "registerentry": register.entries.create(name="Harbour Light International"),
        **_newer_copy(claim),
        **_participation(forum, amina),
        "accreditationstep": claim.steps.first(),
        "enquiry": claim.enquiries.create(question="Since when?", asked_by=amina, asked_at=NOW, answered_at=NOW),
        "evidencefile": make_evidence(claim),
        "reading": Reading.objects.create(what="evidence", of="x", label="statutes.pdf", by=amina, at=NOW),
        "erasure": Erasure.objects.create(fingerprint="0" * 64, by=amina, at=NOW),
        "auditentry": AuditEntry.objects.filter(place="accreditation_erasure").first(),
        "user": amina,
        "forum": forum,
        "call": submission.call,
        "milestone": Milestone.objects.create(
            forum=forum, kind="report", name="Report", weeks_before=12, resolution="A/RES/73/326", paragraph="14"
        ),
        "rule": Rule.objects.create(code="speakers", kind="speakers", name="Speakers’ list closes", weeks_before=4),
        "officialdocument": OfficialDocument.objects.create(forum=forum, kind="sg_report", symbol="A/80/1", title="Report"),
        "roundtable": forum.round_tables.first(),
        "regionalreview": RegionalReview.objects.create(round=1, name="Review in Africa", region="Africa"),
        "nationalreview": NationalReview.objects.create(country_id="KEN", title="Review of Kenya", year=2022),
        **_programme(forum),
        "change": Change.objects.filter(forum=forum).first() or Change.objects.create(forum=forum, kind="convened", at=NOW),
        "follower": Follower.objects.create(email="reader@example.org", asked_at=NOW),
        "letter": make_letter(kind="forums/milestone_due"),
        "wording": Wording.objects.create(kind="submissions/received", language="en", subject="Received", text="It came."),
        "pagecount": PageCount.objects.create(day=NOW.date(), page="home", language="en", number=3),
        "sweep": Sweep.objects.create(name="heartbeat", ran_at=NOW),
        "objective": Objective.objects.get(pk=7),
        "guidingprinciple": GuidingPrinciple.objects.create(number=1, letter="a", title="People-centred"),
        "region": Region.objects.get(pk="ECA"),
        "country": Country.objects.get(pk="KEN"),
    }


__all__ = ["fill", "make_attachment", "make_claim", "make_letter", "make_organisation"]
