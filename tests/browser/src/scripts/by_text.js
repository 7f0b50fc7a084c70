// The first visible link or button called arguments[0], and what all of them are called.
const neat = text => (text || "").replace(/\s+/g, " ").trim();
const called = element => neat(element.innerText || element.value || element.getAttribute("aria-label"));
const kinds = "a[href], button, summary, input[type=submit], input[type=button], input[type=reset], "
  + "[role=button], [role=link], [role=tab], [role=menuitem]";
const all = [...document.querySelectorAll(kinds)].filter(element => element.checkVisibility({ visibilityProperty: true }));
return [all.find(element => called(element) === arguments[0]) || null, all.map(called)];
