"""A Firefox that a test drives, over the protocol that browsers share.

Playwright needs a Firefox of its own; WebDriver BiDi asks for none but the one that is
installed, and for nothing but a web socket.
"""

import json
import shutil
import subprocess
from contextlib import contextmanager

import websocket
from lab_server import PATIENCE, wait_for


def _starts(name):
    """Whether a program of this name is a Firefox, and no word on where to get one."""
    if not shutil.which(name):
        return False
    done = subprocess.run([name, "--version"], capture_output=True, text=True)
    return "Firefox" in done.stdout and done.returncode == 0


PROGRAM = next(filter(_starts, ("firefox-esr", "firefox")), None)


class Page:
    """The one window of a Firefox.

    errors: what the console and the scripts have complained of so far.
    """

    def __init__(self, socket):
        self.socket = socket
        self.errors = []
        self.asked = 0
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method, **params):
        """The answer to a command; what is logged meanwhile is kept."""
        self.asked += 1
        command = {"id": self.asked, "method": method, "params": params}
        self.socket.send(json.dumps(command))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] in ("error", "warn"):
                    self.errors.append(entry["text"])
            elif message.get("id") == self.asked:
                assert message["type"] == "success", message
                return message["result"]

    def goto(self, address):
        """Open an address. The answer can come early, where the page before writes its
        own address in the same moment: the new one is waited for.
        """
        self.evaluate("window.left = true")
        self.ask(
            "browsingContext.navigate",
            context=self.window,
            url=address,
            wait="complete",
        )
        there = "!window.left && document.readyState === 'complete'"
        wait_for(lambda: self.evaluate(there), address)

    def evaluate(self, script):
        """What an expression of JavaScript gives, as text, number or truth value."""
        answer = self.ask(
            "script.evaluate",
            expression=script,
            target={"context": self.window},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")


def _connection(profile):
    """The web socket that a Firefox has opened for its profile, once it has."""
    port = profile / "WebDriverBiDiServer.json"
    if not port.exists():
        return None
    server = json.loads(port.read_text("utf-8"))
    host = f"ws://{server['ws_host']}:{server['ws_port']}/session"
    return websocket.create_connection(host, PATIENCE, suppress_origin=True)


@contextmanager
def firefox(profile):
    """Start a Firefox that keeps all that it writes in a folder; gives its `Page`."""
    options = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
    with (profile / "log").open("w") as log:
        program = subprocess.Popen(
            [PROGRAM, *options, "--profile", str(profile)], stdout=log, stderr=log
        )
    try:
        yield Page(wait_for(lambda: _connection(profile), f"Firefox: {profile}/log"))
    finally:
        program.kill()
        program.wait(PATIENCE)
