"""A file that is too big is not taken from the wire: the fields before it are read, of the file itself nothing."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.views.decorators.csrf import csrf_exempt, csrf_protect

FIELDS = 64 * 1024  # what a form has beside its file


class NothingTooBig(FileUploadHandler):
    """Stops an upload at the first byte of its file when the whole request is longer than the limit."""

    def __init__(self, request, most):
        super().__init__(request)
        self.most, self.stopped = most, False

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.stopped = content_length > self.most + FIELDS

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.stopped:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None


def bounded(most):
    """A view of the desk that reads no longer file than `most()`; `request.too_big` says that it stopped one."""

    def bound(view):
        @csrf_exempt  # until the handler is in its place: Django reads the whole request to find the token
        @wraps(view)
        def answer(self, request, *args, **kwargs):
            handler = NothingTooBig(request, most())
            request.upload_handlers.insert(0, handler)

            @csrf_protect
            def guarded(request):
                if request.method == "POST":
                    request.POST  # noqa: B018 - reads the request
                request.too_big = handler.stopped
                return view(self, request, *args, **kwargs)

            return guarded(request)

        return answer

    return bound
