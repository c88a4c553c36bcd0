"""Everything that somebody can reach: along links from the doors, and by guessing at every pattern of an address."""

import html
import re
from collections import Counter, deque
from itertools import islice, product
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import URLPattern, get_resolver, resolve
from django.urls.converters import IntConverter, UUIDConverter
from django.urls.exceptions import Resolver404

from accreditation.models import Organisation
from forums.models import Forum, Session
from submissions.harvest.formats import FORMATS
from submissions.models import Attachment, PublishedInput, Submission
from tests.pages.leaks.reading import all_text

HOST = "http://testserver"
LINKS = re.compile(r"""(?:href|src|action|data-url|content)=["']([^"'<>]+)|<loc>([^<]+)|(http://testserver[^\s"'<>)\\]+)""")
CLOSED = ("/admin/", "/accounts/", "/static/", "/hijack/")  # the desk, signing in: tests of their own
SPOKEN = ("en", "ar")
DOORS = [
    "/", "/en/", "/ar/", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/api/v1/", "/api/schema/",
    "/api/docs/",
    "/feeds/inputs.atom", "/feeds/inputs.atom?lang=ar", "/feeds/calendar.atom",
    "/feeds/organisations.atom", "/feeds/national-reviews.atom", "/calendar.ics", "/open-data/", "/livez",
    "/readyz", "/oai?verb=Identify", "/oai?verb=ListSets", "/oai?verb=ListMetadataFormats",
    *(f"/oai?verb={verb}&metadataPrefix={prefix}" for verb in ("ListRecords", "ListIdentifiers") for prefix in FORMATS),
    *(f"/open-data/{name}" for name in ("inputs.zip", "inputs.csv", "inputs.json", "codes.csv", "datapackage.json")),
    *(f"/en/inputs.{form}" for form in ("csv", "xlsx", "ris", "bib")), "/ar/inputs.csv?level=national&sort=title",
    "/en/embed/inputs/?number=20", "/en/nothing/here/", "/en/inputs/?level=galactic", "/en/inputs/?page=999",
    "/api/v1/nothing/", "/api/v1/inputs/?page_size=100", "/en/my/",
    "/oai?verb=Nothing", "/en/inputs/IMRF-1815-I-00001/", "/en/inputs/%00/",
]  # fmt: skip
TOKEN = re.compile(r"<resumptionToken[^>]*>([^<]+)</resumptionToken>")
BOXES = (
    "/en/inputs/",
    "/en/suggest/",
    "/api/v1/inputs/",
    "/api/v1/organisations/",
    "/feeds/inputs.atom",
    "/en/embed/inputs/",
    "/en/inputs.ris",
    "/feeds/organisations.atom",
)
ASKED = ("q", "search", "term", "query", "organisation", "name")


class Walk:
    """What one visitor sees; `seen` is address -> all that the answer says."""

    def __init__(self, user=None, *, same_kind=1):
        """Of one view with the same parameters so many addresses are looked at."""
        self.client, self.same_kind = Client(raise_request_exception=False), same_kind
        if user:
            self.client.force_login(user)
        self.seen, self.broken, self.kinds, self.waiting = {}, [], Counter(), deque()

    def everything(self, words=(), most=6, enough=lambda walk: False):
        """From the doors along every link, then so many guesses at every pattern, then every box one could search in.

        `enough` is asked now and then whether what was seen is all that the walk is for.
        """
        for address in [*DOORS, *(guessed(most) if most else ()), *asked(words, self.same_kind > 1)]:
            self._take(address, by_hand=True)
        while self.waiting and (len(self.seen) % 25 or not enough(self)):
            self._look(self.waiting.popleft())
        return self

    def _take(self, address, by_hand=False):
        parts = urlsplit(urljoin(HOST + "/", address.split("#")[0]))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.netloc != "testserver" or parts.path.startswith(CLOSED) or path in self.seen or path in self.waiting:
            return
        kind = kind_of(parts)
        if by_hand or (kind and self.kinds[kind] < self.same_kind):
            self.kinds[kind] += not by_hand
            self.waiting.append(path)

    def _look(self, path):
        answer = self.client.get(path)
        said = all_text(answer)
        self.seen[path] = said
        if answer.status_code >= 500:
            self.broken.append(path)
        for found in LINKS.findall(said):
            self._take(urljoin(HOST + path, html.unescape(next(filter(None, found)))))
        for token in TOKEN.findall(said):
            self._take(f"/oai?verb={path.partition('verb=')[2].partition('&')[0]}&resumptionToken={html.unescape(token)}")
        if answer.status_code in (301, 302):
            self._take(urljoin(HOST + path, answer.headers["Location"]))


