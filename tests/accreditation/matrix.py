"""The world of the access matrix: one private thing of each kind, each with a word of its own that is nowhere else."""

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from zlib import crc32

from django.contrib import admin
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode
from django.utils.timezone import now

from accreditation.models import (
    Accreditation,
    Basis,
    BasisPoint,
    ForumTerms,
    Membership,
    NonObjectionList,
    PersonalArchive,
    Reading,
    Register,
    RegisterImport,
    Registration,
    SpeakingRequest,
    SupportRequest,
)
from tests.factories import make_forum, make_organisation, make_user
from tests.forums.programmes import make_session

WORD = "invited-by-this-word-" + "x" * 24


@dataclass
class World:
    """`words`: what is private -> its word. `keys`: values that addresses may carry."""

    forum: object
    own: object
    people: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)

    def word(self, name) -> str:
        """A new word for that thing, found nowhere else."""
        self.words[name] = f"zq{sha256(name.encode()).hexdigest()[:14]}"
        return self.words[name]

    def keep(self, row):
        self.rows.append(row)
        return row


def make_world() -> World:
    """One accredited organisation, one that applies, a State, and all that is private about them."""
    forum = make_forum(last_day=date(2026, 5, 8))
    ForumTerms.objects.create(forum=forum, support_open=True, support_groups=["ldc"])
    _bases()
    own = make_organisation("Harbour Light", country_id="NPL")
    world = World(forum, own)
    _people(world)
    applied = _application(world)
    _participation(world)
    _lists(world, applied)
    _desk(world)
    return world


def _bases():
    for code in ("member_state",):
        Basis.objects.get_or_create(code=code, defaults={"name": code, "paragraph": "7", "decided_by": "GA"})
    BasisPoint.objects.create(basis_id="special", code="purpose", label="Purpose")


def standing(organisation, forum, basis, status="recognised", **more):
    decided = {"decided_on": now().date(), "decided_by": "Somebody", "evidence": "A letter"} if status != "screening" else {}
    return Accreditation.objects.create(
        organisation=organisation, forum=forum, basis_id=basis, status=status, begun_at=now(), **decided, **more
    )


def _join(organisation, name, role, **more):
    person = make_user(name)
    organisation.memberships.create(user=person, role=role, asked_at=now(), **{"since": now(), **more})
    return person


def _people(world):
    Role, people, own = Membership.Role, world.people, world.own
    people["focal point"] = _join(own, "focal", Role.FOCAL_POINT)
    people["alternate"] = _join(own, "alternate", Role.ALTERNATE)
    people["drafter"] = _join(own, "drafter", Role.DRAFTER)
    people["viewer"] = _join(own, "viewer", Role.VIEWER)
    people["former focal point"] = _join(own, "former", Role.FOCAL_POINT, until=now(), ended="removed")
    people["suspended focal point"] = _join(own, "suspended", Role.FOCAL_POINT)
    people["applicant"] = make_user("applicant")
    other = make_organisation("Open Desk")
    people["other focal point"] = _join(other, "other", Role.FOCAL_POINT)
    standing(other, world.forum, "ecosoc")
    state = make_organisation("Permanent Mission", kind="member_state")
    people["State"] = _join(state, "state", Role.FOCAL_POINT)
    people["State without second factor"] = _join(state, "statewithout", Role.FOCAL_POINT)
    standing(state, world.forum, "member_state")
    invited = own.invitations.create(
        email="invited@example.org",
        role="drafter",
        fingerprint=sha256(WORD.encode()).hexdigest(),
        by=people["focal point"],
        at=now(),
        expires_at=now() + timedelta(days=14),
    )
    world.keep(invited)


def _application(world):
    """An application of another organisation of the same people, in screening, with everything in it."""
    applying = make_organisation("Kite Makers", country_id="KEN")
    world.applying = applying
    for membership in world.own.memberships.all():
        membership.pk = None
        membership.organisation = applying
        membership.save()
    applied = world.keep(standing(applying, world.forum, "special", "screening"))
    point = BasisPoint.objects.get(code="purpose")
    applied.answers.create(point=point, text=world.word("answer of an application"))
    applied.enquiries.create(
        question=world.word("question of the desk"), asked_by=world.people["applicant"], asked_at=now(), answered_at=now()
    )
    name = world.word("name of a private file") + ".txt"
    file = applied.files.model(
        accreditation=applied, point=point, name=name, size=9, media_type="text/plain", sha256="0" * 64, verdict="clean"
    )
    file.added_at, file.added_by = now(), world.people["focal point"]
    file.file.save("x.txt", ContentFile(world.word("bytes of a private file").encode()), save=False)
    file.save()
    world.keep(file)
    return applied


