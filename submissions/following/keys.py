"""The words that letters to a follower carry: one to confirm, kept as its hash; one for their page, kept nowhere."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer

from forums.models.follower import new_key
from submissions.models import InputsFollowing


def new_token() -> tuple[str, str]:
    """A word for the letter, and its hash for the row."""
    token = new_key()
    return token, hash_of(token)


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def key_of(following) -> str:
    """The word in the address of the page on which this address sees what it follows; only this portal can make it."""
    return _signer().sign(following.name.hex)


def following_of(key: str) -> InputsFollowing | None:
    """The confirmed following whose letters carry this word; None where it is made up, or gone."""
    try:
        name = _signer().unsign(key)
        return InputsFollowing.objects.standing().filter(name=name).first()
    except (BadSignature, ValidationError, ValueError):
        return None


def _signer():
    return Signer(salt="submissions.following")
