"""The ways of every procedure, drawn from the tables of moves that the code itself follows. Pure."""

from django.apps import apps
from django.utils import translation

from forums.models import Procedure

HEAD = """# The ways of the procedures

Drawn from the tables of moves (`MOVES`) that the code follows; `manage.py draw_moves` writes this page, and a test refuses
one that is out of date. A status changes along these arrows only, by one function (`Procedure.move`), and each move is a row
that stays.
"""


def procedures() -> list:
    """Every procedure, floor by floor."""
    found = [model for model in apps.get_models() if issubclass(model, Procedure) and model.MOVES]
    return sorted(found, key=lambda model: (model._meta.app_label, model._meta.model_name))


def page() -> str:
    """The page in Markdown, a diagram for each procedure."""
    with translation.override("en"):
        return "\n".join([HEAD, *(drawn(model) for model in procedures())])


def drawn(model) -> str:
    """One procedure as a Mermaid state diagram."""
    words = dict(model._meta.get_field("status").choices)
    begins = model._meta.get_field("status").default
    lines = [f"## {str(model._meta.verbose_name).capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {value}: {word}" for value, word in words.items()]
    lines.append(f"    [*] --> {begins}")
    for was, moves in model.MOVES.items():
        lines += [f"    {was} --> {became}" for became in sorted(str(each) for each in moves)]
    return "\n".join([*lines, "```", ""])
