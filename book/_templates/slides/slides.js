// Starts the slides: the arrow keys move them, the address keeps the slide, a narrow screen scrolls.
Reveal.initialize({ hash: true, slideNumber: "c/t", center: false, width: 1120, height: 630, margin: 0.05, transition: "none", scrollActivationWidth: 640, scrollLayout: "compact" });
