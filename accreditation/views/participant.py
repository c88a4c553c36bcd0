"""The organisation's own side: create its record, ask to join it, its people, its standing."""

from contextlib import suppress

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation import operations, permissions
from accreditation.entrance import forget_typed, leading_on, signed_in, to_sign_in, typed_before
from accreditation.forms import AnswerForm, ClaimForm, JoinForm, OrganisationForm
from accreditation.models import Membership, Organisation
from accreditation.non_objection.telling import as_told
from accreditation.search import organisations_like
from accreditation.views.own_application import history_of
from forums.hints import look_soon
from forums.models import Call, Forum
from forums.refusals import Refused
from forums.typed import posted, posted_by

LONGEST_QUESTION = 250


def forum_to_join(at):
    """The forum that newcomers mean: that of the open call closing next, else the current one; None on an empty site."""
    call = Call.objects.open(at).select_related("forum").order_by("closes_at").first()
    return call.forum if call else Forum.objects.current(at.date())


@signed_in
def new_organisation(request):
    """Create an organisation; first those that it may already be are shown. Pressing twice creates one."""
    at = now()
    forum = forum_to_join(at)
    typed = posted_by(request) or _typed_before(request)
    form = OrganisationForm(typed)
    alike = []
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            alike = list(organisations_like(form.cleaned_data["name"], form.cleaned_data["acronym"], most=6))
        if not alike and (organisation := _found(request, form, forum, at)):
            messages.success(request, _("The organisation was created. You are its focal point."))
            return redirect(_next(request) or reverse("accreditation:my_organisation", args=[organisation.slug]))
    context = {"form": form, "forum": forum, "alike": alike, "join_form": JoinForm(), "next": _next(request)}
    return render(request, "accreditation/participant/new_organisation.html", context)


def _typed_before(request):
    typed = typed_before(request, request.path)
    return typed and posted(typed)


def _found(request, form, forum, at):
    try:
        made = operations.found(by=request.user, at=at, form_key=form.cleaned_data["form_key"], **form.particulars)
    except Refused as why:
        form.add_error(None, str(why))
        return None
    basis = form.cleaned_data["basis"]
    if basis and forum and made.standing(forum) is None:
        with suppress(Refused):  # the same form pressed twice has claimed it already
            operations.claim(made, forum=forum, basis=basis, by=request.user, at=at)
        look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters")
    forget_typed(request, request.path)
    return made


def _next(request):
    """Where the person was on the way to, if that is a page of this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def organisation_at(slug):
    """The organisation of an address, one that it had before too; else 404."""
    living = Organisation.objects.living().filter(Q(slug=slug) | Q(former_addresses__slug=slug)).distinct()
    return get_object_or_404(living)


@signed_in
def join(request):
    """Look for an organisation by name and leave its focal points a request."""
    form = JoinForm(posted_by(request))
    if form.is_valid():
        organisation = organisation_at(form.cleaned_data["organisation"])
        try:
            operations.ask_to_join(organisation, by=request.user, at=now(), message=form.cleaned_data["message"])
        except Refused as why:
            messages.error(request, str(why))
        else:
            look_soon("forums.tasks.send_letters")
            messages.success(request, _("Your request was left. You get a letter when it is answered."))
            return redirect("my")
    question = posted(request.GET).get("q", "").strip()[:LONGEST_QUESTION]
    found = list(organisations_like(question)) if question else []
    context = {"question": question, "found": found, "form": form if form.errors else JoinForm()}
    return render(request, "accreditation/participant/join.html", context)


@signed_in
def my_organisation(request, slug):
    """Its people and their roles, requests to join, its standing at each forum; say the basis where none is said yet."""
    own = Organisation.objects.represented_by(request.user).select_related("country")
    organisation = get_object_or_404(own, slug=slug)
    at = now()
    forum = forum_to_join(at)
    may_speak = permissions.represents(request.user, organisation)
    form = ClaimForm(posted_by(request))
    if request.method == "POST" and not may_speak:
        raise Http404
    if form.is_valid():
        try:
            made = operations.claim(organisation, forum=forum, basis=form.cleaned_data["basis"], by=request.user, at=at)
        except Refused as why:
            messages.error(request, str(why))
        else:
            if made.status == made.Status.DRAFT:
                messages.info(request, _("This basis asks for more: answer it here, then send the application."))
                return redirect("accreditation:application", slug, forum.slug)
            look_soon("accreditation.tasks.announce_steps", "forums.tasks.send_letters")
            messages.success(request, _("It was put before the desk. You can write drafts meanwhile."))
        return redirect("accreditation:my_organisation", slug)
    people = organisation.memberships.select_related("user").order_by("since", "pk")
    accreditations = organisation.accreditations.select_related("forum", "basis").prefetch_related("steps")
    context = {
        "at": at,
        "organisation": organisation,
        "members": sorted(people.standing(), key=lambda membership: Membership.Role.values.index(membership.role)),
        "requests": people.asked() if permissions.may_admit(request.user, organisation) else [],
        "roles": Membership.Role.choices,
        "may_admit": permissions.may_admit(request.user, organisation),
        "accreditations": [(as_told(each), history_of(each)) for each in accreditations],
        "forum": forum,
        "form": form,
        "may_claim": may_speak and forum is not None and organisation.standing(forum) is None,
    }
    return render(request, "accreditation/participant/my_organisation.html", context)


@require_POST
@leading_on
def answer_request(request, slug, pk):
    """Admit in a role, or turn down."""
    if not request.user.is_authenticated:  # back to the page with the request: this address only takes answers
        return to_sign_in(reverse("accreditation:my_organisation", args=[slug]))
    organisation = get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)
    if not permissions.may_admit(request.user, organisation):
        raise Http404
    membership = get_object_or_404(organisation.memberships, pk=pk)
    form = AnswerForm(posted(request.POST))
    if not form.is_valid():
        messages.error(request, _("Choose a role and an answer, then send it again."))
        return redirect("accreditation:my_organisation", slug)
    try:
        if form.cleaned_data["answer"] == AnswerForm.ADMIT:
            operations.admit(membership, role=form.cleaned_data["role"], by=request.user, at=now())
        else:
            operations.turn_down(membership, by=request.user, at=now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        look_soon("forums.tasks.send_letters")
        messages.success(request, _("Your answer was kept, and a letter tells the person."))
    return redirect("accreditation:my_organisation", slug)
