"""Two harvesters of other people's making, which ask the portal through Django's test client instead of the network."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from lxml import etree
from oaipmh.client import Client
from oaipmh.metadata import MetadataRegistry, oai_dc_reader
from sickle import Sickle
from sickle.response import OAIResponse

from submissions.harvest import selecting
from submissions.models import PublishedInput

FIRST = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class SickleHere(Sickle):
    def __init__(self, client):
        super().__init__("http://testserver/oai", encoding="utf-8")
        self.client = client

    def harvest(self, **query):
        answer = self.client.get("/oai", query)
        assert answer.status_code == 200
        return OAIResponse(SimpleNamespace(text=answer.content.decode(), content=answer.content), params=query)


class ClientHere(Client):
    """The client of the package oaipmh, which asks by POST."""

    def __init__(self, client):
        registry = MetadataRegistry()
        registry.registerReader("oai_dc", oai_dc_reader)
        super().__init__("http://testserver/oai", registry)
        self.client = client

    def makeRequest(self, **query):
        return self.client.post("/oai", urlencode(query), content_type="application/x-www-form-urlencoded").content


@pytest.fixture
def sickle(client):
    return SickleHere(client)


@pytest.fixture
def other_harvester(client):
    return ClientHere(client)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(selecting, "A_PAGE", 3)


@pytest.fixture
def ask(client):
    """The parsed answer to a query, and the name of its fault where it is one."""

    def asked(**query):
        answer = client.get("/oai", query)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
        return etree.fromstring(answer.content)

    return asked


def stamp_in_order(*, minutes=1):
    """Give all rows stamps of their own, one a minute, in the order of their keys."""
    for number, row in enumerate(PublishedInput.objects.order_by("pk")):
        PublishedInput.objects.filter(pk=row.pk).update(stamp=FIRST + timedelta(minutes=number * minutes))
