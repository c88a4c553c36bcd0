"""The yardstick: a bare Django with two views, on the same database and under the same server.

`/q` selects 25 rows from three joined tables and renders them through a plain template of 40 kB; `/s` gives 40 kB of bytes.
"""

from django.db import models
from django.http import HttpResponse
from django.template.backends.django import DjangoTemplates
from django.urls import path

ROWS = 25
MARKUP = '<p class="card">' + "An input of a stakeholder, told in a line of about a hundred characters, as in a list. " * 16
TEMPLATE = (
    "<!doctype html><html lang=en><title>{{ title }}</title><ul>{% for row in rows %}<li><h2>{{ row.title }}</h2>"
    f"{MARKUP}</p><p>{{{{ row.organisation.name }}}}, {{{{ row.forum.name_en }}}}: {{{{ row.reference }}}}</p>"
    "{% endfor %}</ul></html>"
)


class Organisation(models.Model):
    name = models.TextField()

    class Meta:
        app_label, db_table, managed = "bare", "accreditation_organisation", False

    def __str__(self):
        return self.name


class Forum(models.Model):
    name_en = models.TextField()

    class Meta:
        app_label, db_table, managed = "bare", "forums_forum", False

    def __str__(self):
        return self.name_en


class Row(models.Model):
    title = models.TextField()
    reference = models.TextField()
    organisation = models.ForeignKey(Organisation, models.DO_NOTHING)
    forum = models.ForeignKey(Forum, models.DO_NOTHING)

    class Meta:
        app_label, db_table, managed = "bare", "submissions_publishedinput", False

    def __str__(self):
        return self.title


engine = DjangoTemplates({"NAME": "bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}})
page = engine.from_string(TEMPLATE)
ready = (b"An input of a stakeholder. " * 2000)[:40_000]


def queried(request):
    rows = Row.objects.select_related("organisation", "forum").order_by("-id")[:ROWS]
    return whole(page.render({"title": "Inputs", "rows": rows}).encode())


def stored(request):
    return whole(ready)


def whole(content):
    """With its length, without which a kept connection would get it in chunks."""
    return HttpResponse(content, headers={"Content-Length": str(len(content))})


urlpatterns = [path("q", queried), path("s", stored)]
