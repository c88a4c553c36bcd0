"""Typed readers of environment variables: nonsense or a missing secret stops the start with one sentence that names it."""

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


def _read(name, kind, default, example):
    try:
        if default is ...:
            return getattr(_env, kind)(name)
        return getattr(_env, kind)(name, default=default)
    except ImproperlyConfigured as why:
        if name not in _env.ENVIRON:
            raise ImproperlyConfigured(f"{name} is not set. Set it in the environment, for example {example}.") from why
        raise ImproperlyConfigured(f"{name} makes no sense: {why}. Expected something like {example}.") from why
    except (ValueError, KeyError) as why:
        value = _env.ENVIRON.get(name, "")
        raise ImproperlyConfigured(f"{name}={value!r} makes no sense. Expected something like {example}.") from why


def text(name, default=...):
    return _read(name, "str", default, f"{name}=words")


def secret(name):
    """A secret has no default: a site without it does not start. Short ones are refused, they can be guessed."""
    value = _read(name, "str", ..., f"{name}=<at least 50 random characters>")
    if len(value) < 50:
        raise ImproperlyConfigured(f"{name} is too short: it needs at least 50 random characters.")
    return value


def flag(name, default=False):
    value = _env.ENVIRON.get(name)
    if value is None or value == "":
        return default
    if value.lower() in ("1", "true", "yes", "on"):
        return True
    if value.lower() in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"{name}={value!r} makes no sense. Expected {name}=true or {name}=false.")


def number(name, default, least=0):
    value = _read(name, "int", default, f"{name}={default}")
    if value < least:
        raise ImproperlyConfigured(f"{name}={value} makes no sense. It must be at least {least}.")
    return value


def words(name, default=()):
    """A list, separated by commas."""
    return [word.strip() for word in _read(name, "list", list(default), f"{name}=one,two") if word.strip()]


def database(name):
    """A PostgreSQL address, also of the form postgresql://user@/name?host=/folder for a unix socket."""
    config = _read(name, "db_url", ..., f"{name}=postgresql://user:password@host:5432/name")
    if config["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            f"{name} must be a PostgreSQL address, such as postgresql://user:password@host:5432/name."
        )
    return config


def redis(name):
    """A Redis address; returned twice: for redis-py and Django's cache, and for Celery (which spells sockets otherwise)."""
    url = _read(name, "str", ..., f"{name}=redis://host:6379/0")
    scheme = url.partition("://")[0]
    if scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(f"{name} must be a Redis address, such as redis://host:6379/0 or unix:///folder/socket.")
    return url, url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def email(name, default):
    return _read(name, "email_url", default, f"{name}=smtp+tls://user:password@host:587")
