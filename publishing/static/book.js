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

// A switch beside the notebook's door that shows or hides all code of a page, and
// remembers the choice. Before a choice all code is hidden (book.css) but that of pages
// on code. The switch is made here, so that a page without scripts has no button that
// does nothing; its code can be opened cell by cell.
const page = document.documentElement;
const CELL = "div.cell:not(.tag_solution)";
document.addEventListener("DOMContentLoaded", () => {
  const doors = document.querySelector(".doors");
  if (!doors || !document.querySelector(`${CELL} .cell_input`)) return;
  const button = document.createElement("button");
  button.type = "button";

  const show = (choice) => {
    page.dataset.code = choice;
    button.textContent = `Code: ${choice}`;
    for (const box of document.querySelectorAll(`${CELL} details.above-input`)) {
      box.open = choice === "on";
    }
  };
  button.addEventListener("click", () => {
    const choice = button.textContent === "Code: on" ? "off" : "on";
    show(choice);
    try {
      localStorage.setItem("code", choice);
    } catch {
      // private window: not remembered
    }
  });
  doors.append(" ", button);
  const choice = rememberedChoice();
  const open = document.querySelector(".tag_show-code");
  if (choice) show(choice);
  else button.textContent = open ? "Code: on" : "Code: off";
});

function rememberedChoice() {
  try {
    const choice = localStorage.getItem("code");
    return ["on", "off"].includes(choice) ? choice : null;
  } catch {
    return null;
  }
}

// The theme's two side columns are landmarks; each gets a name.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "Chapters");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "This page");
});
