/* The number on the phone follows the hall, and says aloud (to screen readers, and by a short buzz) when it is called. */
"use strict";
(() => {
  const data = document.body.dataset, part = document.getElementById("part"), said = document.getElementById("said");
  const state = () => part.querySelector("[data-state]")?.dataset.state;
  const mine = (event) => event.n === data.number || event.s === data.series || !event.n;
  let before = state();
  follow({
    part: data.part,
    stream: data.live,
    wanted: mine,
    spread: 1000, // not all phones of the hall in the same moment
    show: (html) => {
      part.innerHTML = html;
      if (state() === before) return;
      before = state();
      said.textContent = part.querySelector(".key").textContent;
      // Browsers let a page buzz only after it was touched once.
      if (before.startsWith("called") && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400]);
    },
    lost: (is) => { document.getElementById("lost").hidden = !is; },
  });
})();
