"""BibTeX, in UTF-8, with everything that TeX would take for a command written out. Pure."""

from submissions.describing import PUBLISHER, Described

COMMANDS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian", "zh-hans": "chinese"}


def bibtex(input: Described) -> str:
    authors = " and ".join(f"{{{_text(author.name)}}}" for author in input.authors)
    fields = [
        ("author", f"{{{authors}}}"),
        ("title", f"{{{{{_text(input.title)}}}}}"),
        ("institution", f"{{{PUBLISHER}}}"),
        ("type", "{Input to the International Migration Review Forum}"),
        ("number", f"{{{_text(input.symbol)}}}"),
        ("year", f"{{{input.dated:%Y}}}"),
        ("month", MONTHS[input.dated.month - 1]),
        ("day", f"{{{input.dated.day}}}"),
        ("note", f"{{{_text(input.forum[1])}}}"),
        ("language", f"{{{NAMES[input.language]}}}"),
        ("abstract", f"{{{_text(input.excerpt)}}}" if input.excerpt else ""),
        ("url", f"{{{input.url}}}"),
    ]
    written = ",\n".join(f"  {name} = {value}" for name, value in fields if value)
    return f"@techreport{{{input.reference},\n{written}\n}}\n"


def _text(text):
    return text.translate(COMMANDS)
