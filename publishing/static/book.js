// From a memory stick a page can't read its neighbours, so the search shows titles
// without a summary.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// Search: a word's entry in the glossary comes first, the lists of columns and counts
// come last.
const MORE_POINTS = { glossary: 3, "data-and-sources": -3, "how-to-use": -3 };
document.addEventListener("DOMContentLoaded", () => {
  if (typeof Scorer === "undefined") return; // every page but the search
  Scorer.score = ([page, , , , score]) => score + (MORE_POINTS[page] ?? 0);
});

// A button beside the notebook's door that hides or shows all code of a page, and
// remembers the choice. It is made here, so that a page without scripts has no button
// that does nothing.
document.addEventListener("DOMContentLoaded", () => {
  const doors = document.querySelector(".doors");
  if (!doors || !document.querySelector(".cell_input")) return;
  const button = document.createElement("button");
  button.type = "button";

  const label = (choice) => {
    button.textContent = choice === "hidden" ? "Show code" : "Hide code";
    button.dataset.choice = choice;
  };
  const show = (choice) => {
    document.body.classList.toggle("code-hidden", choice === "hidden");
    for (const box of document.querySelectorAll("details.hide")) {
      box.open = choice === "shown" && !box.closest(".tag_solution");
    }
    label(choice);
  };
  button.addEventListener("click", () => {
    const choice = button.dataset.choice === "hidden" ? "shown" : "hidden";
    show(choice);
    try {
      localStorage.setItem("code", choice);
    } catch {
      // private window: not remembered
    }
  });
  doors.append(" ", button);
  const choice = rememberedChoice();
  if (choice) show(choice);
  else label("shown");
});

function rememberedChoice() {
  try {
    return localStorage.getItem("code");
  } catch {
    return null;
  }
}

// The theme's two side columns are landmarks; each gets a name.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Chapters");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "This page");
});
