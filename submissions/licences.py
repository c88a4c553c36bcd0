"""Under which terms what is published may be used again; said in one place, and in the same words by every format."""

METADATA_NAME = "CC0 1.0 Universal"
METADATA_CODE = "CC0-1.0"
METADATA_URL = "https://creativecommons.org/publicdomain/zero/1.0/"
# In English, for catalogues; the page of terms says it in six languages.
OF_TEXTS = (
    "The text belongs to its authors and may be quoted and reused with their name, its title and its reference. "
    "The views expressed are those of the authors."
)
