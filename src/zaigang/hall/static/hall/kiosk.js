/* The kiosk's extras: sent once, back to the start when nobody is there, the slip printed by itself. */
"use strict";
(() => {
  const IDLE = 60, NOTICE = 20;
  const body = document.body, form = document.querySelector("form.ask"), still = document.getElementById("still");
  const seconds = document.getElementById("still-seconds"), button = document.getElementById("print");
  const home = () => { location.replace(body.dataset.start); };
  // A page from the browser's memory would hold the number of whoever stood here before.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  form?.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => print());
    const once = `printed ${location.pathname}`;
    if ("printer" in body.dataset && !sessionStorage.getItem(once)) {
      sessionStorage.setItem(once, "1");
      print();
    }
  }

  let quiet = 0;
  const touched = () => { if (!still.open) quiet = 0; };
  for (const kind of ["pointerdown", "keydown", "change"]) addEventListener(kind, touched);
  still?.addEventListener("close", () => { quiet = 0; });
  const started = () => !form || form.querySelector("[name=first]").checked || document.documentElement.hasAttribute("data-large");
  if (still) setInterval(() => {
    quiet += 1;
    // An untouched start page is only made fresh: its count of people would grow old.
    if (quiet === IDLE && !started()) home();
    else if (quiet === IDLE) still.showModal();
    if (!still.open) return;
    seconds.textContent = Math.max(IDLE + NOTICE - quiet, 0);
    if (quiet >= IDLE + NOTICE) home();
  }, 1000);
})();
