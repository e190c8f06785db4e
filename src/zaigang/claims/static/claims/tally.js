/* The button says how many are ticked. Without it the page says how many were at first. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-tally]")) {
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const shown = form.querySelector("[data-tallied]");
    if (!shown) continue;
    const tally = () => { shown.textContent = String(boxes.filter((box) => box.checked).length); };
    form.addEventListener("change", tally);
    addEventListener("pageshow", tally);
    tally();
  }
})();
