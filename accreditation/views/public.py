"""Being written."""

from django.http import HttpResponse


def organisation(request, *args, **kwargs):
    return HttpResponse("")
