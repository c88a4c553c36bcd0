"""manage.py mirror FOLDER [--from URL]: everything public, copied over the API; run again it fetches what changed."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imrf_portal.mirroring import Mirror, NotMirrored


class Command(BaseCommand):
    help = "Copies everything public of a portal into a folder, over its API; broken off, it goes on where it stopped."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--from", dest="site", default=settings.SITE_URL, help="Address of the portal.")

    def handle(self, *args, folder, site, **options):
        site = site.rstrip("/")
        if urlsplit(site).scheme not in ("http", "https") or not urlsplit(site).hostname:
            raise CommandError(f"--from {site} is no address. Expected something like https://inputs.example.org.")
        try:
            report = Mirror(site, folder).run()
        except NotMirrored as why:
            raise CommandError(f"{why} What was copied stays; run it again to go on.") from why
        self.stdout.write(str(report))
