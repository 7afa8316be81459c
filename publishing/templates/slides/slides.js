// Starts the slides on a screen with room for them: the arrow keys move them, N shows
// the notes for the speaker, the address keeps the slide. On a phone they stay a page
// to scroll, with the notes below each slide.
if (matchMedia("(min-width: 641px)").matches) {
  document.documentElement.classList.add("deck");
  const button = Object.assign(document.createElement("button"), {
    className: "notes-switch",
    textContent: "Notes",
    title: "Notes for the speaker (N)",
    onclick: switchNotes,
  });
  button.setAttribute("aria-pressed", "false");
  Reveal.initialize({
    hash: true,
    slideNumber: "c/t",
    center: false,
    width: 1280,
    height: 720,
    margin: 0,
    transition: "none",
    keyboard: { 78: switchNotes },
  }).then(() => document.querySelector(".reveal").append(button));
  Reveal.registerKeyboardShortcut("N", "Notes for the speaker");

  // deno-lint-ignore no-inner-declarations -- it is hoisted above the settings
  function switchNotes() {
    const shown = !Reveal.getConfig().showNotes;
    Reveal.configure({ showNotes: shown });
    Reveal.layout();
    button.setAttribute("aria-pressed", String(shown));
    button.blur();
  }
}
