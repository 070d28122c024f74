"""The command line multiplies small matrices with one thread, unless the user says otherwise."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOOK = """
import contextlib, os
from mapper.cli import main
with contextlib.suppress(SystemExit):
    main(["--version"])
import numpy
numpy.ones((2000, 2000)) @ numpy.ones((2000, 2000))
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="only Linux tells its threads")  # noqa: PTH112
@pytest.mark.parametrize("wanted", ["", "2"])
def test_as_many_threads_as_the_user_says_else_one(wanted: str):
    said = {"OPENBLAS_NUM_THREADS": wanted} if wanted else {}
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")} | said
    done = subprocess.run([sys.executable, "-c", LOOK], env=environment, check=True, capture_output=True, text=True)
    assert int(done.stdout.splitlines()[-1]) <= int(wanted or 1)
