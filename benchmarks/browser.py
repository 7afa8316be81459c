"""What is measured in Chromium: time to ready, time until a pick is painted, work of
the main thread, bytes that travelled.
"""

import statistics
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book"))
from publishing.browser import candidates, chromium  # noqa: F401

READY = """
(() => {
  const wanted = %r;
  const look = () => {
    if (!document.querySelector(wanted)) return requestAnimationFrame(look);
    requestAnimationFrame(() =>
      setTimeout(() => { window.readyAt = performance.now(); }));
  };
  requestAnimationFrame(look);
})();
"""

# From the input itself (the event's time stamp) to the first task after the frame that
# follows it: by then the main thread has done style, layout and paint.
PAINTED = """
(() => {
  window.picks = [];
  const watch = (event) => {
    if (!event.isTrusted) return;
    const view = document.querySelector(".explorer-view");
    const before = view.lastElementChild, channel = new MessageChannel();
    channel.port1.onmessage = () => window.picks.push(
      [performance.now() - event.timeStamp, view.lastElementChild !== before]);
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  addEventListener("click", watch, true);
  addEventListener("keydown", watch, true);
})();
"""

# One pick and the frame that shows it; the time that handler, style and layout took.
# Without `really` all of it but the pick: what measuring costs.
WORK = """
async ([selector, value, really]) => {
  const node = document.querySelector(selector), start = performance.now();
  if (really) {
    node.value = value;
    node.dispatchEvent(new Event("change"));
  }
  document.body.getBoundingClientRect();
  const taken = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return taken;
}
"""

REST = 500  # milliseconds

BYTES = """
() => ["navigation", "resource"]
  .flatMap((type) => performance.getEntriesByType(type))
  .map((e) => [new URL(e.name).pathname, e.encodedBodySize])
"""


@contextmanager
def page_of(browser, address, script="", slower=1):
    """A page in a fresh profile: nothing is cached or remembered. slower: how many
    times slower the CPU seems.
    """
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, bypass_csp=True
    )  # our policy would stop the stock way, and the measuring
    page = context.new_page()
    if slower > 1:
        context.new_cdp_session(page).send(
            "Emulation.setCPUThrottlingRate", {"rate": slower}
        )
    page.add_init_script(script or ";")
    page.goto(address, wait_until="commit")
    yield page
    context.close()


def time_to_ready(browser, address, wanted, slower=1):
    """Milliseconds from the start of the navigation until the element `wanted` is there
    and painted.
    """
    with page_of(browser, address, READY % wanted, slower) as page:
        page.wait_for_function("window.readyAt", timeout=120000)
        return page.evaluate("window.readyAt")


def transferred(browser, address, wanted):
    """Bytes that each file of a page took on the way, compressed, once `wanted` is
    there.
    """
    with page_of(browser, address) as page:
        page.wait_for_selector(wanted, timeout=60000, state="attached")
        page.wait_for_load_state("networkidle")
        return page.evaluate(BYTES)


def painted(page, pick):
    """Make one pick with a real click or key; returns the milliseconds until it is
    painted. Raises RuntimeError if it changed nothing.
    """
    page.evaluate("() => { window.picks.length = 0; }")
    pick(page)
    page.wait_for_function("window.picks.length", timeout=120000)
    milliseconds, changed = page.evaluate("window.picks[0]")
    if not changed:
        raise RuntimeError("a pick changed nothing on the page")
    return milliseconds


def click(selector):
    """A pick with the mouse."""
    return lambda page: page.locator(selector).first.click()


def press(selector, key):
    """A pick with the keyboard: the arrow keys move a select to its next or previous
    option.
    """
    return lambda page: page.locator(selector).first.press(key)


class MainThread:
    """Work of the page's main thread, from Chromium's own count of the time spent in
    tasks.
    """

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)
        self.session.send("Performance.enable")
        self.page = page

    def pick(self, selector, value):
        """One pick in a page at rest. Returns milliseconds: handler, style and layout;
        all work until it is painted; all work until the page rests again.

        The same is done once without the pick, and that time, the cost of measuring, is
        taken off.
        """
        without, taken = (
            self._work(selector, value, really) for really in (False, True)
        )
        return [one - other for one, other in zip(taken, without)]

    def memory(self):
        """Bytes that the page's scripts hold, once what is no longer needed is
        collected.
        """
        self.session.send("HeapProfiler.collectGarbage")
        return self._metric("JSHeapUsedSize")

    def _work(self, selector, value, really):
        self.page.wait_for_timeout(REST)
        before = self._busy()
        taken = self.page.evaluate(WORK, [selector, value, really])
        painted_by = self._busy()
        self.page.wait_for_timeout(REST)
        return taken, (painted_by - before) * 1000, (self._busy() - before) * 1000

    def _busy(self):
        return self._metric("TaskDuration")

    def _metric(self, name):
        return next(
            m["value"]
            for m in self.session.send("Performance.getMetrics")["metrics"]
            if m["name"] == name
        )


def median(numbers):
    return statistics.median(numbers)


def p95(numbers):
    return statistics.quantiles(numbers, n=20)[-1]
