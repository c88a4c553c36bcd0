"""Writes a compilation of published inputs into a file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.timezone import now

from forums.models import Forum
from forums.refusals import Refused
from submissions.compilations.choosing import FILTERS, cleaned
from submissions.compilations.contents import compiled
from submissions.compilations.making import MAKERS
from submissions.models import Compilation
from submissions.search.vocabulary import vocabulary


class Command(BaseCommand):
    help = "Writes a compilation of the published inputs of a forum as DOCX, PDF or XLSX; nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("--forum", required=True, help="Address of the forum, such as 2026.")
        for name in FILTERS:
            parser.add_argument(f"--{name.replace('_', '-')}", action="append", default=[], help="May be given again.")
        parser.add_argument("--full", action="store_true", help="Full texts; otherwise excerpts.")
        parser.add_argument("--order", choices=Compilation.Order.values, default="objective")
        parser.add_argument("--in", dest="headings", choices=[code for code, _name in settings.LANGUAGES], default="en")
        parser.add_argument("--format", choices=list(MAKERS), default="docx")
        parser.add_argument("--output", "--out", required=True, help="The file that is written.")

    def handle(self, **options):
        forum = Forum.objects.filter(slug=options["forum"]).first()
        if forum is None:
            raise CommandError(f"There is no forum “{options['forum']}”.")
        asked = Compilation(
            forum=forum,
            chosen=self._chosen(forum, options),
            extent="full" if options["full"] else "excerpt",
            order=options["order"],
            language=options["headings"],
            asked_at=now(),
        )
        with translation.override(asked.language):
            gathered = compiled(asked)
            try:
                made = MAKERS[options["format"]](gathered)
            except Refused as why:
                raise CommandError(str(why)) from why
        Path(options["output"]).write_bytes(made)
        self.stdout.write(f"{len(gathered.entries)} inputs, {gathered.paragraphs} paragraphs, {gathered.words} words.")

    @staticmethod
    def _chosen(forum, options):
        """What exists; a code that does not is said, never passed over."""
        words = vocabulary([forum], forum=forum)
        given = {name: options[name] for name in FILTERS}
        chosen = cleaned(given, words)
        for name, codes in given.items():
            unknown = [code for code in codes if code not in chosen.get(name, ())]
            if unknown:
                raise CommandError(f"--{name.replace('_', '-')}: there is no {', '.join(unknown)}.")
        return chosen
