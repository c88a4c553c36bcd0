"""The parts of this floor, in the order in which they move."""

from accreditation.merging import people, records, standings
from accreditation.merging.parts import register

register(
    people.Memberships(),
    people.Invitations(),
    standings.Accreditations(),
    people.SupportRequests(),
    people.Representatives(),
    records.Names(),
    records.Addresses(),
    records.Absorbed(),
    records.Branches(),
    records.Networks(),
    records.Twins(),
)
