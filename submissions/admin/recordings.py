"""Room: inputs received otherwise. One is typed, checked on a page that shows all of it, and recorded by one press."""

import uuid

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accreditation.admin.confirming import Confirmation, Pressed
from accreditation.notifications import people_of
from forums.admin.rooms import ReadOnlyRoom, badge, written
from forums.hints import look_soon
from forums.refusals import Refused
from forums.templatetags.moments import moment
from forums.typed import posted
from submissions.admin.inputs import review_link
from submissions.admin.recording_form import RecordingForm, typed_of
from submissions.forms import file_rules
from submissions.markup import html_of
from submissions.models import Recording
from submissions.on_behalf import staging
from submissions.on_behalf.recording import lacking, record
from submissions.operations.deciding import RECORDINGS
from submissions.permissions import may_record_input
from submissions.search.vocabulary import vocabulary
from submissions.shown_titles import with_shown_titles

RECORD = "submissions.record_input"
BEGIN = {"name_language": "en", "letter_language": "en", "tells_people": True}
State = Recording.State
TONES = {State.STAGED: "wait", State.RECORDED: "done", State.LEFT_OUT: "plain"}
SWEEPS = ("submissions.tasks.announce_steps", "forums.tasks.send_letters", "submissions.tasks.scan_uploads")


@admin.register(Recording)
class RecordingRoom(ReadOnlyRoom):
    list_display = ("title_typed", "author", "how", "condition", "came", "input")
    list_display_links = ("title_typed",)
    list_select_related = ("call__forum", "organisation", "submission")
    list_filter = ("state", "how")
    search_fields = ("submission__reference", "organisation__name")
    ordering = ("-at", "-pk")
    autocomplete_fields = ("organisation",)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(RECORD)

    has_module_permission = has_view_permission

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(RECORD)

    def get_queryset(self, request):
        return with_shown_titles(Recording.objects.visible_to(request.user), "submission").order_by(*self.ordering)

    # Columns ---------------------------------------------------------------------------------------------------------

    @admin.display(description=_("title"))
    def title_typed(self, recording):
        return written(str(recording) or "–", recording.about.get("language"))

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def author(self, recording):
        if recording.organisation is None:
            return written(recording.new_organisation.get("name", "–"), recording.new_organisation.get("name_language"))
        return written(recording.organisation.name, recording.organisation.name_language)

    @admin.display(description=_("state"), ordering="state")
    def condition(self, recording):
        return badge(recording.get_state_display(), TONES[recording.state])

    @admin.display(description=_("reached the Network"), ordering="came_at")
    def came(self, recording):
        return moment(recording.came_at, recording.call.forum)

    @admin.display(description=_("input"))
    def input(self, recording):
        return review_link(recording.submission_id, recording.submission.reference) if recording.submission else "–"

    # Typing ----------------------------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._type(request, None)

    def _type(self, request, recording):
        """The form; what is well formed is staged and shown on the check page."""
        initial = typed_of(recording) if recording else {"key": uuid.uuid4(), **BEGIN}
        typed = posted(request.POST) if request.method == "POST" else None
        form = RecordingForm(typed, site=self.admin_site, user=request.user, initial=initial)
        if form.is_valid():
            try:
                staged = self._stage(request, form, recording)
            except Refused as why:
                form.add_error(None, str(why))
            else:
                return redirect("admin:submissions_recording_change", staged.pk)
        status = 422 if form.errors else 200
        return self._answer(request, "type.html", _("Record an input received otherwise"), status, form=form, parts=PARTS)

    def _stage(self, request, form, recording):
        said = form.staged
        if not may_record_input(request.user, said["organisation"]):
            raise Refused(_("Nobody records an input of an organisation they belong to. Ask a colleague."))
        key = form.cleaned_data["key"]
        staged = staging.stage(key=key, by=request.user, at=now(), recording=recording, **said)
        for file in request.FILES.getlist("files"):
            try:
                staging.add_file(staged, file, at=now())
            except Refused as why:  # what was typed is kept; the check page says which file is not
                messages.warning(request, str(why))
        return staged

    # Checking --------------------------------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        recording = self.get_object(request, unquote(object_id))
        if recording is None:
            raise Http404
        decision = request.POST.get("decision", "")
        if recording.state == State.STAGED and (decision == "type" or "change" in request.GET):
            return self._type(request, recording)
        if request.method != "POST":
            return self._check(request, recording)
        act = {"record": self._record, "file": self._add_files, "aside": self._set_aside}.get(decision.partition(":")[0])
        if decision.startswith("out:"):
            act = self._take_out
        if act is None:
            raise Http404
        try:
            return act(request, recording)
        except Refused as why:
            recording.refresh_from_db()
            return self._check(request, recording, said=str(why), status=409)

    def get_object(self, request, object_id, from_field=None):
        rows = self.get_queryset(request).select_related("call__forum", "organisation", "submission")
        return rows.filter(pk=object_id).first() if object_id.isdecimal() and len(object_id) < 19 else None

    def _record(self, request, recording):
        if not may_record_input(request.user, recording.organisation):
            raise Http404
        if recording.submission:  # it was pressed twice
            return redirect(request.path)
        told = Confirmation(self, request, recording, Pressed(_("Record it"), record_now), {}, RECORDINGS)
        if (page := told.carry_out()) is not None:
            return page
        submission = told.became.submission
        look_soon(*SWEEPS)
        messages.success(request, _("It is recorded as %(reference)s.") % {"reference": submission.reference})
        return redirect(request.path)

    def _add_files(self, request, recording):
        for file in request.FILES.getlist("files"):
            staging.add_file(recording, file, at=now())
        return redirect(request.path)

    def _take_out(self, request, recording):
        number = request.POST["decision"].partition(":")[2]
        if not (number.isdecimal() and len(number) < 19):
            raise Http404
        staging.take_out(recording, int(number))
        return redirect(request.path)

    def _set_aside(self, request, recording):
        staging.set_aside(recording)
        messages.success(request, _("It was set aside; nothing was recorded."))
        return redirect("admin:submissions_recording_changelist")

    def _check(self, request, recording, *, said="", status=200):
        about, forum = said_by(recording), recording.call.forum
        staged = recording.state == State.STAGED
        people = people_of(recording.organisation) if recording.organisation and recording.tells_people else []
        return self._answer(
            request,
            "check.html",
            about.get("title") or _("Input received otherwise"),
            status,
            recording=recording,
            about=about,
            forum=forum,
            said=said,
            staged=staged,
            tone=TONES[recording.state],
            lacks=lacking(recording, now()) if staged else [],
            text=html_of(about.get("text", "")),
            chosen=chosen_in_words(about, forum),
            files=list(recording.files.all()),
            rules=file_rules(recording.call),
            people=len(people),
            status_page=reverse("submissions:public_status", args=[recording.code]) if recording.submission else "",
        )

    def _answer(self, request, template, title, status, **more):
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,
            "title": title,
            "media": self.media + more["form"].media if "form" in more else self.media,
            **more,
        }
        return TemplateResponse(request, f"admin/submissions/recording/{template}", context, status=status)


