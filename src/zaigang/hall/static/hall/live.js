/* Follows the hall: by the stream where there is one, else by asking again. `follow` calls back with new HTML.
   What is on the page never depends on an event: each only says that it is time to look. */
"use strict";
// eslint-disable-next-line no-unused-vars
const follow = ({ part, stream, show, lost, wanted = () => true, spread = 0 }) => {
  const ALONE = 5000, BESIDE = 30000, SILENT = 12000, LOST = 15000, AGAIN = 20000;
  let source = null, heard = 0, asked = 0, sign = Date.now(), failed = false, busy = false, again = false;
  const alive = () => { heard = Date.now(); if (!failed) sign = heard; };

  const look = async () => {
    if (busy) { again = true; return; }
    busy = true;
    asked = Date.now();
    try {
      const answer = await fetch(part, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      failed = !answer.ok;
      if (answer.ok) {
        sign = Date.now();
        show(await answer.text());
      }
    } catch { failed = true; } // the clock below says when it has been too long
    busy = false;
    if (again) { again = false; setTimeout(look, 250); }
  };
  const soon = () => setTimeout(look, Math.random() * spread);

  const listen = () => {
    source?.close();
    source = new EventSource(stream);
    source.addEventListener("hello", () => { alive(); soon(); });
    source.addEventListener("beat", alive);
    source.addEventListener("hall", (event) => {
      alive();
      if (JSON.parse(event.data).some(wanted)) soon();
    });
  };

  if (stream) listen();
  setInterval(() => {
    const now = Date.now(), live = !failed && now - heard < SILENT;
    if (now - asked >= (live ? BESIDE : ALONE)) look();
    lost(now - sign > LOST);
    // A refused stream is not tried again by the browser itself.
    if (stream && source.readyState === EventSource.CLOSED && now - heard > AGAIN) { heard = now - SILENT; listen(); }
  }, 1000);
  addEventListener("online", look);
};
