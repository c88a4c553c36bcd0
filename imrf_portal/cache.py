"""A Redis cache that may be away: a page that cannot be cached is made again, never refused."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class ForgivingRedis(RedisCache):
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
