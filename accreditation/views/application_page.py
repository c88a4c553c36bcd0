"""The pages of an application: on which it is written, and on which one sees where it stands."""

from django.conf import settings
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import localtime, now

from accreditation import permissions
from accreditation.entrance import typed_before
from accreditation.forms_application import file_name_of, name_of
from accreditation.models import Accreditation, BasisPoint
from accreditation.operations.confirming import held_before, is_confirmable
from accreditation.operations.enquiring import is_overdue
from accreditation.operations.evidence import TYPES
from accreditation.operations.lacking import missing, open_enquiry, points_of, points_writable
from accreditation.operations.timing import call_now
from accreditation.terms import permits
from accreditation.views.application_typed import place_of
from accreditation.views.own_application import files_of, history_of, lines_of
from forums.models import Call

Status = Accreditation.Status


def edit_page(request, own, form, *, at, refused=(), status=200):
    """The questions that can be answered now, in their order; of the others what was said."""
    accreditation = own.accreditation
    enquiry, writable = open_enquiry(accreditation), points_writable(accreditation)
    files = lines_of(files_of(accreditation), own)
    context = {
        **frame_of(own, at),
        "form": form,
        "questions": [question_of(point, form, files) for point in writable],
        "people": [form[name] for name in ("women", "men", "others") if name in form.fields],
        "reply": form["reply"] if "reply" in form.fields else None,
        "enquiry": enquiry,
        "overdue": is_overdue(enquiry, at),
        "answers": [] if accreditation.status == Status.DRAFT else said_in(accreditation, files),
        "lacks": missing(accreditation),
        "refused": refused,
        "rules": file_rules(),
        "may_send": permissions.represents(request.user, own.organisation),
        "unsaved": typed_before(request, place_of(own)) is not None,
    }
    return render(request, "accreditation/participant/application.html", context, status=status)


def question_of(point, form, files) -> dict:
    """A point with its field, or with its files and the name of the field that takes another."""
    is_file = point.kind == BasisPoint.Kind.FILE
    return {
        "point": point,
        "anchor": anchor_of(point),
        "field": None if is_file else form[name_of(point)],
        "file_name": file_name_of(point) if is_file else "",
        "files": [line for line in files if line["point"] == point.pk],
    }


def anchor_of(point) -> str:
    """Where on the page a point is answered."""
    return f"id_{file_name_of(point) if point.kind == BasisPoint.Kind.FILE else name_of(point)}"


def said_in(accreditation, files) -> list:
    """What an application says, point by point: label, text, files; of points asked no more only what was answered."""
    texts = dict(accreditation.answers.values_list("point", "text"))
    asked = {point.pk: point for point in points_of(accreditation)}
    given = {*texts, *(line["point"] for line in files if line["point"])}
    others = BasisPoint.objects.filter(pk__in=[pk for pk in given if pk not in asked], basis=accreditation.basis_id)
    return [
        {"point": point, "text": texts.get(point.pk, ""), "files": [line for line in files if line["point"] == point.pk]}
        for point in (*asked.values(), *others)
    ]


def frame_of(own, at) -> dict:
    """What both pages share."""
    accreditation = own.accreditation
    call = call_now(own.forum, accreditation.basis, at)
    return {
        "own": own,
        "organisation": own.organisation,
        "forum": own.forum,
        "accreditation": accreditation,
        "basis": accreditation.basis,
        "call": call,
        "phase": call.phase(at) if isinstance(call, Call) else None,
        "needs_call": accreditation.basis.non_objection and call is None,
        "history": history_of(accreditation),
    }


def file_rules() -> dict:
    """What files are taken: said before anybody chooses one."""
    return {
        "size": filesizeformat(settings.UPLOAD_MOST_BYTES),
        "types": ", ".join(sorted({extension.lstrip(".").upper() for extension in TYPES})),
        "accept": ",".join(TYPES),
        "days": settings.EVIDENCE_KEPT_DAYS,
    }


def status_page(request, own):
    """Where it stands, what it says, what the desk asked, what can be done by it, and the ways on."""
    at, accreditation = now(), own.accreditation
    speaks = permissions.represents(request.user, own.organisation)
    former = held_before(own.organisation, own.forum) if own.has_ended else None
    context = {
        **frame_of(own, at),
        "answers": said_in(accreditation, lines_of(files_of(accreditation), own)),
        "enquiries": accreditation.enquiries.prefetch_related("points"),
        "permits": permits(accreditation, localtime(at, own.forum.zone).date()),
        "may_withdraw": speaks and accreditation.may_move(Status.WITHDRAWN),
        "may_take_back": speaks and accreditation.status == Status.WITHDRAWN,
        "may_begin": own.has_ended and permissions.writes_for(request.user, own.organisation),
        "former": former if former and is_confirmable(former) else None,
        "days": settings.EVIDENCE_KEPT_DAYS,
    }
    return render(request, "accreditation/participant/application_status.html", context)
