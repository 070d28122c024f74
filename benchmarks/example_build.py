"""How long building the example map takes, and how much memory: under 5 s and 500 MB are promised.

Run from anywhere: ``.venv/bin/python benchmarks/example_build.py``. Each run is a process of its own,
as a user's is; the first only warms the disk's cache.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 3
# ru_maxrss is in kilobytes, on macOS in bytes.
MAXRSS_PER_MB = 1_000_000 if sys.platform == "darwin" else 1_000


def build(folder: str) -> float:
    """Build the example map into ``folder`` and return the seconds it took."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "mapper", "build", str(ROOT / "data" / "reports"), "--out", folder]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        seconds = [build(folder) for _ in range(RUNS)]
        size_mb = (Path(folder) / "map.html").stat().st_size / 1_000_000
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MAXRSS_PER_MB
    print(f"build: {min(seconds):.2f} s (best of {RUNS}, worst {max(seconds):.2f} s)")
    print(f"peak memory: {peak_mb:.0f} MB")
    print(f"map.html: {size_mb:.2f} MB")


if __name__ == "__main__":
    main()
