"""Starts Java so that it cannot outlive us. Run as ``launch.py PARENT JAVA ARGUMENT...``.

Decides how the end of the parent reaches Java. Does not know what Java runs, and when it must be
started again.

On Linux the kernel kills Java with its parent (``prctl(2)``, PR_SET_PDEATHSIG), and this process
*becomes* Java. Elsewhere it stays as a watchdog: the parent holds our standard input open, so its
end is the end of the file.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading

_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main(parent: int, command: list[str]) -> int:
    """Run ``command`` for as long as ``parent`` lives."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked to be told
            return 1
        os.execv(command[0], command)
    java = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: java.terminate())

    def watch() -> None:
        sys.stdin.buffer.read()
        java.kill()

    threading.Thread(target=watch, daemon=True).start()
    return java.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
