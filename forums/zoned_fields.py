"""Moments typed on the wall clock of a forum's own zone: stored in UTC, shown again as they were typed, the zone named."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy as _

from forums.templatetags.moments import city_of


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in that zone show this time, in UTC.

    An hour that clocks show twice means its first occurrence; one that they skip is refused. Pure.
    """
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(fold=0):
        raise ValidationError(
            _("On %(day)s clocks in %(city)s skip %(clock)s: they are put forward. Choose a time before or after."),
            code="skipped",
            params={"day": f"{wall:%Y-%m-%d}", "clock": f"{wall:%H:%M}", "city": city_of(zone)},
        )
    return instant


class WallClockInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__({"step": "1", **(attrs or {})}, format="%Y-%m-%dT%H:%M:%S")


class WallClockField(forms.DateTimeField):
    """A time as a clock on the wall shows it. Its form knows the zone (see InForumZone) and makes an instant of it."""

    widget = WallClockInput
    zone = None

    def to_python(self, value):
        """The naive wall-clock time; an ISO offset or Z is not taken, since it would contradict the zone."""
        if value in self.empty_values:
            return None
        text = str(value).strip()
        try:
            wall = datetime.fromisoformat(text)
        except ValueError:
            wall = None
        if wall is None or len(text) <= len("2026-01-30") or not is_naive(wall) or not 1900 <= wall.year <= 2900:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return wall.replace(microsecond=0)

    def prepare_value(self, value):
        if isinstance(value, datetime) and not is_naive(value) and self.zone:
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def has_changed(self, initial, data):
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return self.prepare_value(initial) != typed


class InForumZone:
    """Mixed into a form of something that belongs to a forum: every WallClockField means the time of that forum's zone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = self.instance.forum.zone if self.instance.forum_id else None
        for field in self.wall_clocks().values():
            field.zone = zone
            field.help_text = (
                format_lazy(_("Wall clock of {city} ({zone})."), city=city_of(zone), zone=zone.key)
                if zone
                else _("Wall clock of the forum's city, in the forum's own time zone.")
            )

    def wall_clocks(self):
        return {name: field for name, field in self.fields.items() if isinstance(field, WallClockField)}

    def clean(self):
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        forum = cleaned.get("forum") or (self.instance.forum if self.instance.forum_id else None)
        for name in self.wall_clocks():
            wall = cleaned.get(name)
            if wall is None or forum is None:
                cleaned[name] = None  # without a forum the form is wrong anyway
                continue
            try:
                cleaned[name] = instant_of(wall, forum.zone)
            except ValidationError as skipped:
                self.add_error(name, skipped)
        return cleaned
