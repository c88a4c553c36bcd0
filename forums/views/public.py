"""Being written."""

from django.http import HttpResponse


def forums(request, *args, **kwargs):
    return HttpResponse("")


def forum(request, *args, **kwargs):
    return HttpResponse("")


def calendar(request, *args, **kwargs):
    return HttpResponse("")
