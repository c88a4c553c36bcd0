"""Choosing one row of many by typing: shows again what was chosen, and takes nonsense for no choice."""

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import Media


class Picked(AutocompleteSelect):
    """Shows what was chosen again; what is no key at all is no choice, and no error of the server's either."""

    @property
    def media(self):
        """With the script that names what select2 leaves without a name; after all of its own."""
        own = super().media
        return Media(js=[*own._js, "js/picked.js"], css=own._css)

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if str(key).isdecimal() and len(str(key)) < 19], attrs)
