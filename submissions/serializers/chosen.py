"""What was chosen from lists, as the API shows it."""

from rest_framework import serializers


def keys_in(source, key=serializers.CharField):
    """A field with the keys that stand there, of that kind each."""
    return serializers.ListField(child=key(), source=source, read_only=True)
