"""Rooms: letters (held, released, sent now or again, rewritten before they go out) and sweeps (looked at)."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums import operations
from forums.admin.exporting import Exported
from forums.admin.rewriting import Rewriting
from forums.admin.rooms import Choice, ReadOnlyRoom, badge
from forums.letters.kinds import name_of
from forums.models import Letter, Sweep
from forums.templatetags.languages import direction
from forums.templatetags.moments import moment

STUCK_AFTER = timedelta(minutes=15)
LATE_AFTER = timedelta(minutes=3)


def states_of_letters(at) -> dict:
    """What each name of a state means; stuck letters wait too. What was dealt with is lost and waits for nobody."""
    long_due = Q(tries__gt=0) | Q(not_before__lt=at - STUCK_AFTER)  # not what was written ahead for a later day
    unsent = Q(sent_at__isnull=True)
    waiting = unsent & Q(held=False, failed=False)
    return {
        "failed": unsent & Q(failed=True, settled=False),
        "bounced": Q(bounced_at__isnull=False, settled=False),
        "stuck": waiting & long_due & Q(written_at__lt=at - STUCK_AFTER),
        "held": unsent & Q(held=True, failed=False, settled=False),
        "waiting": waiting,
        "sent": Q(sent_at__isnull=False),
        "settled": Q(settled=True),
    }


class StateFilter(Choice):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("failed", _("Given up")),
            ("bounced", _("Came back")),
            ("stuck", _("Waiting for more than a quarter of an hour")),
            ("held", _("Held back")),
            ("waiting", _("Waiting")),
            ("sent", _("Sent")),
            ("settled", _("Lost, and dealt with")),
        ]

    def narrow(self, request, queryset, value):
        return queryset.filter(states_of_letters(now())[value])


class KindFilter(Choice):
    """Only kinds of which there are letters."""

    title = _("kind of letter")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        kinds = model_admin.get_queryset(request).order_by("kind").values_list("kind", flat=True).distinct()
        return [(code, name_of(code)) for code in kinds]

    def narrow(self, request, queryset, value):
        return queryset.filter(kind=value)


@admin.register(Letter)
class LetterRoom(Rewriting, Exported, ReadOnlyRoom):
    list_display = ("subject_line", "to", "kind_name", "forum", "language", "state", "written", "tries")
    export_codes, export_private = ("pk", "kind", "written_at", "sent_at"), ("to",)
    list_filter = (StateFilter, KindFilter, "forum", "language")
    list_select_related = ("forum",)
    search_fields = ("to", "subject")
    actions = ("hold", "release", "send_now", "send_again", "settle")
    fields = (
        "subject_line",
        "to",
        "kind_name",
        "forum",
        "language",
        "state",
        "written",
        "goes_out",
        "sent",
        "tries",
        "last_error",
        "came_back",
        "rewritten_by",
        "what_it_says",
        "what_it_said",
    )
    readonly_fields = fields

    def get_queryset(self, request):
        """What is open to this person; the list, its count and its filters ask for it, PostgreSQL is asked once."""
        if not hasattr(request, "letters_seen"):
            request.letters_seen = super().get_queryset(request).visible_to(request.user)
        return request.letters_seen.all()

    def get_object(self, request, object_id, from_field=None):
        """As Django's; its subject, which names the page, without what was sealed since."""
        letter = super().get_object(request, object_id, from_field)
        if letter is not None:
            letter.subject = letter.as_read(letter.subject)
        return letter

    def has_handle_permission(self, request):
        return request.user.has_perm("forums.change_letter")

    @admin.display(description=_("subject"), ordering="subject")
    def subject_line(self, letter):
        return format_html('<span lang="{}" dir="{}">{}</span>', letter.language, direction(letter.language), letter.subject)

    @admin.display(description=_("kind of letter"), ordering="kind")
    def kind_name(self, letter):
        return name_of(letter.kind)

    @admin.display(description=_("state"))
    def state(self, letter):
        return render_to_string("admin/forums/_letter_state.html", {"letter": letter})

    @admin.display(description=_("written"), ordering="written_at")
    def written(self, letter):
        return moment(letter.written_at, "UTC")

    @admin.display(description=_("goes out from"))
    def goes_out(self, letter):
        return "–" if letter.sent_at or letter.failed else moment(letter.not_before, "UTC")

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, letter):
        return moment(letter.sent_at, "UTC") or "–"

    @admin.display(description=_("came back"))
    def came_back(self, letter):
        if letter.bounced_at is None:
            return "–"
        return format_html('{}<br><bdi class="reason">{}</bdi>', moment(letter.bounced_at, "UTC"), letter.bounce)

    @admin.display(description=_("what it says"))
    def what_it_says(self, letter):
        if letter.private:
            return _("It carries a code or a sign-in link, so nobody but its addressee reads it.")
        return _shown(letter, letter.as_read(letter.text))

    @admin.display(description=_("what it said before"))
    def what_it_said(self, letter):
        former = letter.former_words.select_related("by")
        lines = [
            (moment(words.at, "UTC"), words.by, letter.as_read(words.subject), _shown(letter, letter.as_read(words.text)))
            for words in ([] if letter.private else former)
        ]
        folded = "<details><summary>{} · <bdi>{}</bdi></summary><p><bdi>{}</bdi></p>{}</details>"
        return format_html_join("", folded, lines) or "–"

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
            lambda n: ngettext("%(n)d letter is released.", "%(n)d letters are released.", n) % {"n": n},
        )

    @admin.action(description=_("Send the selected letters now"), permissions=["handle"])
    def send_now(self, request, queryset):
        at = now()
        self.act_on_each(
            request,
            queryset,
            lambda letter: operations.send_now(letter, at=at),
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

    @admin.action(description=_("Take the selected letters off the work list: they were dealt with"), permissions=["handle"])
    def settle(self, request, queryset):
        self.act_on_each(
            request,
            queryset,
            operations.settle,
            lambda n: ngettext("%(n)d letter was dealt with.", "%(n)d letters were dealt with.", n) % {"n": n},
        )


def _shown(letter, text):
    return format_html('<div class="letter" lang="{}" dir="{}">{}</div>', letter.language, direction(letter.language), text)


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
