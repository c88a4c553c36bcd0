"""The folder in which everything is kept that a run without servers of its own needs between two starts."""

import errno
import hashlib
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path

from imrf_portal.embedded.account import account_for, may_reach
from imrf_portal.embedded.locks import Lock
from imrf_portal.supervisor import CannotStart

CHECKOUT = Path(__file__).resolve().parents[2]
ROOM_NEEDED = 300_000_000  # bytes: a new cluster with its first write-ahead log, the portal's files, and some air
LONGEST_SOCKET_FOLDER = 85  # the kernel takes 107 characters, and a server adds a name of its own


def usual_folder() -> Path:
    """STATE_DIR, else .state in the checkout, else (for root, whose checkout others may not enter) in /var/lib."""
    if asked := os.environ.get("STATE_DIR"):
        return Path(asked).absolute()
    if os.geteuid() == 0:
        return Path(f"/var/lib/imrf-portal-{tag(CHECKOUT)}")
    return CHECKOUT / ".state"


def tag(path: Path) -> str:
    """Short name that differs between two checkouts on one machine."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


class State:
    """Makes its folders when it is made. `durable` is false for the servers of the tests, which may forget."""

    def __init__(self, folder: Path | None = None, *, durable: bool = True) -> None:
        self.folder = folder or usual_folder()
        self.durable = durable
        self.account = account_for(self.folder / "postgresql")
        try:
            self._make_folders()
        except OSError as why:
            raise CannotStart(explain(why, self.folder)) from None

    @property
    def site_url(self) -> Path:
        """Where a running copy writes its address."""
        return self.folder / "site_url"

    def _make_folders(self) -> None:
        # Root lends the servers an account, which has to pass through the folder but may not list it.
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o711 if self.account else 0o700)
        for name in ("media", "letters", "static", "logs"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        if self.account and not may_reach(self.account, self.folder / "anything"):
            raise CannotStart(
                f"The servers run as {self.account.pw_name}, who may not pass through to {self.folder}: "
                f"set STATE_DIR to a folder that is not inside a private one."
            )
        self.sockets = self._socket_folder()
        self.own(self.sockets)

    def _socket_folder(self) -> Path:
        near = self.folder / "sockets"
        if len(str(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        return Path(tempfile.gettempdir()) / f"imrf-portal-{os.geteuid()}-{tag(self.folder)}"

    def own(self, folder: Path) -> Path:
        """Make a folder that only the servers' account (and root) may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        ours = {os.geteuid(), *([self.account.pw_uid] if self.account else [])}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in ours:
            raise CannotStart(f"{folder} belongs to somebody else: remove it, or set STATE_DIR to another folder.")
        folder.chmod(0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        return folder

    def lock(self, name: str) -> Lock:
        return Lock(self.folder / f"{name}.lock")

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def need_room(self) -> None:
        """Refuse to start on a disk that is nearly full: PostgreSQL would stop in the middle of the work."""
        if (free := shutil.disk_usage(self.folder).free) < ROOM_NEEDED:
            raise CannotStart(
                f"The disk of {self.folder} has {free // 1_000_000} MB left and the portal needs "
                f"{ROOM_NEEDED // 1_000_000}: make room, or set STATE_DIR to a folder on another disk."
            )

    def secret_key(self) -> str:
        """The secret of this folder, made once; only its owner may read it."""
        path = self.folder / "secret_key"
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
        except OSError as why:
            raise CannotStart(explain(why, self.folder)) from None
        if not (secret := path.read_text().strip()):  # the disk was full when it was made
            path.unlink()
            return self.secret_key()
        return secret


def explain(why: OSError, folder: Path) -> str:
    if why.errno == errno.ENOSPC:
        return f"The disk of {folder} is full: make room, or set STATE_DIR to a folder on another disk."
    return f"{folder} cannot be used ({why.strerror}): set STATE_DIR to a folder that you may write to."
