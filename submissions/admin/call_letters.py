"""Room: call letters, asked by one person and let go by another; and the pages of coverage that lead to them."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accreditation.models import Organisation
from accreditation.notifications import speakers
from forums.admin.rooms import ReadOnlyRoom, badge
from forums.hints import look_soon
from forums.operations.letters import words_of
from forums.refusals import Refused
from forums.templatetags.moments import moment
from submissions.admin.coverage import Coverage
from submissions.coverage import asking
from submissions.models import CallLetter
from submissions.search.vocabulary import vocabulary

RELEASE = "submissions.release_callletter"
TONES = {"asked": "wait", "released": "done", "turned_down": "plain"}
MOST_NAMED = 50


@admin.register(CallLetter)
class CallLetterRoom(Coverage, ReadOnlyRoom):
    list_display = ("asked", "call", "condition", "how_many", "letters", "asked_by", "decided_by")
    list_select_related = ("call__forum", "asked_by", "decided_by")
    list_filter = ("state",)
    ordering = ("-asked_at", "-pk")

    @admin.display(description=_("asked at"), ordering="asked_at")
    def asked(self, row):
        return moment(row.asked_at, row.call.forum)

    @admin.display(description=_("state"), ordering="state")
    def condition(self, row):
        return badge(row.get_state_display(), TONES[row.state])

    @admin.display(description=_("organisations"))
    def how_many(self, row):
        return len(row.organisations)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        key = unquote(object_id)
        rows = CallLetter.objects.select_related("call__forum", "asked_by", "decided_by")
        row = rows.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        if row is None:
            raise Http404
        return self._act(request, row) if request.method == "POST" else self._page(request, row)

    def _act(self, request, row):
        if not request.user.has_perm(RELEASE):
            raise PermissionDenied
        act = {"release": self._release, "turn_down": self._turn_down}.get(request.POST.get("decision"))
        if act is None:
            raise Http404
        try:
            return act(request, row)
        except Refused as why:
            row.refresh_from_db()
            return self._page(request, row, said=str(why), status=409)

    @staticmethod
    def _release(request, row):
        written = asking.release_call_letter(row, by=request.user, at=now())
        look_soon("forums.tasks.send_letters")
        said = ngettext("%(n)d letter goes out.", "%(n)d letters go out.", written) % {"n": written}
        messages.success(request, said)
        return redirect(request.path)

    @staticmethod
    def _turn_down(request, row):
        asking.turn_down_call_letter(row, by=request.user, at=now())
        messages.success(request, _("No letter goes out."))
        return redirect("admin:submissions_callletter_changelist")

    def _page(self, request, row, *, said="", status=200):
        words = vocabulary([row.call.forum], forum=row.call.forum).words
        named = Organisation.objects.filter(pk__in=row.organisations).order_by("name", "pk")
        persons = speakers().filter(organisation__in=row.organisations).values("user").distinct().count()
        sample = asking.about_letter(row, named.first(), request.user) if row.organisations else None
        language = request.LANGUAGE_CODE
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": str(row),
            "row": row,
            "tone": TONES[row.state],
            "said": said,
            "chosen": [words[name].get(code, code) for name, code in row.chosen.items() if name in words],
            "named": named[:MOST_NAMED],
            "persons": persons,
            "letter": words_of(asking.TEMPLATE, to=request.user.email, language=language, about=sample) if sample else None,
            "language": language,
            "may_release": request.user.has_perm(RELEASE) and row.state == "asked",
            "is_own": row.asked_by_id == request.user.pk,
        }
        return TemplateResponse(request, "admin/submissions/coverage/letter.html", context, status=status)
