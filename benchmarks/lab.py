"""The same choice in a live notebook: ipywidgets.interact and a seaborn bar chart in a
real JupyterLab, driven in Chromium.
"""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

import nbformat
from browser import REST

CODE = """
%matplotlib inline
import seaborn, ipywidgets, matplotlib.pyplot as plt
import fourcities as fc
rows = fc.observations("gdp", "gdp_per_capita")
def draw(indicator):
    shown = rows[rows["indicator"] == indicator]
    seaborn.barplot(shown, x="value", y="city", hue="city")
    plt.show()
ipywidgets.interact(draw, indicator=["gdp", "gdp_per_capita"]);
"""

# From the change of the dropdown to the first task after the frame with the new image,
# which is decoded by then.
PICK = """
async () => {
  const select = document.querySelector(".widget-dropdown select");
  const drawn = ".jp-OutputArea .widget-output img";
  const image = () => document.querySelector(drawn);
  const before = image().src, start = performance.now();
  select.selectedIndex = 1 - select.selectedIndex;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await new Promise((done) => {
    const isNew = () => image() && image().src !== before && image().complete;
    const look = () => (isNew() ? setTimeout(done) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
  return performance.now() - start;
}
"""


@contextmanager
def live_notebook(browser, package, folder):
    """A page of JupyterLab in which the notebook has run. package: folder that holds
    `fourcities`. folder: an empty one for the notebook and Jupyter's files.
    """
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(CODE)],
        metadata={
            "kernelspec": {
                "name": "python3",
                "display_name": "Python 3",
                "language": "python",
            }
        },
    )
    nbformat.write(notebook, folder / "bench.ipynb")
    homes = {
        name: str(folder / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    command = [
        sys.executable,
        "-m",
        "jupyter",
        "lab",
        "--no-browser",
        "--allow-root",
        "--port=0",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=bench",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (
        open(folder / "log", "w+", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            env={**os.environ, **homes, "PYTHONPATH": str(package)},
            stdout=log,
            stderr=log,
        ) as server,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        try:
            page.goto(f"{_address(page, folder)}lab/tree/bench.ipynb?token=bench")
            page.locator(".jp-Notebook .jp-CodeCell").first.click(timeout=60000)
            page.wait_for_selector(
                ".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=60000
            )
            page.keyboard.press("Shift+Enter")
            page.wait_for_selector(".widget-output img", timeout=60000)
            yield page
        finally:
            page.close()
            server.terminate()


def _address(page, folder):
    """Where the server listens: it writes that down once it is up."""
    for _ in range(300):
        for path in (folder / "JUPYTER_RUNTIME_DIR").glob("jpserver-*.json"):
            return json.loads(path.read_text("utf-8"))["url"]
        page.wait_for_timeout(200)
    raise RuntimeError(
        "JupyterLab did not start: " + (folder / "log").read_text("utf-8")[-500:]
    )


def live_pick(page):
    """Choose the other indicator on a page at rest; returns the milliseconds until the
    new image is painted.
    """
    page.wait_for_timeout(REST)
    return page.evaluate(PICK)
