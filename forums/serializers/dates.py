"""Forums, their duties and calls, and what changed in them, as the API shows them."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from forums.changes import path_of, words_of
from forums.ics.entry import OURS
from forums.models import Call, Change, Forum, Milestone
from forums.models.call import Level
from forums.reading import SIX_LANGUAGES
from forums.serializers.lists import RoundTableSerializer, Words
from forums.timeline import Standing, end_of_day
from forums.windows import Phase

ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
LINES = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
UID = "The same as in calendar files."


class MilestoneSerializer(serializers.Serializer):
    uid = serializers.SerializerMethodField(help_text=UID)
    forum = serializers.CharField(source="forum.slug")
    kind = serializers.CharField(help_text=f"One of {', '.join(Milestone.Kind.values)}.")
    round_table = serializers.IntegerField(source="round_table.number", default=None, allow_null=True)
    name = Words()
    basis = serializers.CharField(help_text="Resolution and paragraph in words, or who set the date.")
    resolution = serializers.CharField(help_text="Symbol; empty where the secretariat set the date.")
    paragraph = serializers.CharField()
    weeks_before = serializers.IntegerField(help_text="Weeks before the first day, by calendar.")
    days_before = serializers.IntegerField(help_text="Days before the first day, beside the weeks.")
    on_last_day = serializers.BooleanField(help_text="Counted from the last day instead.")
    due_on = serializers.DateField(allow_null=True, help_text="The last day on which it is met in time.")
    due_until = serializers.SerializerMethodField(help_text="The first instant at which it is overdue, in the forum's zone.")
    met_on = serializers.DateField(allow_null=True)
    waived_because = serializers.CharField(help_text="Empty while no waiver stands.")
    standing = serializers.SerializerMethodField(help_text=f"One of {', '.join(each.value for each in Standing)}.")
    days = serializers.SerializerMethodField(help_text="Days to go, early, late or overdue; never negative.")

    def get_uid(self, milestone) -> str:
        return f"milestone-{milestone.pk}@{OURS}"

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_due_until(self, milestone):
        return end_of_day(milestone.due_on, milestone.forum.zone).isoformat() if milestone.due_on else None

    def _state(self, milestone):
        return milestone.state(self.context["at"])

    def get_standing(self, milestone) -> str:
        return self._state(milestone).standing.value

    def get_days(self, milestone) -> int:
        return self._state(milestone).days


class FormerDatesSerializer(serializers.Serializer):
    edition = serializers.IntegerField(help_text="Counts the dates a forum had, from 1.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    replaced_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


class ForumSerializer(serializers.Serializer):
    slug = serializers.CharField()
    ordinal = serializers.IntegerField(allow_null=True)
    year = serializers.IntegerField()
    name = Words()
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)
    edition_of_dates = serializers.IntegerField(help_text="Raised each time the days move.")
    city = serializers.CharField()
    venue = serializers.CharField()
    time_zone = serializers.CharField()
    chair = serializers.CharField()
    status = serializers.CharField(help_text=f"One of {', '.join(Forum.Status.values)}.")
    demonstration = serializers.BooleanField(help_text="True: everything in it is invented.")
    addresses = serializers.SerializerMethodField(help_text="Its page, its calendar file, the feed of its changes.")
    milestones = MilestoneSerializer(many=True)
    round_tables = RoundTableSerializer(many=True)
    former_dates = FormerDatesSerializer(many=True)

    @extend_schema_field(ADDRESSES)
    def get_addresses(self, forum):
        with translation.override(settings.LANGUAGE_CODE):
            page = forum.get_absolute_url()
        files = {name: reverse(name, args=[forum.slug]) for name in ("forum_ics", "forum_feed")}
        paths = {"page": page, "calendar": files["forum_ics"], "feed": files["forum_feed"]}
        return {name: settings.SITE_URL + path for name, path in paths.items()}


class ExtensionSerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="extended, reopened, or moved with the forum.")
    was = serializers.DateTimeField()
    became = serializers.DateTimeField()
    reason = serializers.CharField()
    authority = serializers.CharField()
    at = serializers.DateTimeField()


class CallSerializer(serializers.Serializer):
    forum = serializers.CharField(source="forum.slug")
    slug = serializers.CharField(help_text="With the forum it is the call's address.")
    purpose = serializers.CharField(help_text=f"One of {', '.join(Call.Purpose.values)}.")
    kind = serializers.CharField(help_text=f"Kind of input: {', '.join(Call.Kind.values)}; may be empty.")
    name = Words()
    guidance = Words()
    questions = Words(help_text="Guiding questions, one a line.")
    contact = serializers.CharField(help_text="Whom to ask; may be empty.")
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True, help_text="This instant is already outside.")
    phase = serializers.SerializerMethodField(help_text=f"At this moment: {', '.join(each.value for each in Phase)}.")
    audience = serializers.CharField(help_text=f"Who may answer: {', '.join(Call.Audience.values)}.")
    bases = serializers.ListField(child=serializers.CharField())
    levels = serializers.ListField(
        child=serializers.CharField(), help_text=f"Of {', '.join(Level.values)}; empty means all."
    )
    round_table = serializers.IntegerField(source="round_table.number", default=None, allow_null=True)
    feeds = serializers.SerializerMethodField(help_text="The uid of the duty before which it closes; may be null.")
    most_objectives = serializers.IntegerField()
    most_words = serializers.IntegerField()
    most_files = serializers.IntegerField()
    most_megabytes = serializers.IntegerField(help_text="All files of an input together.")
    joint_rule = serializers.CharField(help_text="Co-sponsors that have not answered: wait, or drop them at sending.")
    one_own_input = serializers.BooleanField(help_text="One own input for each organisation, beside joint ones.")
    recorded_by_desk_only = serializers.BooleanField()
    extensions = ExtensionSerializer(many=True)

    def get_phase(self, call) -> str:
        return call.phase(self.context["at"]).value

    @extend_schema_field({"type": ["string", "null"]})
    def get_feeds(self, call):
        return f"milestone-{call.feeds_id}@{OURS}" if call.feeds_id else None


class ChangeSerializer(serializers.Serializer):
    id = serializers.UUIDField(help_text="The same as in the feed of changes.")
    forum = serializers.CharField(source="forum.slug")
    kind = serializers.CharField(help_text=f"One of {', '.join(Change.Kind.values)}.")
    at = serializers.DateTimeField()
    title = serializers.SerializerMethodField(help_text="A sentence by language code.")
    lines = serializers.SerializerMethodField(help_text="Old and new days and instants, by language code.")
    reason = serializers.SerializerMethodField(help_text="As it was given, in a language of its own; may be empty.")
    url = serializers.SerializerMethodField()

    def _words(self, change):
        if not hasattr(change, "in_words"):
            change.in_words = {}
            for language in SIX_LANGUAGES:
                with translation.override(language):
                    change.in_words[language] = words_of(change)
        return change.in_words

    def get_title(self, change) -> dict[str, str]:
        return {language: words.title for language, words in self._words(change).items()}

    @extend_schema_field(LINES)
    def get_lines(self, change):
        return {language: list(words.lines) for language, words in self._words(change).items()}

    def get_reason(self, change) -> str:
        return self._words(change)[settings.LANGUAGE_CODE].reason

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, change):
        with translation.override(settings.LANGUAGE_CODE):
            return settings.SITE_URL + path_of(change)
