"""The desk: Django's admin behind allauth and a second factor; its front page is the work list."""

from functools import partial, update_wrapper

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, auth, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.entrance import LATE, forget_typed, keep_typed, typed_before
from accreditation.second_factor import SECOND_FACTORS, signed_in_twice
from imrf_portal import pressed_late, step_up
from imrf_portal.rooms import rooms_of

OWN_APPS = ("submissions", "accreditation", "forums")  # in the order in which the desk works

# The rooms in the order in which they are used; what is not named follows by its name.
ORDER = (
    "submission",
    "publishedinput",
    "decisionround",
    "attachment",
    "submissionstep",
    "proposal",
    "proposalstep",
    "use",
    "inputtranslation",
    "cosponsor",
    "publicityrequest",
    "formtemplate",
    "formversion",
    "question",
    "recording",
    "recordingbatch",
    "assignmentrule",
    "automaticassignment",
    "conflict",
    "absence",
    "deskscope",
    "compilation",
    "callletter",
    "backgroundnote",
    "accreditation",
    "enquiry",
    "evidencefile",
    "nonobjectionlist",
    "nonobjectionliststep",
    "registration",
    "speakingrequest",
    "speakingrequeststep",
    "speakerrelease",
    "representative",
    "supportrequest",
    "supportrequeststep",
    "forumterms",
    "organisation",
    "resemblance",
    "merge",
    "membership",
    "basis",
    "register",
    "registerentry",
    "registerimport",
    "registertouch",
    "accreditationstep",
    "reading",
    "erasure",
    "auditentry",
    "user",
    "forum",
    "call",
    "milestone",
    "rule",
    "session",
    "meetingroom",
    "release",
    "officialdocument",
    "roundtable",
    "regionalreview",
    "nationalreview",
    "secondpersonrequest",
    "letter",
    "wording",
    "change",
    "follower",
    "sweep",
    "pagecount",
    "objective",
    "guidingprinciple",
    "region",
    "country",
)


class Desk(admin.AdminSite):
    site_title = site_header = _("Desk of the IMRF inputs portal")
    index_title = _("Work list")
    site_url = "/"
    enable_nav_sidebar = True

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only the portal's own rooms; the pages that packages bring for themselves stay outside."""
        if admin_class and admin_class.__module__.partition(".")[0] in OWN_APPS:
            super().register(model_or_iterable, admin_class, **options)

    # The door ------------------------------------------------------------------------------------------------------

    def has_permission(self, request):
        """Active staff whose session was opened with a second factor; nobody else sees any page of the desk."""
        user = request.user
        return user.is_active and user.is_staff and signed_in_twice(request)

    def login(self, request, extra_context=None):
        """Send people to the one place where anybody signs in; staff without a second factor set one up first."""
        back = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
            back = reverse("admin:index")
        if self.has_permission(request):
            return redirect(back)
        if not request.user.is_authenticated:
            return redirect_to_login(back, reverse("account_login"))
        if not request.user.is_staff:
            return redirect("my")
        if not is_mfa_enabled(request.user, SECOND_FACTORS):
            messages.warning(request, _("The desk asks for a second factor. Set one up here, then open the desk again."))
            return redirect("mfa_activate_totp")
        by_code = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        return redirect_to_login(back, reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"))

    def logout(self, request, extra_context=None):
        """Sign out at once when asked by a form; a mere link leads to the page that asks."""
        if request.method != "POST":
            return redirect("account_logout")
        auth.logout(request)
        return redirect(settings.LOGOUT_REDIRECT_URL)

    def password_change(self, request, extra_context=None):
        """Passwords are changed where everybody changes them."""
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("admin:index")

    # Every page ----------------------------------------------------------------------------------------------------

    def admin_view(self, view, cacheable=False):
        """As Django's; a chosen language leaves the address once it is kept, and what somebody signed out typed is kept.

        No page is behind any other door, so here what is pressed waits for a fresh proof of the second factor.
        """
        shown = super().admin_view(view, cacheable)

        def answer(request, *args, **kwargs):
            if request.method == "GET" and "lang" in request.GET:
                return redirect(_without_language(request))
            if request.method == "POST" and not request.user.is_authenticated:
                keep_typed(request, request.path)
            if self.has_permission(request):
                if not step_up.is_proved_for(request, at=now()):
                    return pressed_late.prove_first(request)
                if request.method == "POST":
                    pressed_late.forget_late(request)
            response = shown(request, *args, **kwargs)
            if request.method == "GET":
                pressed_late.fill_in(request, response)
                _give_back(request, response)
            return response

        return update_wrapper(answer, view)

    def get_urls(self):
        """Without the stock redirect to any object's public page, which would tell of what one may not see."""
        again = path("again/", self.admin_view(partial(pressed_late.again_page, self)), name="again")
        return [again, *(url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site")]

    def index(self, request, extra_context=None):
        from imrf_portal.worklist import work_of
        from submissions.admin.choices import keys_are_on

        at = now()
        about = {"work": work_of(request.user, at=at), "now": at, "keys_on": keys_are_on(request.user)}
        return super().index(request, {**about, **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        """The rooms in the order in which the desk works, not by the alphabet."""
        apps = rooms_of(self, request, app_label)
        for app in apps.values():
            app["models"].sort(key=lambda room: _place(ORDER, room["model"]._meta.model_name))
        return sorted(apps.values(), key=lambda app: _place(OWN_APPS, app["app_label"]))


def _place(order, name):
    return (order.index(name), "") if name in order else (len(order), name)


def _give_back(request, response):
    """What was typed into this form by somebody whose session had ended: label and text, shown once after signing in."""
    context, typed = getattr(response, "context_data", None) or {}, typed_before(request, request.path)
    if "adminform" not in context:
        return
    context["kept"] = []
    if typed is not None:
        forget_typed(request, request.path)
        fields = context["adminform"].form.fields
        is_back = LATE in typed  # then it stands in the form itself
        context["kept"] = [] if is_back else _labelled(fields, typed)


def _labelled(fields, typed):
    return [{"label": field.label, "text": typed[name]} for name, field in fields.items() if typed.get(name)]


def _without_language(request):
    query = request.GET.copy()
    query.pop("lang")
    return f"{request.path}?{query.urlencode()}" if query else request.path
