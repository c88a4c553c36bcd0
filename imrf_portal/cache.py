"""Caches of our own: a Redis that may be away, and a memory that gives what was put into it."""

import logging

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedis(RedisCache):
    """A page that cannot be cached is made again, never refused."""

    def _or(self, default, act, *args, **kwargs):
        try:
            return act(*args, **kwargs)
        except (RedisError, OSError) as why:
            log.warning("the cache is away: %s", type(why).__name__)
            return default

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default, version)

    def set(self, *args, **kwargs):
        return self._or(None, super().set, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._or(False, super().add, *args, **kwargs)

    def get_many(self, keys, version=None):
        return self._or({}, super().get_many, keys, version)

    def delete(self, *args, **kwargs):
        return self._or(False, super().delete, *args, **kwargs)


class AsTheyAre(LocMemCache):
    """What was put in, not copied at each look, which takes longer than many a question: so nobody may change it."""

    def get(self, key, default=None, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if is_new := self._has_expired(key):
                self._set(key, value, timeout)
            return is_new
