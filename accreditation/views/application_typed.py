"""Taking in what the page of an application posted: answers first, then files. Whatever comes between, no text is lost."""

from functools import wraps

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation import operations
from accreditation.entrance import forget_typed, keep_typed, leading_on, to_sign_in
from accreditation.forms_application import ApplicationForm, answers_of, file_name_of
from accreditation.models import BasisPoint
from accreditation.operations.lacking import open_enquiry, points_writable
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import city_of
from forums.typed import posted


def place_of(own) -> str:
    """The address of the application's page."""
    return reverse("accreditation:application", args=own.address)


def clock_words(forum, at) -> str:
    """The clock time of a saving where the forum is: 14:02:33 New York."""
    return f"{localtime(at, forum.zone):%H:%M:%S} {city_of(forum.zone)}"


def writing(view):
    """As signed_in, for every address to which the application's page posts: all of them come back to that page."""
    view = leading_on(view)

    @wraps(view)
    def answer(request, slug, forum, **kwargs):
        if request.user.is_authenticated:
            return view(request, slug, forum, **kwargs)
        place = reverse("accreditation:application", args=[slug, forum])
        if request.method == "POST":
            keep_typed(request, place)
        if request.accepts("application/json") and not request.accepts("text/html"):
            return JsonResponse({"signed_out": True}, status=403)
        return to_sign_in(place if request.method == "POST" else request.get_full_path())

    return answer


def take_in(request, own, *, at, then=None):
    """Save what was posted and go on; or show the same page again with what could not be taken."""
    from accreditation.views.application_page import edit_page

    accreditation = own.accreditation
    points, enquiry = points_writable(accreditation), open_enquiry(accreditation)
    form = ApplicationForm(posted(request.POST), accreditation=accreditation, points=points, enquiry=enquiry)
    try:
        own.accreditation = save_answers(request, own, form, at=at)
    except operations.Conflict as conflict:
        return conflict_page(request, own, form, conflict.theirs)
    except Refused as why:
        return lost_ground(request, own, form, why)
    refused = save_files(request, own, points, at=at)
    if form.errors or refused:
        return edit_page(request, own, form, at=at, refused=refused)
    if then:
        return redirect(then)
    if request.POST.get("then") == "check":
        return redirect("accreditation:application_check", *own.address)
    anchor = next((f"#id_{file_name_of(point)}" for point in points if request.POST.get("then") == point.code), "")
    return redirect(place_of(own) + anchor)


def save_answers(request, own, form, *, at):
    """Keep every well-formed answer on the edition that the page showed; returns the application as it now stands.

    A page that says what is saved already conflicts with nobody: its own saving may have arrived without its answer.
    """
    form.is_valid()
    given = {
        point: form.cleaned_data[name]
        for name, point in form.points.items()
        if name in form.data and name in form.cleaned_data and form.data.get(f"take_{name}") != "theirs"
    }
    people = {
        name: value for name, value in form.people.items() if name in form.data and form.data.get(f"take_{name}") != "theirs"
    }
    mine = "reply" in form.data and form.data.get("take_reply") != "theirs"
    words = {"answers": given, "people": people, "reply": form.cleaned_data.get("reply") if mine else None}
    try:
        kept = operations.save_application(own.accreditation, by=request.user, at=at, edition=form.edition_seen, **words)
    except operations.Conflict as conflict:
        if differing(form, conflict.theirs):
            raise
        kept = conflict.theirs
    form.now_edition(kept.edition)
    forget_typed(request, place_of(own))
    return kept


def save_files(request, own, points, *, at) -> list:
    """Take in each chosen file; returns the sentences about those that could not be taken."""
    refused, taken = [], 0
    for point in points:
        if point.kind != BasisPoint.Kind.FILE:
            continue
        for file in request.FILES.getlist(file_name_of(point)):
            try:
                operations.add_evidence(own.accreditation, file, point=point, by=request.user, at=at)
                taken += 1
            except Refused as why:
                refused.append(str(why))
    if taken:
        look_soon("accreditation.tasks.scan_evidence")
    return refused


def differing(form, theirs) -> list:
    """The questions to which the page says something else than what is saved."""
    saved = answers_of(theirs, form.points.values(), open_enquiry(theirs))
    return [name for name in form.names if name in form.data and not _same(form[name].value(), saved.get(name))]


def _same(mine, saved) -> bool:
    def plain(value):
        return "" if value is None else str(value).replace("\r\n", "\n").strip()

    return plain(mine) == plain(saved)


def conflict_page(request, own, form, theirs):
    """Both texts, answer by answer, with the choice which one to keep; nothing was overwritten, nothing is lost."""
    form.now_edition(theirs.edition)
    saved = answers_of(theirs, form.points.values(), open_enquiry(theirs))
    names = differing(form, theirs)
    context = {
        "own": own,
        "organisation": own.organisation,
        "form": form,
        "place": place_of(own),
        "same": [form[name].as_hidden() for name in form.names if name not in names],
        "differing": [
            {"field": form[name], "name": name, "mine": form[name].value() or "", "theirs": saved.get(name) or ""}
            for name in names
        ],
    }
    return render(request, "accreditation/participant/application_conflict.html", context, status=409)


def lost_ground(request, own, form, why):
    """The application can no longer be written: say why, and give back everything that was typed."""
    kept = [{"label": form.fields[name].label, "text": form[name].value()} for name in form.names if form[name].value()]
    context = {"message": str(why), "kept": kept, "url": place_of(own), "action": _("Open the application")}
    return render(request, "409.html", context, status=409)
