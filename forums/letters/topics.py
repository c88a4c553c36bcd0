"""Topics of letters that can be stopped, and the address by which whoever gets one stops it with one click (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation


@dataclass(frozen=True)
class Topic:
    code: str
    name: str
    means: str


_topics: dict[str, Topic] = {}


def register(*topics: Topic):
    _topics.update({topic.code: topic for topic in topics})


def topic_of(code: str) -> Topic | None:
    return _topics.get(code)


def all_topics() -> list[Topic]:
    return list(_topics.values())


def _signer():
    return Signer(salt="forums.letters.stop")


def token_of(email: str, topic: str) -> str:
    """Holds address and topic; only this site can make one."""
    return _signer().sign_object([email, topic])


def read_token(token: str) -> tuple[str, Topic] | None:
    """The address and the topic of a token; None when this site did not make it or knows no such topic."""
    try:
        email, code = _signer().unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    topic = topic_of(code)
    return (email, topic) if topic and isinstance(email, str) else None


def stop_url(email: str, topic: str, language: str) -> str:
    """The address that stops this topic for this address, in the language of the letter."""
    with translation.override(language):
        return settings.SITE_URL + reverse("forums:stop_letters", args=[token_of(email, topic)])
