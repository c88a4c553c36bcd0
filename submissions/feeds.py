"""The Atom feed of published inputs."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed


class InputsFeed(Feed):
    feed_type = Atom1Feed
    title = "International Migration Review Forum: inputs"
    link = "/"

    def items(self):
        return []
