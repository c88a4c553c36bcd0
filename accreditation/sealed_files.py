"""Where evidence lies: sealed with a key of the portal, so that a copy of the store alone tells nothing (P23).

Identity papers and letters of representation are read by few and for a short time; a stolen disk or a careless backup must
not be a leak. The bytes are sealed and opened whole in memory: a file has at most UPLOAD_MOST_BYTES. The library that seals
is loaded with the first such file of a process: most web processes never see one.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.utils.deconstruct import deconstructible


class SealBroken(OSError):
    """The bytes were changed, or sealed with a key that the portal does not have (any more)."""


@deconstructible
class SealedFiles(Storage):
    """The portal's own store with sealed bytes; has no address, so a file is served only by a view that asked who may."""

    def _open(self, name, mode="rb"):
        with default_storage.open(name, "rb") as stored:
            return File(BytesIO(unsealed(stored.read())), name)

    def _save(self, name, content):
        content.seek(0)
        return default_storage.save(name, ContentFile(sealed(content.read())))

    def exists(self, name):
        return default_storage.exists(name)

    def delete(self, name):
        default_storage.delete(name)

    def listdir(self, path):
        return default_storage.listdir(path)

    def size(self, name):
        with self._open(name) as file:
            return len(file.read())


def sealed(content: bytes) -> bytes:
    """Encrypted and signed with the first key."""
    return keys().encrypt(content)


def unsealed(content: bytes) -> bytes:
    """What was sealed with any of the keys; raises SealBroken."""
    from cryptography.fernet import InvalidToken

    try:
        return keys().decrypt(content)
    except InvalidToken as why:
        raise SealBroken("The seal of a private file does not open with the keys of this portal.") from why


def keys():
    """EVIDENCE_KEYS, the newest first, as one; without any a key made of SECRET_KEY."""
    from cryptography.fernet import Fernet, MultiFernet

    words = settings.EVIDENCE_KEYS or [f"evidence:{settings.SECRET_KEY}"]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(word.encode()).digest())) for word in words])
