"""Rooms: letters (held, released and sent again, never rewritten) and sweeps (looked at)."""

from datetime import timedelta

from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums import operations
from forums.admin.rooms import Choice, ReadOnlyRoom, badge
from forums.models import Letter, Sweep
from forums.templatetags.languages import direction
from forums.templatetags.moments import moment

STUCK_AFTER = timedelta(minutes=15)
LATE_AFTER = timedelta(minutes=3)


def letters_by_state(letters, at):
    """The same letters under each name of a state; stuck ones wait too."""
    unsent = letters.filter(sent_at__isnull=True)
    waiting = unsent.filter(held=False, failed=False)
    return {
        "failed": unsent.filter(failed=True),
        "stuck": waiting.filter(written_at__lt=at - STUCK_AFTER),
        "held": unsent.filter(held=True, failed=False),
        "waiting": waiting,
        "sent": letters.filter(sent_at__isnull=False),
    }


class StateFilter(Choice):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("failed", _("Given up")),
            ("stuck", _("Waiting for more than a quarter of an hour")),
            ("held", _("Held back")),
            ("waiting", _("Waiting")),
            ("sent", _("Sent")),
        ]

    def narrow(self, request, queryset, value):
        return letters_by_state(queryset, now())[value]


@admin.register(Letter)
class LetterRoom(ReadOnlyRoom):
    list_display = ("subject_line", "to", "kind", "language", "state", "written", "tries")
    list_filter = (StateFilter, "kind", "language")
    search_fields = ("to", "subject")
    actions = ("hold", "release", "send_again")
    fields = ("subject_line", "to", "kind", "language", "state", "written", "sent", "tries", "last_error", "what_it_says")
    readonly_fields = fields

    def has_handle_permission(self, request):
        return request.user.has_perm("forums.change_letter")

    @admin.display(description=_("subject"), ordering="subject")
    def subject_line(self, letter):
        return format_html('<span lang="{}" dir="{}">{}</span>', letter.language, direction(letter.language), letter.subject)

    @admin.display(description=_("state"))
    def state(self, letter):
        if letter.sent_at:
            return badge(_("Sent"), "done")
        if letter.failed:
            return badge(_("Given up"), "stop")
        if letter.held:
            return badge(_("Held back"), "wait")
        return badge(_("Waiting"), "wait" if letter.tries else "plain")

    @admin.display(description=_("written"), ordering="written_at")
    def written(self, letter):
        return moment(letter.written_at, "UTC")

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, letter):
        return moment(letter.sent_at, "UTC") or "–"

    @admin.display(description=_("what it says"))
    def what_it_says(self, letter):
        if letter.private:
            return _("It carries a code or a sign-in link, so nobody but its addressee reads it.")
        return format_html(
            '<div class="letter" lang="{}" dir="{}">{}</div>', letter.language, direction(letter.language), letter.text
        )

    @admin.action(description=_("Hold the selected letters"), permissions=["handle"])
    def hold(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            operations.hold,
            lambda n: ngettext("%(n)d letter is held.", "%(n)d letters are held.", n) % {"n": n},
        )

    @admin.action(description=_("Release the selected letters"), permissions=["handle"])
    def release(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            operations.release,
            lambda n: ngettext("%(n)d letter goes out now.", "%(n)d letters go out now.", n) % {"n": n},
        )

    @admin.action(description=_("Send the selected letters again"), permissions=["handle"])
    def send_again(self, request, queryset):
        at = now()
        self.act_on_each(
            request,
            queryset,
            lambda letter: operations.send_again(letter, at=at),
            lambda n: ngettext("%(n)d letter is tried again.", "%(n)d letters are tried again.", n) % {"n": n},
        )


@admin.register(Sweep)
class SweepRoom(ReadOnlyRoom):
    list_display = ("name", "state", "ran", "did", "error")
    fields = ("name", "state", "ran", "did", "error")
    readonly_fields = ("state", "ran")

    @admin.display(description=_("state"))
    def state(self, sweep):
        if sweep.error:
            return badge(_("Went wrong"), "stop")
        return badge(_("Late"), "stop") if now() - sweep.ran_at > LATE_AFTER else badge(_("On time"), "done")

    @admin.display(description=_("last run"), ordering="ran_at")
    def ran(self, sweep):
        return moment(sweep.ran_at, "UTC", seconds=True)
