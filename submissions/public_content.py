"""What the public may read of a sent version: the whitelist of its content, asked for through publication.py."""

from submissions import words
from submissions.questions.sending import own_words_in

EXCERPT = 320
PUBLIC_CONTENT = ("title", "summary", "text", "language", "level", "countries", "regions", "objectives", "files")


def named_files(content) -> list:
    """The keys of the files of a version that its author did not keep for the desk."""
    return [file["id"] for file in content["files"] if file.get("public", True)]


def public_content(published) -> dict:
    """What the page of an input shows beyond its row: title, summary, text and public answers of the published version."""
    content = published.version.shown
    shown = {name: content[name] for name in ("title", "summary", "text", "language")}
    shown["principles"] = content.get("principles", [])
    shown["redacted"] = published.version.changes.get("kinds", [])
    return shown | {"form": content.get("form"), "answers": public_answers(content)}


def public_answers(content) -> list:
    """The answers of a version that were promised to be public when it was sent; those for the desk stay with the desk."""
    return [one for one in content.get("answers", []) if one["seen_by"] == "public"]


def public_words(content) -> dict:
    """What the search may find and an excerpt may quote: the text followed by what was written in public answers."""
    text = own_words_in({"text": content["text"], "answers": public_answers(content)})
    return {name: content[name] for name in ("title", "reference", "summary", "language")} | {"text": text}


def public_word_count(version) -> int:
    """Words that everybody can read; an answer for the desk is not told by its length either."""
    content = version.shown
    if not content.get("answers") and not version.changes.get("texts"):
        return version.words
    return words.count(public_words(content)["text"], content["language"])


def how_it_came(published) -> dict:
    """How an input that the desk recorded reached the Network, and when; empty for every other."""
    return published.version.content.get("recorded", {})


def whitelisted(version) -> dict:
    """Of the content of a public version what the public may see of it; the same keys as the page of an input shows."""
    content = version.shown
    shown = {name: content[name] for name in PUBLIC_CONTENT}
    shown["principles"] = content.get("principles", [])
    shown["files"] = [file for file in content["files"] if file.get("public", True)]
    return shown | {"form": content.get("form"), "answers": public_answers(content)}


def excerpt_of(content) -> str:
    """The summary, else the beginning of the text without its marks, cut at a word."""
    text = " ".join((content["summary"] or content["text"]).replace("#", " ").replace("*", " ").split())
    if len(text) <= EXCERPT:
        return text
    cut = text[:EXCERPT]
    return (cut.rpartition(" ")[0] or cut) + " …"
