// The visible text of each element given. WebDriver's own reading leaves <noscript> out even where it is shown.
const seen = element => element.checkVisibility({ visibilityProperty: true })
  ? element.innerText.split("\n").map(line => line.trim()).join("\n").trim()
  : "";
const [asked] = arguments;
return (typeof asked === "string" ? [...document.querySelectorAll(asked)] : [asked]).map(seen);
