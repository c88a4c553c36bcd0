"""Being written."""

from django.http import HttpResponse


def inputs(request, *args, **kwargs):
    return HttpResponse("")


def published_input(request, *args, **kwargs):
    return HttpResponse("")


def file(request, *args, **kwargs):
    return HttpResponse("")


def round_table(request, *args, **kwargs):
    return HttpResponse("")


def objective(request, *args, **kwargs):
    return HttpResponse("")


def receipt_check(request, *args, **kwargs):
    return HttpResponse("")


def organisation(request, *args, **kwargs):
    return HttpResponse("")
