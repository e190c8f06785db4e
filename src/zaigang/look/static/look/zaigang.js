/* Extras on top of pages that work as plain GET and POST: keys, focus, no double submit. No library, no build. */
(() => {
  "use strict";
  const words = document.getElementById("words")?.dataset ?? {};
  const live = document.getElementById("live");
  const say = (text) => { if (live) live.textContent = text; };
  // Some input methods send the confirming Enter with isComposing already false: 229 tells it.
  const composing = (event) => event.isComposing || event.keyCode === 229;
  const visible = (element) => element.getClientRects().length > 0;
  const keyName = (event) => {
    const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const digit = event.altKey && /^Digit\d$/.test(event.code) ? event.code.slice(5) : name;
    return (event.ctrlKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + (event.shiftKey ? "Shift+" : "") + digit;
  };

  /* --- a form is sent once; its button says so --- */
  const pressed = new WeakMap();
  const busy = (form, button) => {
    form.setAttribute("aria-busy", "true");
    if (!button) return;
    pressed.set(form, [button, button.innerHTML]);
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy || words.busy;
  };
  const free = (form) => {
    form.removeAttribute("aria-busy");
    const [button, was] = pressed.get(form) ?? [];
    if (!button) return;
    button.removeAttribute("aria-disabled");
    button.innerHTML = was;
    pressed.delete(form);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.method !== "post" || form.hasAttribute("data-download")) return;
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    // After the browser has collected the form's fields: a changed button must not change what is sent.
    setTimeout(() => {
      if (!event.defaultPrevented || form.hasAttribute("hx-post")) busy(form, button);
    });
  }, true);
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));

  /* --- focus and announcements around htmx swaps --- */
  const focusOn = (element) => {
    if (!element) return;
    if (!element.hasAttribute("tabindex") && !element.matches("a, button, input, select, textarea")) element.tabIndex = -1;
    element.focus();
  };
  const landed = (root) => root.querySelector?.(".error-summary, [data-focus]");
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
    const form = event.detail.elt?.closest?.("form");
    if (form) setTimeout(() => free(form), 50);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const root = event.detail.elt ?? event.target;
    prepare(root);
    const target = landed(root);
    if (target) focusOn(target);
    else if (document.activeElement === document.body && !root.matches?.("#live, [data-quiet]")) focusOn(root.querySelector?.("h1, h2, h3"));
  });
  document.addEventListener("htmx:sendError", () => say(words.network));

  /* --- keys: every one is also a button or a link on the page --- */
  const last = new WeakMap();
  const press = (element) => {
    const pause = 1000 * Number(element.dataset.pause ?? 0);
    if (pause && Date.now() - (last.get(element) ?? -Infinity) < pause) return;
    last.set(element, Date.now());
    if (element.matches("input, select, textarea, h1, h2, h3, section")) focusOn(element);
    else if (element.hash && element.pathname === location.pathname && element.getAttribute("href").startsWith("#")) {
      location.hash = element.hash;
      focusOn(document.querySelector(element.hash));
    } else element.click();
  };
  const search = () => document.querySelector("[data-search]");
  const submitForm = () => {
    const form = document.activeElement?.closest("form[data-ctrl-enter]") ?? document.querySelector("form[data-ctrl-enter]");
    form?.requestSubmit(form.querySelector("[data-primary]") ?? undefined);
    return Boolean(form);
  };
  const showKeys = () => {
    const dialog = document.getElementById("keys");
    const list = dialog.querySelector("dl");
    const row = (key, text) => {
      const term = document.createElement("dt");
      const mark = document.createElement("kbd");
      const about = document.createElement("dd");
      mark.textContent = key;
      about.textContent = text;
      term.append(mark);
      list.append(term, about);
    };
    list.replaceChildren();
    for (const element of document.querySelectorAll("[data-key]")) {
      if (visible(element)) row(element.dataset.key, element.dataset.keyWord || element.textContent.replace(element.dataset.key, "").trim());
    }
    if (search()) row("Ctrl+K", words.search);
    if (document.querySelector("form[data-ctrl-enter]")) row("Ctrl+Enter", words.submit);
    row("Ctrl+F2", words.list);
    dialog.showModal();
  };
  const closeLayer = () => {
    const menu = document.querySelector("details.menu[open]");
    if (!menu) return false;
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  };
  const own = {
    "Ctrl+K": () => { focusOn(search()); search()?.select?.(); return Boolean(search()); },
    "Ctrl+Enter": submitForm,
    "Ctrl+F2": () => { showKeys(); return true; },
    Escape: closeLayer,
  };
  document.addEventListener("keydown", (event) => {
    if (composing(event) || event.defaultPrevented) return;
    const name = keyName(event);
    // Behind an open dialog nothing may be pressed; Esc closes it by itself.
    if (document.querySelector("dialog[open]")) return;
    if (own[name]) {
      if (own[name]()) event.preventDefault();
      return;
    }
    // No single letters: they would break voice input and typing.
    if (!/^(F\d+|(Ctrl\+)?Alt\+.)$/.test(name)) return;
    const element = [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)].find(visible);
    if (!element) return;
    event.preventDefault();
    if (!event.repeat) press(element);
  });

  /* --- worklists: one stop for Tab, arrows move between the rows' links --- */
  const rowLinks = (table) => [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("[data-row-link]")).filter(Boolean);
  const rove = (table) => rowLinks(table).forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
  document.addEventListener("keydown", (event) => {
    const link = event.target.closest?.("[data-rows] [data-row-link]");
    if (!link || composing(event) || event.ctrlKey || event.altKey || event.shiftKey) return;
    const box = event.key === " " && link.closest("tr").querySelector("input[type=checkbox]");
    if (box) {
      event.preventDefault();
      box.click();
    }
    if (!(event.key in steps)) return;
    event.preventDefault();
    const links = rowLinks(link.closest("[data-rows]"));
    const to = links[Math.min(Math.max(links.indexOf(link) + steps[event.key], 0), links.length - 1)];
    link.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
  // Enter goes to the next field where a form asks for it; the browser would send the form.
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (event.key !== "Enter" || composing(event) || event.ctrlKey || !input.matches?.("form[data-enter-next] input, form[data-enter-next] select")) return;
    event.preventDefault();
    const fields = [...input.form.elements].filter((field) => field.type !== "hidden" && !field.disabled && visible(field));
    fields[fields.indexOf(input) + (event.shiftKey ? -1 : 1)]?.focus();
  });

  /* --- small things --- */
  const hideAgain = (element) => setTimeout(() => {
    if (!element.isConnected) return;
    const spoken = document.createElement("span");
    const shown = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.textContent = element.dataset.spoken;
    shown.setAttribute("aria-hidden", "true");
    shown.textContent = element.dataset.masked;
    element.nextElementSibling?.remove();
    element.replaceWith(shown, spoken);
  }, 1000 * Number(element.dataset.hideAfter));
  const actions = {
    "[data-copy]": async (element) => {
      await navigator.clipboard.writeText(element.dataset.copy);
      say(words.copied);
    },
    "[data-print]": () => print(),
    "[data-open-keys]": showKeys,
  };
  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(actions)) {
      const element = event.target.closest(selector);
      if (element) act(element);
    }
    const menu = document.querySelector("details.menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
  const prepareDrop = (zone) => {
    const input = zone.querySelector("input[type=file]");
    const over = (on) => (event) => { event.preventDefault(); zone.classList.toggle("over", on); };
    zone.querySelector("[data-drop-words]").hidden = false;
    zone.addEventListener("dragover", over(true));
    zone.addEventListener("dragleave", over(false));
    zone.addEventListener("drop", (event) => {
      over(false)(event);
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  };
  const all = (root, selector) => [...(root.matches?.(selector) ? [root] : []), ...(root.querySelectorAll?.(selector) ?? [])];
  const once = (root, selector, act) => all(root, selector).filter((e) => !e.dataset.ready).forEach((e) => { e.dataset.ready = "1"; act(e); });
  const prepare = (root) => {
    all(root, "[data-key]").forEach((e) => e.setAttribute("aria-keyshortcuts", e.dataset.key));
    all(root, "[data-print], [data-open-keys], [data-copy]").forEach((e) => { e.hidden = false; });
    all(root, "[data-rows]").forEach(rove);
    // A table wider than its place must be reachable by keyboard to be scrolled.
    all(root, ".table-wrap").filter((e) => e.scrollWidth > e.clientWidth).forEach((e) => { e.tabIndex = 0; });
    once(root, "[data-hide-after]", hideAgain);
    once(root, "[data-drop]", prepareDrop);
  };
  prepare(document);
  focusOn(landed(document));
})();
