"""Recomputes the fingerprint of what a receipt promises, its link in the chain, and the files it names."""

import hashlib
import sys

from django.core.management.base import BaseCommand, CommandError

from submissions.models import Attachment, Version
from submissions.models.version import MARKS
from submissions.receipts import FIRST_LINK, fingerprint, link_of


class Command(BaseCommand):
    help = "Recomputes a receipt: the SHA-256 over the stored content, its link in the chain, and every file that it names."

    def create_parser(self, *args, **kwargs):
        """Django's own --version gives way to ours."""
        return super().create_parser(*args, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser):
        parser.add_argument(
            "number", help="The number of the receipt, such as IMRF-2026-I-00042 (or .../Rev.1, /Corr.1, /Add.1)."
        )
        parser.add_argument("--version", type=int, dest="version_number", help="Only this version; else all of them.")

    def handle(self, *, number, version_number, **options):
        reference, _slash, mark = number.strip().upper().partition("/")
        versions = Version.objects.filter(submission__reference=reference).select_related("submission")
        if mark:
            versions = versions.filter(**_meant(mark))
        if version_number:
            versions = versions.filter(number=version_number)
        if not versions:
            raise CommandError(f"There is no receipt {number}. Check the number: it looks like IMRF-2026-I-00042.")
        held = [self._verify(version) for version in versions]
        if not all(held):
            sys.exit(1)

    def _verify(self, version) -> bool:
        """Say whether the version and its files are what the receipt says."""
        content = version.content
        said = (content["reference"], content["version"]) == (version.submission.reference, version.number)
        holds = said and fingerprint(content) == version.sha256 and _is_linked(version)
        self.stdout.write(f"{version.symbol}  {_word(holds)}  {version.sha256}  {version.sent_at.isoformat()}")
        for file in content["files"]:
            same = _hash_of(file["id"]) == file["sha256"]
            holds = holds and same
            self.stdout.write(f"  {file['name']}  {_word(same)}  {file['sha256']}")
        return holds


def _meant(mark) -> dict:
    """Which version a mark behind the reference names: REV.1, CORR.1, ADD.1; none where it is no such mark."""
    kind, _point, number = mark.partition(".")
    acts = {shown.upper(): act for act, shown in MARKS.items()}
    return {"act": acts.get(kind, ""), "act_number": int(number) if number.isdecimal() else 0}


def _word(holds) -> str:
    return "holds" if holds else "DOES NOT HOLD"


def _is_linked(version) -> bool:
    """Whether the version is linked to the one before it in the chain of its forum."""
    before = Version.objects.filter(forum=version.forum_id, place=version.place - 1).first()
    previous = before.link if before else FIRST_LINK if version.place == 1 else ""
    return link_of(previous, version.sha256) == version.link


def _hash_of(pk) -> str:
    """SHA-256 of the stored bytes, or nothing where they are gone."""
    attachment = Attachment.objects.filter(pk=pk).first()
    try:
        with attachment.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (AttributeError, OSError):
        return ""
