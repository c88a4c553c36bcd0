"""OAI-PMH 2.0 for catalogues: asked by GET or POST, answered as XML with 200, faults included, kept by no cache.

What makes the XML is imported with the first harvest, so that a web process which is never harvested does not hold it.
"""

from django.http import HttpResponse, QueryDict
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

FORM = "application/x-www-form-urlencoded"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """Nothing is written, so a POST needs no token of a form."""
    from submissions.harvest.answering import answer

    posted = request.POST if request.content_type == FORM else QueryDict("")
    query = posted if request.method == "POST" else request.GET
    response = HttpResponse(answer(query, at=now()), content_type="text/xml; charset=utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    response.is_everybodys = True  # it may be compressed, though nobody keeps it
    return response
