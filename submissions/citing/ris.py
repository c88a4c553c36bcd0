"""RIS: one line a tag. A line that an author broke would be another tag, so none is broken. Pure."""

from submissions.describing import PUBLISHER, Described


def ris(input: Described) -> str:
    lines = [
        ("TY", "RPRT"),
        ("ID", input.reference),
        ("TI", input.title),
        *(("AU", f"{author.name},") for author in input.authors),  # the comma keeps a body from being split into names
        ("PY", f"{input.dated:%Y}"),
        ("DA", f"{input.dated:%Y/%m/%d}"),
        ("T2", input.forum[1]),
        ("PB", PUBLISHER),
        ("M1", input.symbol),
        ("LA", input.language),
        ("AB", input.excerpt),
        *(("KW", word) for _code, word in (*input.objectives, *input.countries, *input.regions)),
        ("UR", input.url),
        ("L2", input.source_url),
    ]
    written = [f"{tag}  - {text}" for tag, text in lines if text]
    return "\r\n".join([*written, "ER  - ", ""])
