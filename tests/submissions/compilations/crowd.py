"""Many published inputs at once, in six languages, without the walk through the desk that each has really had."""

from datetime import timedelta
from itertools import cycle, islice

from django.db import connection

from tests.factories import NOW, make_call, make_organisation, make_submission, make_user

WORDS = {
    "ar": "يجب حماية حقوق المهاجرين والعمال وأسرهم في بلدان المقصد من خلال مسارات نظامية آمنة ومنتظمة",
    "en": "the rights of migrant workers and their families must be protected through safe and regular pathways",
    "es": "los derechos de los trabajadores migrantes deben protegerse mediante vías seguras y regulares para todos",
    "fr": "les droits des travailleurs migrants doivent être protégés grâce à des voies sûres et régulières pour tous",
    "ru": "права трудящихся мигрантов и членов их семей должны быть защищены через безопасные и законные пути",
    "zh-hans": "移徙工人及其家庭成员的权利必须通过安全有序和正常的渠道得到充分保护",
}
LEVELS = ("local", "national", "regional", "global")


def text_in(language, words) -> str:
    """So many words in paragraphs of about eighty, each of sentences."""
    if language == "zh-hans":
        signs = "".join(islice(cycle(WORDS[language]), words))
        return "\n\n".join(signs[start : start + 100] + "。" for start in range(0, words, 100))
    run = list(islice(cycle(WORDS[language].split()), words))
    sentences = [" ".join(run[start : start + 20]).capitalize() + "." for start in range(0, words, 20)]
    return "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4))


def make_crowd(forum, count, *, words=300, organisations=60):
    """So many published inputs; each in the next language, on the next level, about the next objectives."""
    call, by, reviewer = make_call(forum), make_user(), make_user(staff=True)
    bodies = [make_organisation(focal_point=by) for _place in range(min(organisations, count))]
    languages = list(WORDS)
    made = []
    for number in range(count):
        language = languages[number % 6]
        made.append(
            make_submission(
                status="published",
                call=call,
                by=by,
                reviewer=reviewer,
                organisation=bodies[number % len(bodies)],
                at=NOW + timedelta(seconds=number),
                title=f"{text_in(language, 6)} {number}".replace("\n", " "),
                summary="",
                text=text_in(language, words),
                language=language,
                level=LEVELS[number % 4],
                regions=["ECA"],
                objectives=[number % 23 + 1, (number * 7) % 23 + 1],
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made
