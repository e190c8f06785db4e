/* The board: shows what is new, keeps a new call inverted for ten seconds, and says each call twice. */
"use strict";
(() => {
  const body = document.body, board = document.getElementById("board"), sound = document.getElementById("sound");
  const NEW = 10000, PAUSE = 700;
  const until = new Map(), said = new Set(), queue = [];
  let on = false, speaking = false;

  /* --- speech: one call after the other, never two at once --- */
  const voice = () => speechSynthesis.getVoices().find((one) => /^zh([-_]|$)/i.test(one.lang));
  const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });
  const read = (text, by) => new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = by;
    words.lang = by.lang;
    words.rate = 0.85;
    words.onend = words.onerror = done;
    speechSynthesis.speak(words);
    setTimeout(done, 15000); // a voice that got stuck must not silence the hall
  });
  const play = (clip) => new Promise((done, fail) => {
    const audio = new Audio(`${body.dataset.clips}${clip}.mp3`);
    audio.onended = done;
    audio.onerror = fail;
    audio.play().catch(fail);
  });
  const say = async (call) => {
    const by = "speechSynthesis" in window ? voice() : null;
    if (by) return read(call.text, by);
    for (const clip of call.clips.split(" ")) await play(clip);
  };
  const speak = async () => {
    if (speaking) return;
    speaking = true;
    while (on && queue.length) {
      const call = queue.shift();
      try {
        for (let turn = 0; turn < 2; turn += 1) { await say(call); await wait(PAUSE); }
      } catch { silent(); }
    }
    speaking = false;
  };
  const silent = () => {
    on = false;
    queue.length = 0;
    sound.textContent = sound.dataset.none;
    sound.classList.add("is-broken");
    sound.hidden = false;
  };

  /* --- what is new --- */
  const mark = () => {
    const now = Date.now();
    for (const row of board.querySelectorAll(".call")) row.classList.toggle("is-new", (until.get(row.dataset.key) ?? 0) > now);
  };
  const take = (first) => {
    for (const call of board.querySelectorAll(".spoken li")) {
      if (said.has(call.dataset.key)) continue;
      said.add(call.dataset.key);
      if (first) continue;
      until.set(call.dataset.key, Date.now() + NEW);
      queue.push({ text: call.dataset.text, clips: call.dataset.clips });
    }
    if (first) for (const row of board.querySelectorAll(".call.is-new")) until.set(row.dataset.key, Date.now() + NEW);
    mark();
    if (on) speak(); else queue.length = 0;
  };

  take(true);
  setInterval(mark, 500);
  sound.hidden = false;
  sound.addEventListener("click", () => {
    on = true;
    sound.hidden = true;
    sound.classList.remove("is-broken");
    if ("speechSynthesis" in window) speechSynthesis.getVoices(); // some browsers load them at the first question
  });
  follow({
    part: body.dataset.part,
    stream: body.dataset.live,
    show: (html) => { board.innerHTML = html; take(false); },
    lost: (is) => { document.getElementById("lost").hidden = !is; },
  });
})();
