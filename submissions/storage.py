"""Where files lie: a private folder, written and flushed to the disk before the row that names them commits."""

import os
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateFiles(FileSystemStorage):
    """Has no address: a file is served only by a view that asked who may have it."""

    def __init__(self):
        super().__init__(location=settings.MEDIA_ROOT, base_url=None, file_permissions_mode=0o600)

    def _save(self, name, content):
        name = super()._save(name, content)
        path = Path(self.path(name))
        for place, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
            handle = os.open(place, flags)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return name
