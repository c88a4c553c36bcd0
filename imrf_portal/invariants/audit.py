"""Rules of the audit: what was done past the portal is found, whoever owns the tables."""

from django.utils.timezone import now

from accreditation.audit import verifying


def the_audit_is_as_it_was_sealed():
    """Every entry of the audit is in its seal as it was written, and every seal follows the one before it."""
    return verifying.broken_seals()


def the_audit_is_sealed_in_time():
    """No entry waits for its seal longer than half an hour."""
    return verifying.unsealed(at=now())


def words_of_the_audit_are_those_that_were_written():
    """Words of an entry have their fingerprint, unless an erasure took somebody out of them and says so."""
    return verifying.broken_words()


def records_are_as_they_were_written():
    """Steps, readings, erasures and earlier states are as the audit marked them; none came or went past it."""
    return verifying.altered_records()


def everything_is_audited():
    """Every trigger of the audit and every guard is there and switched on."""
    return verifying.missing_triggers()


RULES = [
    the_audit_is_as_it_was_sealed,
    the_audit_is_sealed_in_time,
    words_of_the_audit_are_those_that_were_written,
    records_are_as_they_were_written,
    everything_is_audited,
]