def _participation(world):
    held = world.keep(standing(world.own, world.forum, "ecosoc"))
    held.terms = held.basis.terms()
    held.save()
    by = {"registered_by": world.people["focal point"], "registered_at": now()}
    world.keep(
        Registration.objects.create(
            accreditation=held,
            event="forum",
            name=world.word("name of a registered person"),
            email=f"{world.word('address of a registered person')}@example.org",
            access_needs=world.word("access needs"),
            **by,
        )
    )
    session = make_session(world.forum)
    world.session = session
    asked = {"requested_by": world.people["focal point"], "requested_at": now()}
    wish = {"session": session, "accreditation": held, "speaker": world.word("who would speak"), "language": "en"}
    world.keep(SpeakingRequest.objects.create(**wish, topic=world.word("topic of a speaker"), staged="chosen", **asked))
    world.keep(
        SupportRequest.objects.create(
            forum=world.forum,
            organisation=world.own,
            person=world.word("for whom support is asked"),
            country_id="NPL",
            needs=["travel"],
            words=world.word("words of a request for support"),
            **asked,
        )
    )
    failed = {"asked_at": now(), "made_at": now(), "trouble": world.word("archive of one's own data")}
    world.keep(PersonalArchive.objects.create(user=world.people["focal point"], **failed))
    world.keep(held.letters.create(language="en", said={"note": world.word("letter of accreditation")}, made_at=now()))


def _lists(world, applied):
    """A list in preparation, and one that was circulated, with an objection."""
    desk = make_user("compiler", staff=True)
    preparing = NonObjectionList.objects.create(
        forum=world.forum, begun_at=now(), begun_by=desk, note=world.word("note of a list in preparation")
    )
    world.keep(preparing)
    line = {"kind": "civil_society", "added_at": now(), "added_by": desk}
    preparing.lines.create(accreditation=applied, name=world.word("line of a list in preparation"), **line)
    circulated = world.keep(
        NonObjectionList.objects.create(
            forum=world.forum,
            begun_at=now(),
            begun_by=desk,
            number=1,
            status="circulated",
            frozen_at=now(),
            circulated_on=now().date(),
            circulated_by="The President",
            circulation_evidence="A letter",
            period_ends_at=now() + timedelta(days=9),
        )
    )
    third = make_organisation("Third Body")
    put = world.keep(standing(third, world.forum, "special", "put_forward"))
    there = circulated.lines.create(accreditation=put, name=world.word("line of a circulated list"), position=1, **line)
    world.keep(
        there.objections.create(
            received_on=now().date(),
            ground=world.word("ground of an objection"),
            evidence="A note",
            recorded_by=desk,
            recorded_at=now(),
        )
    )


def _desk(world):
    by = make_user("overseer", staff=True)
    world.keep(
        Reading.objects.create(what="evidence", of="x", label=world.word("reading of something private"), by=by, at=now())
    )
    Register.objects.create(kind="ecosoc", as_of=date(2026, 1, 1), source="A list")
    world.keep(
        RegisterImport.objects.create(
            kind="ecosoc",
            as_of=now().date(),
            source=world.word("import of a register"),
            name="a.csv",
            sha256="0" * 64,
            by=by,
            at=now(),
            state="set_aside",
        )
    )


# Doors ---------------------------------------------------------------------------------------------------------------


