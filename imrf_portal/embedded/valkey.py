"""The embedded Valkey: broker and cache."""

import signal

import redis

from imrf_portal.embedded.binaries import valkey_program
from imrf_portal.embedded.server import SURROUNDINGS, Server
from imrf_portal.supervisor import Child


class Valkey(Server):
    name = "Valkey"
    variable = "REDIS_URL"

    @property
    def socket(self) -> str:
        return str(self.state.sockets / "valkey")

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def child(self) -> Child:
        options = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": str(self.data),
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",  # a queue must not lose messages to make room
            "appendonly": "yes" if self.state.durable else "no",
            "save": "",
        }
        self.process = Child(
            name=self.name,
            command=[str(valkey_program(self.state.account, self.state.folder))]
            + [word for name, value in options.items() for word in (f"--{name}", value)],
            log=self.log,
            environment=SURROUNDINGS,
            account=self.state.account,
            floor=0,
            orphan_signal=signal.SIGTERM,
            before_start=self.prepare,
        )
        return self.process

    def answers(self) -> bool:
        client = redis.Redis(unix_socket_path=self.socket, socket_timeout=5)
        try:
            return bool(client.ping())
        except (redis.exceptions.RedisError, OSError):
            return False
        finally:
            client.close()
