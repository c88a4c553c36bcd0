"""Write docs/moves.md: the ways of every procedure, from the tables of moves."""

from django.conf import settings
from django.core.management.base import BaseCommand

from imrf_portal.moves import page

PLACE = settings.BASE_DIR / "docs" / "moves.md"


class Command(BaseCommand):
    help = "Draws the ways of every procedure into docs/moves.md, from the tables that the code follows."

    def handle(self, **options):
        PLACE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PLACE))
