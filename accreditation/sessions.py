"""Sessions of a person: all but the one in which they act end when they say so, or when their second factor changes.

A new password ends them by itself, since sessions are believed by its hash; other rights by triggers (models/user.py).
"""

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth import update_session_auth_hash

from accreditation.operations.ending_sessions import end_sessions


def end_other_sessions(request):
    """End every session of this person but this one, which goes on under a new key."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)


def after_change_of_factor(sender, request, user, **rest):
    """A second factor was added or removed, or recovery codes were made anew: whoever else is signed in proves it again."""
    if request.user == user:
        end_other_sessions(request)
    else:
        end_sessions(user)


def after_change_of_ways_in(sender, request, **rest):
    """Another provider may sign this person in now, or no longer."""
    if request.user.is_authenticated:
        end_other_sessions(request)


for change in (authenticator_added, authenticator_removed, authenticator_reset):
    change.connect(after_change_of_factor, dispatch_uid="end other sessions")
for change in (social_account_added, social_account_removed):
    change.connect(after_change_of_ways_in, dispatch_uid="end other sessions")
