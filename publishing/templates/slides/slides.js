// Starts the slides on a screen with room for them: the arrow keys move them, the
// address keeps the slide. On a phone they stay a page to scroll.
if (matchMedia("(min-width: 641px)").matches) {
  document.documentElement.classList.add("deck");
  Reveal.initialize({
    hash: true,
    slideNumber: "c/t",
    center: false,
    width: 1280,
    height: 720,
    margin: 0,
    transition: "none",
  });
}
