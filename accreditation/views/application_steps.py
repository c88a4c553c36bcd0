"""What is done with an application: check, send, withdraw, take back, confirm the last standing; read and take out files."""

from contextlib import suppress

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from accreditation import operations, permissions
from accreditation.entrance import signed_in
from accreditation.forms_application import DeclarationForm, WithdrawForm
from accreditation.models import Accreditation
from accreditation.operations.applying import WRITABLE
from accreditation.operations.checking import check_again
from accreditation.operations.confirming import held_before, is_confirmable
from accreditation.operations.lacking import missing, open_enquiry
from accreditation.terms import of_terms, permits
from accreditation.views.application_page import anchor_of, frame_of, said_in
from accreditation.views.application_typed import place_of, take_in, writing
from accreditation.views.own_application import files_of, lines_of, own_application
from forums.clock import database_now
from forums.hints import look_soon
from forums.refusals import Refused
from forums.typed import posted_by

Status = Accreditation.Status


def _there(own):
    if own.accreditation is None:
        raise Http404
    return own.accreditation


def _announce():
    look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters", "accreditation.tasks.scan_evidence")


@signed_in
def check(request, slug, forum):
    """Check every answer, then send. Sent twice, or from two tabs, it was sent once."""
    sends = request.method == "POST"
    own = own_application(request, slug, forum, may=permissions.represents if sends else permissions.writes_for)
    accreditation = _there(own)
    if accreditation.status not in WRITABLE:
        return redirect(place_of(own))
    form = DeclarationForm(posted_by(request), initial={"edition": accreditation.edition})
    if form.is_valid() and _send(request, own, form):
        messages.success(request, _("It was put before the desk. You can write drafts meanwhile."))
        return redirect(place_of(own))
    form.data = form.data and {**form.data.dict(), "edition": accreditation.edition}
    lacks = [
        {"sentence": lack.sentence, "url": place_of(own) + f"#{anchor_of(lack.point) if lack.point else 'id_reply'}"}
        for lack in missing(accreditation)
    ]
    context = {
        **frame_of(own, now()),
        "form": form,
        "lacks": lacks,
        "answers": said_in(accreditation, lines_of(files_of(accreditation), own)),
        "enquiry": open_enquiry(accreditation),
        "may_send": permissions.represents(request.user, own.organisation),
    }
    return render(request, "accreditation/participant/application_check.html", context)


def _send(request, own, form) -> bool:
    if form.cleaned_data["edition"] != own.accreditation.edition:
        form.add_error(None, _("The application was changed after you opened this page. Check it once more, then send."))
        return False
    try:
        operations.send(own.accreditation, by=request.user)
    except Refused as why:
        form.add_error(None, str(why))
        return False
    _announce()
    return True


@signed_in
def withdraw(request, slug, forum):
    """Take it back, or give the standing up, after a page that says what happens."""
    own = own_application(request, slug, forum, may=permissions.represents)
    accreditation = _there(own)
    if not accreditation.may_move(Status.WITHDRAWN):
        return redirect(place_of(own))
    form = WithdrawForm(posted_by(request))
    if form.is_valid():
        try:
            operations.withdraw_application(accreditation, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            _announce()
            messages.success(request, _("It was withdrawn. Nothing is lost: you can take it back."))
            return redirect(place_of(own))
    context = {**frame_of(own, now()), "form": form, "stands": accreditation.status in Accreditation.STANDING}
    return render(request, "accreditation/participant/application_withdraw.html", context)


@signed_in
def take_back(request, slug, forum):
    """Make what was withdrawn a draft again."""
    own = own_application(request, slug, forum, may=permissions.represents)
    if request.method == "POST" and _there(own).status == Status.WITHDRAWN:
        try:
            operations.take_back(own.accreditation, by=request.user, at=now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            _announce()
            messages.success(request, _("It is a draft again. The desk sees it once you send it."))
    return redirect(place_of(own))


@signed_in
def confirm(request, slug, forum):
    """One page: what was held, on which basis, what the register says today; one button asks that it count again."""
    own = own_application(request, slug, forum, may=permissions.represents)
    former = held_before(own.organisation, own.forum)
    begun = own.accreditation if own.accreditation and not own.has_ended else None
    if former is None or (begun and begun.status != Status.DRAFT):
        return redirect(place_of(own))
    if request.method == "POST":
        try:
            operations.confirm(own.organisation, forum=own.forum, former=former, by=request.user, at=database_now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            _announce()
            messages.success(request, _("The confirmation was put before the desk."))
            return redirect(place_of(own))
    context = {
        "own": own,
        "organisation": own.organisation,
        "forum": own.forum,
        "former": former,
        "confirmable": is_confirmable(former),
        "recheck": check_again(former),
        "permitted": permits(former) or of_terms(former.terms or former.basis.terms()),
        "permits": of_terms(former.basis.terms()),
        "today": localtime(now(), own.forum.zone).date(),
    }
    return render(request, "accreditation/participant/application_confirm.html", context)


# Files ---------------------------------------------------------------------------------------------------------------


@signed_in
def evidence(request, slug, forum, pk):
    """The bytes of one's own clean file as a download that can run nothing; of any other file nothing."""
    own = own_application(request, slug, forum, may=permissions.represents)
    file = get_object_or_404(_there(own).files.kept(), pk=pk)
    if not file.is_clean or not file.file:
        raise Http404
    try:
        return download(file, file.file.open("rb"))
    except FileNotFoundError as gone:
        raise Http404 from gone


def download(file, stream):
    """A private file as an attachment: never shown inside a page, kept by nobody on the way."""
    answer = FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@writing
def remove_file(request, slug, forum, pk):
    """Take a file out, and save whatever the same form posted beside it."""
    own = own_application(request, slug, forum, may=permissions.writes_for)
    file = get_object_or_404(_there(own).files, pk=pk)  # one taken out already is no error
    if request.method == "POST":
        with suppress(Refused):  # sent meanwhile: taking in what was typed says so
            operations.remove_evidence(file, by=request.user, at=now())
        if own.accreditation.status in WRITABLE:
            return take_in(request, own, at=now())
    return redirect(place_of(own))
