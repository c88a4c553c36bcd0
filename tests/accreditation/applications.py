"""Applications as tests need them: points of a basis, a call for special accreditation, a draft that is complete."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation import operations
from accreditation.models import Accreditation, Basis, BasisPoint
from tests.factories import NOW, make_call, make_forum, make_organisation, make_user

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
POINTS = (
    ("head", "line", True),
    ("purpose", "text", True),
    ("funding", "text", False),
    ("statutes", "file", True),
)


def make_points(basis="special"):
    """The points of a basis by their codes."""
    for position, (code, kind, required) in enumerate(POINTS):
        fields = {"label": code.title(), "kind": kind, "required": required, "position": position, "most_words": 20}
        BasisPoint.objects.get_or_create(basis_id=basis, code=code, defaults=fields)
    return {point.code: point for point in BasisPoint.objects.filter(basis=basis)}


def make_accreditation_call(forum, window="open", **fields):
    return make_call(forum, window=window, purpose="accreditation", name="Special accreditation", **fields)


def a_file(name="statutes.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def make_application(*, by=None, organisation=None, forum=None, basis="special", at=NOW, call="open", status="draft"):
    """An application that came to this status by the operations that lead there; complete, with a clean file."""
    forum = forum or make_forum()
    points = make_points(basis)
    if call and not forum.calls.filter(purpose="accreditation").exists():
        make_accreditation_call(forum, call)
    by = by or make_user()
    organisation = organisation or make_organisation(focal_point=by)
    draft = operations.begin(organisation, forum=forum, basis=Basis.objects.get(pk=basis), by=by, at=at)
    answers = {points["head"]: "Nadia Example, director", points["purpose"]: "Help at harbours."}
    draft = operations.save_application(draft, by=by, at=at, edition=draft.edition, answers=answers)
    operations.add_evidence(draft, a_file(), point=points["statutes"], by=by, at=at)
    draft.files.update(verdict="clean")
    draft = Accreditation.objects.get(pk=draft.pk)
    return lead(draft, status, by=by, desk=make_user(staff=True), at=at)


DECISION = {"decided_by": "Somebody", "evidence": "A letter"}


def lead(draft, status, *, by, desk, at=NOW):
    """Move a complete draft on to that status."""
    decided = {**DECISION, "decided_on": at.date()}
    paths = {
        "draft": (),
        "submitted": ("send",),
        "screening": ("send", "take_up"),
        "more_asked": ("send", "take_up", "ask"),
        "put_forward": ("send", "take_up", "put"),
        "recognised": ("send", "take_up", "recognise"),
        "accredited": ("send", "take_up", "put", "yes"),
        "not_accredited": ("send", "take_up", "not"),
        "withdrawn": ("send", "withdraw"),
        "expired": ("send", "take_up", "ask", "close"),
    }
    acts = {
        "send": lambda it: operations.send(it, by=by, at=at),
        "take_up": lambda it: operations.take_up(it, by=desk, at=at),
        "ask": lambda it: operations.ask_for_more(it, by=desk, at=at, question="Which year?"),
        "put": lambda it: operations.put_forward(it, by=desk, at=at),
        "recognise": lambda it: operations.recognise(it, by=desk, at=at, **decided),
        "yes": lambda it: operations.record_outcome(it, by=desk, at=at, accredited=True, **decided),
        "not": lambda it: operations.record_outcome(it, by=desk, at=at, accredited=False, **decided),
        "withdraw": lambda it: operations.withdraw_application(it, by=by, at=at),
        "close": lambda it: operations.close_unanswered(it, by=desk, at=at, reason="No answer came."),
    }
    for act in paths[status]:
        acts[act](draft)
        draft = Accreditation.objects.select_related("basis", "forum", "organisation").get(pk=draft.pk)
    return draft
