"""The text to which co-sponsors agree, and its mark: two texts that differ only in their spacing have one mark."""

import hashlib
import json

from submissions.questions.sending import sent_with

TEXTS = ("title", "summary", "text")
CHOICES = ("language", "level", "publish_as")
LISTS = ("countries", "regions", "objectives", "principles")


def text_of(submission, chosen, files) -> dict:
    """What a co-sponsor lends its name to: every word, choice and public answer, and the files by name and content."""
    words = {name: getattr(submission, name) for name in (*TEXTS, *CHOICES)}
    lists = {name: sorted(chosen[name]) for name in LISTS}
    answers = [[one["key"], one["answer"]] for one in sent_with(submission).get("answers", []) if one["seen_by"] == "public"]
    return {**words, **lists, "answers": answers, "files": sorted([file.name, file.sha256] for file in files)}


def mark_of(text: dict) -> str:
    """SHA-256 over the text with its white space as single spaces."""
    plain = {**text, **{name: " ".join(text[name].split()) for name in TEXTS}}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
