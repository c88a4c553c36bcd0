"""The lists of the first floor as files, and what reads them. Sources, dates and limits stand in README.md."""

from .bases import load_bases, load_points
from .registers import load_ecosoc, load_gcm, load_nhris, load_states, load_un_entities

FILES = {
    "bases.csv": load_bases,
    "basis_points.csv": load_points,
    "ecosoc_ngos.csv": load_ecosoc,
    "Stakeholders accredited to the Compact": load_gcm,
    "nhri.csv": load_nhris,
    "un_entities.csv": load_un_entities,
    "Member States and observers": load_states,
}
