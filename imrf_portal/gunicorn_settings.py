"""How the web process runs, everywhere. The address (--bind) and WEB_CONCURRENCY come from outside."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True  # one import for all workers: quicker to start, and memory is shared
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests, max_requests_jitter = 20_000, 2_000
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes a file without a name
control_socket_disable = True  # it would be made in somebody's home
