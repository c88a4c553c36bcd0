"""Where programs find what belongs to one input, and what is an organisation's own; the rest is with the router."""

from django.urls import re_path

from submissions.api.asked_back import AmendingViewSet, DeskQuestionViewSet
from submissions.api.own import KEY, OwnInputViewSet, TokenView
from submissions.api.own_files import OwnFileViewSet, PieceViewSet, UploadViewSet
from submissions.api.parts import InputFilesViewSet, InputVersionViewSet, StatisticsView
from submissions.api.sending import SendingViewSet

READS, LISTS = {"get": "retrieve", "head": "retrieve"}, {"get": "list", "head": "list"}


def public_addresses():
    """For the roof to put them under the API's."""
    of_input = r"inputs/(?P<reference>[\w-]{1,40})"
    table = [
        ("statistics", StatisticsView, READS, "statistics"),
        (f"{of_input}/versions", InputVersionViewSet, LISTS, "input-versions"),
        (f"{of_input}/versions/(?P<number>[0-9]{{1,4}})", InputVersionViewSet, READS, "input-version"),
        (f"{of_input}/files", InputFilesViewSet, LISTS, "input-files"),
    ]
    return [re_path(f"^{where}/$", view.as_view(actions), name=name) for where, view, actions, name in table]


def own_addresses():
    """The addresses of an organisation's own side, for the roof to put them under the API's."""
    one, number = f"my/inputs/(?P<id>{KEY})", "(?P<number>[0-9]{1,4})"
    file, upload = f"{one}/files/(?P<file>{KEY})", f"{one}/uploads/(?P<upload>{KEY})"
    table = [
        ("my", TokenView, {"get": "retrieve"}, "own-token"),
        ("my/inputs", OwnInputViewSet, {"get": "list", "post": "create"}, "own-inputs"),
        (one, OwnInputViewSet, {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}, "own-input"),
        (f"{one}/check", SendingViewSet, {"get": "check"}, "own-check"),
        (f"{one}/send", SendingViewSet, {"post": "send"}, "own-send"),
        (f"{one}/amend", AmendingViewSet, {"post": "amend"}, "own-amend"),
        (f"{one}/question", DeskQuestionViewSet, {"get": "retrieve", "patch": "partial_update"}, "own-question"),
        (f"{one}/answer", DeskQuestionViewSet, {"post": "answer"}, "own-answer"),
        (f"{one}/withdraw", SendingViewSet, {"post": "withdraw"}, "own-withdraw"),
        (f"{one}/receipts", SendingViewSet, {"get": "receipts"}, "own-receipts"),
        (f"{one}/receipts/{number}", SendingViewSet, {"get": "receipt"}, "own-receipt"),
        (f"{one}/files", OwnFileViewSet, {"get": "files"}, "own-files"),
        (file, OwnFileViewSet, {"patch": "describe", "delete": "detach"}, "own-file"),
        (f"{one}/uploads", UploadViewSet, {"post": "begin"}, "own-uploads"),
        (upload, UploadViewSet, {"get": "stand", "delete": "cancel"}, "own-upload"),
        (f"{upload}/file", UploadViewSet, {"put": "finish"}, "own-upload-file"),
        (f"{upload}/(?P<offset>[0-9]{{1,15}})", PieceViewSet, {"put": "piece"}, "own-piece"),
    ]
    return [re_path(f"^{where}/$", view.as_view(actions), name=name) for where, view, actions, name in table]
