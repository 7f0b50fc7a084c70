// What has the focus: tag, id or name, and its label.
const element = document.activeElement;
if (!element || element === document.body) return "body";
const neat = text => (text || "").replace(/\s+/g, " ").trim();
const name = element.id ? `#${element.id}` : element.name ? `[name=${element.name}]` : "";
const field = element.labels ? element.labels[0]?.innerText : "";
const button = ["submit", "button", "reset"].includes(element.type) ? element.value : "";
const label = neat(element.getAttribute("aria-label") || field || element.innerText || button || element.title);
return element.tagName.toLowerCase() + name + (label ? ` "${label}"` : "");
