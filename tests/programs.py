"""A program of an organisation: a client that sends a token, and JSON."""

import json
from itertools import count
from uuid import uuid4

from django.core.cache import caches
from django.test import Client
from django.utils.timezone import now

from accreditation.operations import make_token

OWN = "/api/v1/my/inputs/"
_keys = count(1)
EVERYTHING = ("read", "write", "send")


def make_program(organisation, by, scopes=EVERYTHING, *, at=None, days=365, name="Our document system"):
    """A program whose token holds now."""
    token, word = make_token(organisation, name=name, scopes=scopes, days=days, form_key=uuid4(), by=by, at=at or now())
    return Program(word, token)


class Program:
    def __init__(self, word, token=None):
        self.word, self.token, self.client = word, token, Client()
        self.client.raise_request_exception = False

    def ask(self, method, address, body=None, *, key=None, edition=None, raw=None, kind="application/json", **headers):
        """One request; a POST gets a new key unless it is given one."""
        headers = {"authorization": f"Bearer {self.word}"} | headers
        if method == "post" and key != "":
            headers["idempotency-key"] = key or f"key-{next(_keys)}"
        if edition is not None:
            headers["if-match"] = f'"{edition}"'
        content = raw if raw is not None else json.dumps(body) if body is not None else b""
        caches["pages"].clear()  # where the limits are counted
        if method in ("get", "head"):
            return getattr(self.client, method)(address, headers=headers)
        return self.client.generic(method.upper(), address, content, content_type=kind, headers=headers)

    def get(self, address, **more):
        return self.ask("get", address, **more)

    def begin(self, call, language="en", **more):
        return self.ask("post", OWN, {"forum": call.forum.slug, "call": call.slug, "language": language}, **more)

    def change(self, pk, sent, *, edition):
        return self.ask("patch", f"{OWN}{pk}/", sent, edition=edition)

    def complete(self, call):
        """A draft that can be sent; its key and edition."""
        pk = self.begin(call).json()["id"]
        sent = {
            "title": "Consular help",
            "text": "Nine missions.",
            "level": "national",
            "countries": ["KEN"],
            "objectives": [14],
        }
        return pk, self.change(pk, sent, edition=1).json()["edition"]

    def send(self, pk, edition, **more):
        told = {"edition": edition, "publish_as": "named", "declared": True, **more.pop("told", {})}
        return self.ask("post", f"{OWN}{pk}/send/", told, **more)


__all__ = ["EVERYTHING", "OWN", "Program", "make_program"]
