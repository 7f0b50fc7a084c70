// Sentences about what is cut off or sticks out. Texts are compared with every box around them that hides what overflows.
const found = new Map();
const wide = document.documentElement.clientWidth;
const rightToLeft = getComputedStyle(document.documentElement).direction === "rtl";

const neat = text => text.replace(/\s+/g, " ").trim().slice(0, 60);
const named = element => element.tagName.toLowerCase()
  + (element.id ? `#${element.id}` : [...element.classList].map(name => `.${name}`).join(""));
const report = (element, what) => {
  if (!found.has(element)) found.set(element, `${named(element)} ${what}: "${neat(element.innerText || element.value || "")}"`);
};

// Hidden on purpose: not rendered, or in a box of a pixel, or clipped away.
const meantHidden = element => {
  if (!element.checkVisibility({ visibilityProperty: true })) return true;
  for (let box = element; box; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.clipPath.startsWith("inset(50%") || style.clipPath.startsWith("inset(100%")) return true;
    if (/^rect\((0px|1px)(, | )\1/.test(style.clip)) return true;
    const { width, height } = box.getBoundingClientRect();
    if (style.position === "absolute" && style.overflowX !== "visible" && (width <= 1 || height <= 1)) return true;
  }
  return false;
};
const hides = overflow => overflow === "hidden" || overflow === "clip";
const scrolls = overflow => overflow === "auto" || overflow === "scroll";

// Where the page can't scroll to, everything of it is hidden on purpose, as skip links are.
const isAway = rect => (rightToLeft ? rect.left >= wide : rect.right <= 0) || rect.bottom + scrollY <= 0;

const sticksOut = (element, rect) => {
  if (isAway(rect) || (rect.left >= -1 && rect.right <= wide + 1)) return;
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    const { overflowX } = getComputedStyle(box);
    if (scrolls(overflowX)) return;
  }
  report(element, `sticks out of the screen, ${Math.round(rect.left)} to ${Math.round(rect.right)} of ${wide}`);
};

const isCut = (element, rect) => {
  const size = parseFloat(getComputedStyle(element).fontSize);
  let across = true, down = true;
  for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
    const style = getComputedStyle(box);
    if (style.display === "inline" || style.display === "contents") continue;
    const around = box.getBoundingClientRect();
    // What can be scrolled to is not cut off by this box, nor by those around it.
    across &&= !scrolls(style.overflowX);
    down &&= !scrolls(style.overflowY);
    if (across && hides(style.overflowX)) {
      const ellipsis = style.textOverflow !== "clip" && box.scrollWidth > box.clientWidth;
      if (ellipsis || rect.left < around.left - 1 || rect.right > around.right + 1) return report(element, "is cut off sideways");
    }
    // A font's box is taller than its letters: a quarter of it may be missing.
    if (down && hides(style.overflowY)) {
      const clamped = style.webkitLineClamp !== "none" && box.scrollHeight > box.clientHeight + 1;
      if (clamped || rect.top < around.top - size / 4 || rect.bottom > around.bottom + size / 4) return report(element, "is cut off below");
    }
  }
};

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || /^(SCRIPT|STYLE|NOSCRIPT|OPTION|TEXTAREA)$/.test(element.tagName) || meantHidden(element)) continue;
  const range = document.createRange();
  range.selectNodeContents(texts.currentNode);
  const rect = range.getBoundingClientRect();
  if (rect.width === 0 || isAway(rect)) continue;
  isCut(element, rect);
  sticksOut(element, rect);
}
for (const element of document.body.querySelectorAll("*")) {
  const rect = element.getBoundingClientRect();
  if (rect.width > 0 && rect.height > 0 && !meantHidden(element)) sticksOut(element, rect);
}
return [...found.values()];
