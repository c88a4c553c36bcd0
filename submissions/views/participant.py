"""Being written."""

from django.http import HttpResponse


def my_inputs(request, *args, **kwargs):
    return HttpResponse("")


def start(request, *args, **kwargs):
    return HttpResponse("")


def my_input(request, *args, **kwargs):
    return HttpResponse("")


def edit(request, *args, **kwargs):
    return HttpResponse("")


def autosave(request, *args, **kwargs):
    return HttpResponse("")


def download(request, *args, **kwargs):
    return HttpResponse("")


def attach(request, *args, **kwargs):
    return HttpResponse("")


def my_file(request, *args, **kwargs):
    return HttpResponse("")


def detach(request, *args, **kwargs):
    return HttpResponse("")


def check(request, *args, **kwargs):
    return HttpResponse("")


def receipt(request, *args, **kwargs):
    return HttpResponse("")


def withdraw(request, *args, **kwargs):
    return HttpResponse("")


def discard(request, *args, **kwargs):
    return HttpResponse("")
