"""The columns of the queue: which there are, which one sees when nothing was chosen, by which the list is ordered."""

from datetime import UTC

from django.contrib import admin
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forums.admin.rooms import badge, written
from forums.templatetags.moments import moment
from submissions.admin import surroundings
from submissions.admin.worded import level_in_words, nobody, standing_in_words, status_in_words
from submissions.desk_search.conditions import WAITING
from submissions.due import due_at

USUAL = ("reference", "title_sent", "author", "state", "age", "reviewed_by", "received", "level_sent", "language_sent")
ALSO = ("due", "kind", "objectives_sent", "countries_sent", "regions_sent", "words_sent", "publicity")
ALL = (*USUAL, *ALSO)
CODED, COUNTED = ("objectives_sent", "countries_sent", "regions_sent"), ("words_sent",)  # looked up where they are shown
ORDERS = {  # column -> what it is ordered by
    "reference": "reference",
    "author": "organisation__name",
    "state": "status",
    "reviewed_by": "reviewer__name",
    "received": "received_at",
    "level_sent": "level",
    "language_sent": "language",
    "kind": "organisation__kind",
    "publicity": "publish_as",
}
COLLEAGUES = "reviewed_by"  # names colleagues, so it is for those who oversee the reviews
ANONYMOUS = "reviewed_by_me"


def known(names) -> list:
    """Those of these columns that exist, each once; the reference, which leads to the review page, is always first."""
    found = [name for name in dict.fromkeys(names if isinstance(names, list | tuple) else ()) if name in ALL]
    return ["reference", *(name for name in found if name != "reference")] if found else []


def order_of(asked: str, *, oversees: bool) -> list:
    """An order as the address says it (`-received.author`) in fields; what is no column orders nothing."""
    found = []
    for part in asked.split(".")[:4]:
        name = part.removeprefix("-")
        if name in ORDERS and (oversees or name != COLLEAGUES):
            found.append(f"{'-' if part.startswith('-') else ''}{ORDERS[name]}")
    received = next((place for place, field in enumerate(found) if field.endswith("received_at")), None)
    if received is not None:  # nothing behind it decides anything but the key
        return [*found[: received + 1], "pk" if found[received] == "received_at" else "-pk"]
    return [*found, "-received_at", "-pk"]


class QueueColumns:
    """Mixed into the queue: what its columns show, and the codes that its files have beside them."""

    export_codes = (
        "reference",
        "status_code",
        "level_code",
        "language_code",
        "objective_numbers",
        "country_codes",
        "region_codes",
        "kind_code",
        "received_utc",
    )

    @admin.display(description=_("title"))
    def title_sent(self, submission):
        words = surroundings.sent_words(submission)
        return written(words["title"], words["language"])

    @admin.display(description=_("organisation"), ordering="organisation__name")
    def author(self, submission):
        name = written(submission.organisation.name, submission.organisation.name_language)
        return format_html('<bdi>{}</bdi><br><span class="meta">{}</span>', name, standing_in_words(submission.standing))

    @admin.display(description=_("level"), ordering="level")
    def level_sent(self, submission):
        return level_in_words(surroundings.sent_words(submission)["level"])

    @admin.display(description=_("language"), ordering="language")
    def language_sent(self, submission):
        return surroundings.sent_words(submission)["language"]

    @admin.display(description=_("status"), ordering="status")
    def state(self, submission):
        return status_in_words(submission.status, late=submission.received_late)

    @admin.display(description=_("reviewer"), ordering="reviewer__name")
    def reviewed_by(self, submission):
        return format_html("<bdi>{}</bdi>", submission.reviewer) if submission.reviewer else nobody()

    @admin.display(description=_("reviewer"))
    def reviewed_by_me(self, submission):
        if submission.reviewer_id is None:
            return nobody()
        return _("You") if submission.mine else _("A colleague")

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, submission):
        return moment(submission.received_at, submission.call.forum)

    @admin.display(description=_("waiting for"))
    def age(self, submission):
        waits = submission.since and submission.status in WAITING
        return timesince(submission.since, now(), depth=1) if waits else "–"

    @admin.display(description=_("due"))
    def due(self, submission):
        at = due_at(submission.status, submission.since)
        if at is None:
            return "–"
        shown = moment(at, submission.call.forum)
        return format_html("{} {}", shown, badge(_("Overdue"), "stop")) if at < now() else shown

    @admin.display(description=_("kind"), ordering="organisation__kind")
    def kind(self, submission):
        return submission.organisation.get_kind_display()

    @admin.display(description=_("objectives"))
    def objectives_sent(self, submission):
        return ", ".join(map(str, surroundings.sent_codes(submission, "objectives"))) or "–"

    @admin.display(description=_("countries"))
    def countries_sent(self, submission):
        return ", ".join(surroundings.sent_codes(submission, "countries")) or "–"

    @admin.display(description=_("regions"))
    def regions_sent(self, submission):
        return ", ".join(surroundings.sent_codes(submission, "regions")) or "–"

    @admin.display(description=_("words"))
    def words_sent(self, submission):
        return submission.words_now

    @admin.display(description=_("what the public may see"), ordering="publish_as")
    def publicity(self, submission):
        return submission.get_publish_as_display()

    # Codes: the same in every language -------------------------------------------------------------------------------

    @admin.display(description="status_code")
    def status_code(self, submission):
        return submission.status

    @admin.display(description="level_code")
    def level_code(self, submission):
        return surroundings.sent_words(submission)["level"]

    @admin.display(description="language_code")
    def language_code(self, submission):
        return surroundings.sent_words(submission)["language"]

    @admin.display(description="objectives")
    def objective_numbers(self, submission):
        return " ".join(map(str, surroundings.sent_codes(submission, "objectives")))

    @admin.display(description="countries_iso3166")
    def country_codes(self, submission):
        return " ".join(surroundings.sent_codes(submission, "countries"))

    @admin.display(description="regions")
    def region_codes(self, submission):
        return " ".join(surroundings.sent_codes(submission, "regions"))

    @admin.display(description="kind_code")
    def kind_code(self, submission):
        return submission.organisation.kind

    @admin.display(description="received_utc")
    def received_utc(self, submission):
        return f"{submission.received_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
