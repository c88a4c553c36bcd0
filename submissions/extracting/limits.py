"""What a child process that opens other people's files may use: little time, little memory, no network."""

import ctypes
import resource
import sys

CPU_SECONDS = 10
MEMORY = 512 * 1024 * 1024
MOST_WRITTEN = 64 * 1024 * 1024
MOST_OPEN = 64
NEW_USERS, NEW_NETWORK = 0x10000000, 0x40000000  # of unshare(2)


class NoNetwork(OSError):
    pass


def confine():
    """Lower the limits of this process for good. Called before anything of a file is touched."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN, MOST_OPEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    leave_the_network()
    sys.addaudithook(_refuse)  # nothing takes a hook away again


def leave_the_network() -> bool:
    """Go where no network is, not even this machine's own, if the system lets us; sockets are refused all the same."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return libc.unshare(NEW_NETWORK) == 0 or libc.unshare(NEW_USERS | NEW_NETWORK) == 0
    except (OSError, AttributeError):
        return False


def _refuse(event, _arguments):
    if event.startswith("socket.") or event in ("os.system", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn"):
        raise NoNetwork(event)
