"""Full-text search in the six languages: each text is indexed in its own language, each query asks all of them."""

from .indexing import vector_of
from .querying import found_by

__all__ = ["found_by", "vector_of"]
