"""Probes for the machines that watch: alive, ready, and a few gauges. No cookie, kept by no cache."""

import ipaddress
import secrets

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from imrf_portal import vital_signs


@require_safe
@never_cache
def livez(request):
    """This process answers. Asks nothing of anybody else."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request):
    """503 only without the database: the public side and sending work without Redis, beat, mail and scanner."""
    try:
        vital_signs.database_answers()
        found, degraded = vital_signs.ailments(now())
    except Error:
        return JsonResponse({"ready": False, "database": "away", "degraded": ["database"]}, status=503)
    return JsonResponse({"ready": True, "database": "ok", **found, "degraded": degraded})


@require_safe
@never_cache
def metrics(request):
    """Gauges for Prometheus; for others than this machine and holders of METRICS_TOKEN there is no such page."""
    if not _may_measure(request):
        raise Http404
    try:
        vital_signs.database_answers()
        found = {"imrf_database_up": {"": 1.0}, **vital_signs.gauges(now())}
    except Error:
        found = {"imrf_database_up": {"": 0.0}}
    lines = []
    for name, values in found.items():
        lines.append(f"# TYPE {name} gauge")
        lines += [f"{name}{{{label}}} {value:g}" if label else f"{name} {value:g}" for label, value in values.items()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if settings.METRICS_TOKEN and secrets.compare_digest(given, settings.METRICS_TOKEN.encode()):
        return True
    return _is_from_this_machine(request)


def _is_from_this_machine(request) -> bool:
    """Behind a proxy every request comes from this machine or the next, so its address says nothing there."""
    if settings.TRUSTED_PROXIES or {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"} & set(request.META):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
