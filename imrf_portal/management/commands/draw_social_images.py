"""Draw static/img/social-<lang>.png: what is shown beside an address of this site that somebody passes on."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from forums.printing import pdf_of

WIDTH, HEIGHT = 1200, 630
SHEET = """
@page { size: 1200px 630px; margin: 0; }
body { margin: 0; }
.sheet { height: 630px; box-sizing: border-box; padding: 150px 90px 0; border-block-start: 24px solid #005b96; }
.mark { border-inline-start: 16px solid #005b96; padding-inline-start: 40px; }
h1 { font-size: 68px; line-height: 1.25; margin: 0 0 28px; color: #14212b; font-weight: 600; }
p { font-size: 38px; line-height: 1.4; margin: 0; color: #4b5b67; }
"""


class Command(BaseCommand):
    help = "Draws the pictures for social media in the six languages, from the words of the site."

    def handle(self, **options):
        for code, _name in settings.LANGUAGES:
            with override(code):
                place = settings.BASE_DIR / "static" / "img" / f"social-{code}.png"
                picture(code).save(place, "PNG", optimize=True)
                self.stdout.write(str(place))


def picture(code):
    """The word mark on white, as the head of the pages has it."""
    import pypdfium2

    name, what = _("International Migration Review Forum"), _("Inputs from States and stakeholders")
    words = format_html('<div class="sheet"><div class="mark"><h1>{}</h1><p>{}</p></div></div>', name, what)
    direction = "rtl" if get_language_bidi() else "ltr"
    document = pypdfium2.PdfDocument(pdf_of(words, title=name, language=code, direction=direction, css=SHEET))
    drawn = document[0].render(scale=WIDTH / document[0].get_width()).to_pil()
    return drawn.convert("RGB").quantize(32)
