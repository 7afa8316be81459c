"""What the tests cost: processor seconds of `make test`, and which tests they go to.

    python benchmarks/suite.py

Prints tables and writes them to results-suite.md. README.md says how to read it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import psutil
from report import VERDICT, conditions

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NOTES = "SUITE_NOTES"  # the folder that the processes of the tests write to
OFTEN = 0.5  # seconds between two looks
MOST = 25  # tests that have a row of their own
GOAL = 1030  # processor seconds as `time` counts: half of what the tests took before


def main():
    head, began = conditions(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["make", "test"],
            cwd=ROOT,
            env=os.environ
            | {NOTES: folder, "PYTHONPATH": str(HERE), "PYTEST_ADDOPTS": "-p suite"},
        )
        notes = [json.loads(path.read_text()) for path in Path(folder).iterdir()]
    if done.returncode:
        sys.exit("The tests don't pass: what they cost says nothing.")
    spent = sum((Counter(note["spent"]) for note in notes), Counter())
    tests = sum((Counter(note["tests"]) for note in notes), Counter())
    minutes = (time.perf_counter() - began) / 60
    counted = resource.getrusage(resource.RUSAGE_CHILDREN)
    by_time, total = counted.ru_utime + counted.ru_stime, sum(spent.values())
    text = "\n".join(
        [
            *("# The tests", "", head, ""),
            f"{sum(tests.values())} tests in {minutes:.0f} minutes: {by_time:.0f} "
            f"processor seconds as `time` counts, {total:.0f} with the browsers' "
            f"pages, which it doesn't see. The goal, {GOAL} as `time` counts, is "
            f"{VERDICT[by_time <= GOAL]}.",
            *("", *table(spent, tests, MOST, "test")),
            *("", *table(by_file(spent), by_file(tests), None, "file")),
        ]
    )
    (HERE / "results-suite.md").write_text(f"{text}\n", "utf-8")
    print(text)


def by_file(count):
    """The same count for whole files."""
    files = Counter()
    for test, number in count.items():
        files[test.partition("::")[0]] += number
    return files


def table(spent, tests, most, what):
    """Lines of a Markdown table, the dearest first."""
    lines = [f"| {what} | how many | processor seconds | of all |", "|---|--:|--:|--:|"]
    total = sum(spent.values())
    for name, seconds in spent.most_common(most):
        lines.append(
            f"| `{name}` | {tests[name]} | {seconds:.1f} | {seconds / total:.1%} |"
        )
    return lines


# ---------- in each process of the tests, where this file is a plugin of pytest


class Meter:
    """Charges what this process and all that it has started spend to the test that
    runs. The last moments of a program that ends between two looks are lost.
    """

    def __init__(self, folder):
        self.notes = Path(folder) / f"{os.getpid()}.json"
        self.test, self.seen, self.looking = "before the first", {}, threading.Lock()
        self.spent, self.tests = Counter(), Counter()
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        """Look every now and then."""
        while True:
            time.sleep(OFTEN)
            self.look()

    def look(self):
        """Charge what was spent since the last look."""
        me = psutil.Process()
        with self.looking:
            for process in [me, *me.children(recursive=True)]:
                try:
                    key = process.pid, process.create_time()
                    user, system, *_ = process.cpu_times()
                except psutil.Error:  # it has just ended
                    continue
                self.spent[self.test] += user + system - self.seen.get(key, 0)
                self.seen[key] = user + system

    def pytest_runtest_logstart(self, nodeid):
        """Another test begins; those that differ in their parameters are one."""
        test = nodeid.partition("[")[0]
        self.tests[test] += 1
        if test != self.test:
            self.look()
            self.test = test

    def pytest_sessionfinish(self):
        """Leave the notes of this process."""
        self.look()
        self.notes.write_text(json.dumps({"spent": self.spent, "tests": self.tests}))


def pytest_configure(config):
    """Begin in each process that tests run in, and not in what a test starts."""
    if NOTES in os.environ and hasattr(config, "workerinput"):
        config.pluginmanager.register(Meter(os.environ[NOTES]))
        for name in (NOTES, "PYTHONPATH", "PYTEST_ADDOPTS"):
            os.environ.pop(name, None)


if __name__ == "__main__":
    main()
