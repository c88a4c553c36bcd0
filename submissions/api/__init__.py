"""What, for machines: published inputs for everybody; an organisation's own drafts and sending for its tokens."""

from .addresses import own_addresses, public_addresses
from .public import InputViewSet, OrganisationViewSet

__all__ = ["InputViewSet", "OrganisationViewSet", "own_addresses", "public_addresses"]
