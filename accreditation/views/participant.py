"""Being written."""

from django.http import HttpResponse


def new_organisation(request, *args, **kwargs):
    return HttpResponse("")


def join(request, *args, **kwargs):
    return HttpResponse("")


def my_organisation(request, *args, **kwargs):
    return HttpResponse("")


def answer_request(request, *args, **kwargs):
    return HttpResponse("")
