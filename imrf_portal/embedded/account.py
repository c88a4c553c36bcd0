"""Whom the servers run as: PostgreSQL refuses root, so root lends them an unprivileged account that exists already."""

import os
import pwd
import stat
from pathlib import Path

from imrf_portal.supervisor import CannotStart

ACCOUNTS = ("postgres", "nobody")


def account_for(data: Path) -> pwd.struct_passwd | None:
    """The account that owns the data already, else the first that exists; None if we are not root."""
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart(
        "PostgreSQL does not run as root and there is no account 'postgres' or 'nobody' to lend it: "
        "start the portal as an ordinary user, or set DATABASE_URL."
    )


def may_reach(account: pwd.struct_passwd, path: Path) -> bool:
    """Whether the account may enter every folder down to the path (a root's home usually lets nobody in)."""
    return all(_may_enter(account, folder) for folder in path.resolve().parents)


def _may_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    found = folder.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)
