"""A JupyterLab of the tests' own: it knows nothing of the person at this machine, asks
no other host, and starts with the settings that a test gives. Notebook 7 is served by
the same server, under /notebooks/.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager

from conftest import ROOT

PATIENCE = 90  # seconds; what takes longer has failed, on a busy machine as well
# Else it asks other hosts.
QUIET = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False}
}
# Every cell is drawn, in sight or not.
ALL_CELLS = {"notebook-extension/tracker": {"windowingMode": "none"}}


def wait_for(condition, what):
    """The first answer of `condition` that holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {PATIENCE} seconds for {what}")


def environment(folder, package):
    """Variables of a server that keeps all that it writes in a folder.

    package: the folder in which its notebooks find the package.
    """
    own = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("JUPYTER", "IPYTHON"))
    }
    return own | {
        "JUPYTER_CONFIG_DIR": f"{folder}/config",
        "JUPYTER_DATA_DIR": f"{folder}/data",
        "JUPYTER_RUNTIME_DIR": f"{folder}/runtime",
        "IPYTHONDIR": f"{folder}/ipython",
        "PYTHONPATH": str(package),
    }


@contextmanager
def served(
    folder,
    root,
    settings=(),
    command=("lab",),
    module="jupyter",
    cwd=None,
    package=ROOT / "book",
):
    """Serve a folder of notebooks for as long as the block lasts.

    folder: where the server keeps its own things; root: the folder that it serves;
    settings: of JupyterLab's extensions, by their names; command and module: what is
    run, `jupyter lab` unless given; package: where notebooks find the package.
    Gives the address and the folder of the connection files.
    """
    for name, values in dict(settings).items():
        settings_folder = folder / "config" / "lab" / "user-settings" / "@jupyterlab"
        file = settings_folder / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), "utf-8")
    options = [
        *command,
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        "--IdentityProvider.token=four",
        "--LabApp.extension_manager=readonly",
        "--LabApp.expose_app_in_browser=True",
    ]
    if root:
        options.append(f"--ServerApp.root_dir={root}")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            env=environment(folder, package),
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=cwd,
        )
    try:
        about = wait_for(
            lambda: (
                server.poll() is None
                and next((folder / "runtime").glob("jpserver-*.json"), None)
            ),
            f"the server: {folder}/log",
        )
        yield json.loads(about.read_text("utf-8"))["url"], folder / "runtime"
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            # It waits for ever for a kernel that was starting; kernels end by
            # themselves once their server is gone.
            server.kill()
            server.wait()
        else:
            left = list((folder / "runtime").glob("kernel-*.json"))
            assert not left, "a kernel outlives the server"
