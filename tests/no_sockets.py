"""Run ``mapper`` where the kernel ends a process at its first ``socket()``: ``python no_sockets.py ARGUMENTS``.

A seccomp filter (seccomp(2), prctl(2)) is laid on this process and so on every process it starts.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from pathlib import Path

_SOCKET = {"x86_64": 41, "aarch64": 198}  # asm/unistd.h
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000


class _Program(ctypes.Structure):
    """``struct sock_fprog``: the filter's length and instructions."""

    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def available() -> bool:
    """Tell whether this kernel lets a process deny itself something."""
    return platform.system() == "Linux" and platform.machine() in _SOCKET and Path("/proc/sys/kernel/seccomp").exists()


def deny() -> None:
    """From here on, ``socket()`` ends this process and its children with SIGSYS."""
    steps = [
        (_LOAD_WORD, 0, 0, 0),  # the number of the system call
        (_JUMP_IF_EQUAL, 0, 1, _SOCKET[platform.machine()]),
        (_RETURN, 0, 0, _KILL_PROCESS),
        (_RETURN, 0, 0, _ALLOW),
    ]
    program = _Program(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    deny()
    from mapper.cli import main

    main(sys.argv[1:])
