"""The metadata formats that a harvester may ask for; prefix -> what it is called, and who writes it."""

from dataclasses import dataclass

from submissions.harvest import dublin_core, mods


@dataclass(frozen=True)
class Format:
    namespace: str
    schema: str
    element: object  # of a Described: the lxml element of one input


FORMATS = {
    "oai_dc": Format(dublin_core.NAMESPACE, dublin_core.SCHEMA, dublin_core.element),
    "mods": Format(mods.NAMESPACE, mods.SCHEMA, mods.element),
}
