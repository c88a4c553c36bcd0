"""A small list that other sites may show in a frame: no cookie, no script; asked by the same filters as every list."""

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from forums.public_page import public_page
from submissions.cards import cards
from submissions.search.asking import understand

MOST, USUAL = 20, 5


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": None, "connect-src": None, "form-action": ["'none'"]})
@public_page
def embedded_inputs(request):
    """`number` says how many, at most twenty; every other parameter is a filter."""
    at = now()
    question = understand(request.GET, at=at, others=["number"])
    troubles = [sentence for _field, sentence in question.unknown() + question.ignored()]
    asked = request.GET.get("number", str(USUAL))
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= MOST):
        troubles.append(_("“number” is a number from 1 to %(most)d.") % {"most": MOST})
    if troubles:
        return HttpResponse("\n".join(troubles) + "\n", status=400, content_type="text/plain; charset=utf-8")
    inputs = question.inputs(at).newest_first().lean()[: int(asked)]
    about = {"cards": cards(inputs, question.vocabulary), "whole_query": question.filters.whole_query()}
    return render(request, "submissions/public/embed.html", about)