def kind_of(parts):
    """Which view with which parameters; None where there is none, or in a language that is not looked at."""
    spoken = parts.path.split("/")[1]
    if len(spoken) in (2, 7) and spoken in ("es", "fr", "ru", "zh-hans"):
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    names = tuple(sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair}))
    view = match.view_name or match.route
    return view, spoken if spoken in SPOKEN else "", names if len(names) < 2 else "several"  # facets combine without end


# Guessing --------------------------------------------------------------------------------------------------------------


def patterns(resolver=None, before=""):
    """Every pattern of an address as text, with its parts and their converters; one that no part can fill is left out."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + plain(str(one.pattern))
        if not isinstance(one, URLPattern):
            yield from patterns(one, route)
        elif not re.search(r"[\^$\\(?*]", route):
            yield route, {name: one.pattern.converters.get(name) for name in re.findall(r"<(?:\w+:)?(\w+)>", route)}


def plain(route):
    """A regular expression of the simple kind, as routers of an API make them, written like all others."""
    return re.sub(r"\(\?P(<\w+>)[^()]*\)", r"\1", route).removeprefix("^").removesuffix("$").removesuffix("\\Z")


def guessed(most):
    """For every pattern some addresses, made of what there is: public or not, nobody has to be told of it to try it."""
    forums = list(Forum.objects.values_list("slug", flat=True))
    gone = PublishedInput.objects.exclude(taken_down_at=None).values_list("reference", flat=True)
    pools = {
        "reference": [*_each_status(), *gone[:2]],
        "slug": [*forums[:3], *Organisation.objects.values_list("slug", flat=True)[:20]],
        "forum": forums,
        "session": list(Session.objects.values_list("slug", flat=True)[:20]),
        "number": list(range(1, 24)),
    }
    for route, known in patterns():
        if route.startswith(tuple(each[1:] for each in CLOSED)):
            continue
        choices = [pools.get(name) or _of_kind(converter) for name, converter in known.items()]
        few = max(1, most // 3) if "/my/" in route else most  # of what is behind signing in a few of each
        for values in islice(product(*choices), 0, None, max(1, -(-_size(choices) // few))):
            yield "/" + _filled(route, dict(zip(known, values, strict=True)))


def _filled(route, values):
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], "")), route)


def _size(choices):
    size = 1
    for choice in choices:
        size *= len(choice)
    return size


def _of_kind(converter):
    if isinstance(converter, IntConverter):
        return list(range(1, 24))
    if isinstance(converter, UUIDConverter):
        return [*Attachment.objects.values_list("pk", flat=True)[:30], *Submission.objects.values_list("pk", flat=True)[:10]]
    return ["en", *_each_status()[:8], *Organisation.objects.values_list("slug", flat=True)[:8], "x"]


def _each_status():
    """Two references of each status."""
    sent = Submission.objects.exclude(reference=None).exclude(reference="").order_by("status", "pk")
    by_status = {}
    for status, reference in sent.values_list("status", "reference"):
        by_status.setdefault(status, []).append(reference)
    return [reference for found in by_status.values() for reference in found[:2]]


def asked(words, everywhere):
    """Every box that takes words, asked for the beginning of the planted ones and for many at once: in one box or in all."""
    words = sorted(words)
    many = [" or ".join(words[start : start + 14]) for start in range(0, len(words), 14)]
    for box in BOXES:
        for name in ASKED:
            yield f"{box}?{name}=zqx"
    for number, text in enumerate(many):
        for box in BOXES if everywhere else BOXES[number % len(BOXES) :][:1]:
            yield f"{box}?q={text.replace(' ', '+')}"