def record_now(recording, *, by, at):
    """Record it at the moment of the clock that gives receipts their order, not of this process."""
    return record(recording, by=by)


PARTS = (
    (_("Whose it is"), ("call", "organisation", "name", "name_language", "acronym", "kind", "country", "is_one_of")),
    (_("How it came"), ("how", "came_at", "late_reason")),
    (
        _("What it says"),
        (*("title", "level", "language", "objectives", "countries", "regions"), "summary", "text", "source_url"),
    ),
    (_("Whom the Network may ask, and who is written to"), ("contact_name", "contact_email", "tells_people")),
    (_("Letter of receipt"), ("letter_to", "letter_language")),
)


def said_by(recording) -> dict:
    """What was typed; once it is recorded, as everybody but its author reads it: corrected, without what is redacted."""
    version = recording.submission.standing_version() if recording.submission else None
    shown = version.shown if version else {}
    return {name: shown.get(name, typed) for name, typed in recording.about.items()}


def chosen_in_words(about, forum) -> list:
    """What was ticked, list by list, as a page shows it."""
    words = vocabulary([forum], forum=forum)
    lists = (("objectives", "objective", _("Objectives")), ("countries", "country", _("Countries")))
    lists += (("regions", "region", _("Regions")),)
    found = [("", _("Level"), [words.word("level", about["level"])])] if about.get("level") else []
    return found + [
        (name, label, [words.word(one, key) for key in about.get(name, [])]) for name, one, label in lists if about.get(name)
    ]
