"""What is wrong with a file: every fault a sentence with its line, the first twenty listed, all of them counted. Pure."""

from django.utils.translation import ngettext

from forums.refusals import StandsAgainst

MOST_LISTED = 20


class Unreadable(StandsAgainst):
    """The file was refused; `reasons` say why, line by line."""


class Faults:
    def __init__(self):
        self.sentences, self.count, self.broken_lines = [], 0, set()

    def add(self, sentence, line=None):
        """Note one more; a `line` is one whose cells are not worth judging any more."""
        self.count += 1
        if len(self.sentences) < MOST_LISTED:
            self.sentences.append(str(sentence))
        if line is not None:
            self.broken_lines.add(line)

    def refuse_if_any(self):
        if not self.count:
            return
        more = self.count - len(self.sentences)
        if more:
            said = ngettext("%(count)d more fault is not listed.", "%(count)d more faults are not listed.", more)
            self.sentences.append(said % {"count": more})
        raise Unreadable(self.sentences)


def refuse(sentence):
    """Refuse the whole file for one reason."""
    raise Unreadable([str(sentence)])
