"""Is this receipt genuine? Anybody who has its number and its fingerprint may ask; nobody learns anything else."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from submissions.models import Version

LONGEST = 30


@require_safe
@never_cache
def receipt_check(request, number):
    """Compare a number and a fingerprint with what was received; a missing number answers exactly as a wrong one."""
    number, asked = number.upper()[:LONGEST], "".join(request.GET.get("sha256", "").lower().split())
    version = None
    if asked:
        versions = Version.objects.select_related("submission__call__forum")
        version = versions.filter(submission__reference=number, sha256=asked[:64]).first() if len(asked) == 64 else None
    context = {"number": number, "asked": asked[:80], "version": version}
    if version:
        files = version.content["files"]
        context["files"] = [{"size": file["size"], "sha256": file["sha256"]} for file in files]
    return render(request, "submissions/public/receipt_check.html", context)