def _patterns(resolver, inside=()):
    """Names of addresses with their parameters, each with what it means there."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _patterns(each, (*inside, *([each.namespace] if each.namespace else [])))
        elif isinstance(each, URLPattern) and each.name:
            whose = "organisation" if "organisations/<slug:slug>" in str(each.pattern) else "slug"
            parameters = [(name, whose if name == "slug" else name) for name in sorted(each.pattern.converters)]
            yield ":".join((*inside, each.name)), parameters


def addresses(world, *, whole=False) -> dict:
    """Every address of the site outside the desk, with every value that it may carry; none is written out by hand.

    All rows of the world are of accreditation. So the addresses of the other apps are tried with the key of one of them,
    another for each address, and with all of them only where the `whole` is asked for.

    Where it carries the keys of two rows, these are rows that the world keeps next to each other: only what belongs
    together opens anything, and to try every row with every other was four fifths of all addresses.
    By what stays the same from world to world: the name of the address and the places of its values.
    """
    keys = _keys(world)
    values = {
        "organisation": [world.own.slug, world.applying.slug],
        "slug": [world.forum.slug, world.own.slug],
        "forum": [world.forum.slug],
        "session": [world.session.slug],
        "event": ["forum", "hearing"],
        "language": ["en"],
        "code": [row.code for row in world.rows if hasattr(row, "code")],
        "word": [WORD],
        "token": [WORD],
    }
    found = {}
    for name, parameters in _patterns(get_resolver()):
        if not name.startswith(("admin:", "api", "account_", "mfa_", "hijack", "socialaccount", "usersessions")):
            found |= dict(_reversed(name, parameters, values, keys if whole else _some(keys, name)))
    return found


def _some(keys, name):
    """All keys where accreditation's own things are; elsewhere one of them."""
    others = name.startswith(("submissions:", "forums:", "admin:submissions_", "admin:forums_"))
    return [keys[crc32(name.encode()) % len(keys)]] if others else keys


class Key(str):
    """What an address may name a row by, and the place of that row in the world."""

    row = None


def _keys(world):
    found = []
    for place, row in enumerate(world.rows):
        for value in dict.fromkeys(str(each) for each in (getattr(row, "key", None), row.pk) if each is not None):
            found.append(Key(value))
            found[-1].row = place
    return found


def _belongs(value, others) -> bool:
    rows = [other.row for other in others.values() if isinstance(other, Key)]
    return not isinstance(value, Key) or all(abs(value.row - row) <= 1 for row in rows)


def _reversed(name, parameters, values, keys):
    """Pairs of (name, places of the chosen values) and address, for all values that fit."""
    for places, chosen in _choices(parameters, values, keys):
        with suppress(NoReverseMatch):
            yield (name, places), reverse(name, kwargs=chosen)


def _choices(parameters, values, keys):
    if not parameters:
        yield (), {}
        return
    (first, meaning), *rest = parameters
    for place, value in enumerate(values.get(meaning, keys)):
        for places, others in _choices(rest, values, keys):
            if _belongs(value, others):
                yield (place, *places), {first: value, **others}


def desk_addresses(world, *, whole=False) -> dict:
    """Every room: list, list in a popup, list searched for each word, filtered by columns, rows, histories, completions."""
    found = {}
    for model, room in admin.site._registry.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listed = reverse(f"{base}_changelist")
        found |= {(base, query): listed + query for query in ("", "?_popup=1", "?all=", "?q=zq")}
        rows = [(place, row) for place, row in enumerate(world.rows) if type(row) is model]
        for page in ("change", "history"):
            found |= {(base, page, place): reverse(f"{base}_{page}", args=[row.pk]) for place, row in rows}
        for relation in (one for one in model._meta.fields if one.is_relation and one.remote_field):
            named = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": relation.name}
            query = urlencode({**named, "term": "zq"})
            found["completion", query] = f"{reverse('admin:autocomplete')}?{query}"
        found |= _own_desk_addresses(room, world, whole)
    return found


def _own_desk_addresses(room, world, whole) -> dict:
    """The addresses that a room adds to Django's own, tried with keys of rows as `addresses` does."""
    values = {"slug": [world.forum.slug], "forum": [world.forum.slug], "format": ["pdf", "csv"], "language": ["en"]}
    values["session"] = [str(world.session.pk)]
    keys, found = _keys(world), {}
    for each in room.get_urls():
        if each.name and not each.name.endswith(("_add", "_change", "_history", "_delete", "_changelist")):
            parameters = [(name, name) for name in sorted(each.pattern.converters)]
            name = f"admin:{each.name}"
            found |= dict(_reversed(name, parameters, values, keys if whole else _some(keys, name)))
    return found


def missing_key():
    return str(uuid.uuid4())
