/* What ipywidgets leave out for people who use a keyboard or a screen reader, added as widgets appear. */
(function () {
  "use strict";
  let count = 0;

  /* A point of a picture presses the button that bears its name: the button is there for keyboards. */
  document.addEventListener("click", (event) => {
    const point = event.target.closest && event.target.closest("[data-press]");
    if (!point) { return; }
    const name = point.getAttribute("data-press");
    const button = [...document.querySelectorAll("button")].find((each) => each.textContent.trim() === name);
    if (button) { button.click(); }
  });

  function identify(element) {
    if (!element.id) { element.id = "kpa-" + (count += 1); }
    return element.id;
  }

  /* The visible label of a widget, or null when it has none. */
  function labelOf(widget) {
    const label = widget.querySelector(":scope > .widget-label");
    return label && label.style.display !== "none" && label.textContent.trim("\u200b") ? label : null;
  }

  function nameSliders(widget) {
    const label = labelOf(widget);
    const name = label ? label.textContent.trim() : widget.title || "Réglage";
    const handles = widget.querySelectorAll(".noUi-handle");
    handles.forEach((handle, rank) => {
      const which = handles.length < 2 ? "" : rank === 0 ? " : de" : " : à";
      set(handle, "aria-label", name + which);
    });
    const readout = widget.querySelector(".widget-readout");
    if (readout && readout.isContentEditable) {
      set(readout, "role", "textbox");
      set(readout, "aria-label", name + " : valeur");
    }
    /* People hear what they see: « 150 € », not 150.0. */
    if (readout && handles.length === 1) { set(handles[0], "aria-valuetext", readout.textContent); }
  }

  function groupChoices(widget) {
    const label = labelOf(widget);
    set(widget, "role", widget.classList.contains("widget-radio") ? "radiogroup" : "group");
    if (label) { set(widget, "aria-labelledby", identify(label)); }
    widget.querySelectorAll("button").forEach((button) => {
      set(button, "aria-pressed", button.classList.contains("mod-active") ? "true" : "false");
    });
    const radios = widget.querySelectorAll("input[type=radio]");
    radios.forEach((radio) => { if (!radio.name) { radio.name = identify(widget); } });
  }

  function nameIconButton(button) {
    if (button.classList.contains("widget-toggle-button") && !button.closest(".widget-toggle-buttons")) {
      set(button, "aria-pressed", button.classList.contains("mod-active") ? "true" : "false");
    }
    if (!button.textContent.trim() && button.title) { set(button, "aria-label", button.title); }
    button.querySelectorAll("i").forEach((icon) => set(icon, "aria-hidden", "true"));
  }

  function nameProgress(widget) {
    const bar = widget.querySelector(".progress");
    const label = labelOf(widget);
    const inside = widget.querySelector(".progress-bar");
    set(bar, "role", "progressbar");
    set(bar, "aria-label", label ? label.textContent.trim() : "Avancement");
    if (inside) { set(bar, "aria-valuenow", String(parseInt(inside.style.width, 10) || 0)); }
  }

  function foldable(header) {
    const contents = header.parentElement.querySelector(":scope > .jupyter-widget-Collapse-contents");
    set(header, "role", "button");
    set(header, "tabindex", "0");
    if (contents) {
      set(header, "aria-controls", identify(contents));
      set(header, "aria-expanded", contents.classList.contains("lm-mod-hidden") ? "false" : "true");
    }
    header.querySelectorAll("i").forEach((icon) => set(icon, "aria-hidden", "true"));
  }

  function tabPanels(tabs) {
    const panels = tabs.querySelectorAll(":scope > .widget-tab-contents > *");
    tabs.querySelectorAll(":scope > .widget-tab-bar [role=tab]").forEach((tab, rank) => {
      const panel = panels[rank];
      if (!panel) { return; }
      set(panel, "role", "tabpanel");
      set(panel, "aria-labelledby", identify(tab));
      set(tab, "aria-controls", identify(panel));
    });
  }

  function set(element, name, value) {
    if (element.getAttribute(name) !== value) { element.setAttribute(name, value); }
  }

  const REPAIRS = [
    [".widget-slider", nameSliders],
    [".widget-toggle-buttons, .widget-radio", groupChoices],
    ["button.jupyter-button", nameIconButton],
    [".widget-hprogress, .widget-vprogress", nameProgress],
    [".jupyter-widget-Collapse-header", foldable],
    [".widget-tab", tabPanels],
    ["[placeholder*=\"'\"]", (field) => { field.placeholder = typeset(field.placeholder); }],
    ["[title*=\"'\"]", (each) => { if (typeset(each.title) !== each.title) { each.title = typeset(each.title); } }],
    ["[aria-label*=\"'\"]", (each) => set(each, "aria-label", typeset(each.getAttribute("aria-label")))],
    [":is(.kpa-qr, .kpa-cards):not([data-seen])", (each) => { each.dataset.seen = "yes"; each.scrollIntoView({ block: "nearest" }); }],
    [".kpa-card.kpa-question:not([data-seen])", (each) => {  // on a phone, a question stands below what was chosen
      each.dataset.seen = "yes";
      if (each === document.querySelector(".kpa-card.kpa-question")) { each.scrollIntoView({ block: "nearest" }); }
    }],
    [".kpa-come:not([data-seen])", (each) => { each.dataset.seen = "yes"; each.scrollIntoView({ block: "start" }); }],
    [".kpa-saved:not([data-seen])", (each) => {  // what was above it has gone: it is brought back under the eyes
      each.dataset.seen = "yes"; each.tabIndex = -1; each.scrollIntoView({ block: "center" }); each.focus({ preventScroll: true });
    }],
    [".kpa-draft input:not([data-back])", (field) => {  // what was typed and not added, before the page was loaded again
      field.dataset.back = "yes";
      const text = drafts[draftOf(field)];
      if (text && !field.value) { field.value = text; field.dispatchEvent(new Event("change", { bubbles: true })); }
    }],
    ["[title=null]", (element) => element.removeAttribute("title")],
    [":is(.kpa-hours, .kpa-field > *) > :is(input, select)", (field) => {
      const said = field.closest(".kpa-person, .kpa-field")?.querySelector(".kpa-refusal, .kpa-field-error");
      const wrong = field.parentElement.matches(".kpa-refused");
      set(field, "aria-invalid", String(wrong));
      if (wrong && said) { set(field, "aria-describedby", identify(said)); } else { field.removeAttribute("aria-describedby"); }
    }],
    ["button.widget-upload", (button) => {  // « Choisir un fichier (0) » counts the files before anybody chose one
      const told = button.lastChild?.data?.replace(/ \(0\)$/, "");
      if (told && told !== button.lastChild.data) { button.lastChild.data = told; }
    }],
    [".widget-label:not([style*=none])", (label) => {
      const field = label.parentElement.querySelector(":scope > :is(input, select, textarea)");
      if (label.tagName === "LABEL" && !label.htmlFor && field) { label.htmlFor = identify(field); }
    }],
  ];

  /* A line that is typed and not yet added is found again when the page is loaded again, whatever became of its memory. */
  const DRAFTS = `kpa-drafts ${location.pathname}`, drafts = JSON.parse(sessionStorage.getItem(DRAFTS) ?? "{}");

  function draftOf(field) {
    const fold = field.closest(".jupyter-widget-Collapse")?.querySelector(".jupyter-widget-Collapse-header");
    return `${fold?.textContent.trim()} ${labelOf(field.parentElement)?.textContent.trim()}`;
  }

  window.addEventListener("pagehide", () => {
    const typed = [...document.querySelectorAll(".kpa-draft input")].filter((field) => {
      const line = field.closest(".kpa-draft").querySelector("select");
      return field.value && !(line?.selectedIndex > 0);  // a line of the book that is being changed stays as it is
    });
    sessionStorage.setItem(DRAFTS, JSON.stringify(Object.fromEntries(typed.map((field) => [draftOf(field), field.value]))));
  });

  /* When what had the focus is taken off the page, or folded, the focus goes to what took its place, not back to the top. */
  const STOPS = "h2, h3, h4, input, select, textarea, button";
  let way = [];

  document.addEventListener("focusin", (event) => {
    way = [];
    for (let each = event.target; each && each !== document.body; each = each.parentElement) { way.push(each); }
  });

  let later = 0;

  function keepFocus(further) {
    if (!way.length || way[0].checkVisibility() || ![document.body, way[0]].includes(document.activeElement)) { return; }
    const around = way.filter((each) => each.checkVisibility()).slice(0, further ? way.length : 1);
    const stops = around.map((each) => [...each.querySelectorAll(STOPS)].find((stop) => stop.checkVisibility()));
    const next = stops.find((each) => each);
    clearTimeout(later);
    if (!next) {
      later = further ? 0 : setTimeout(keepFocus, 2000, true);  // what takes its place may still come
      return;
    }
    if (/^H/.test(next.tagName)) { next.tabIndex = -1; }
    next.focus();
  }

  /* What somebody unfolded stays open when the page draws it again: its key is in `data-keep`. */
  const unfolded = new Map();

  document.addEventListener("toggle", (event) => {
    const key = event.target.dataset?.keep;
    if (key) { unfolded.set(key, event.target.open); }
  }, true);

  function keepUnfolded() {
    for (const each of document.querySelectorAll("details[data-keep]")) {
      if (unfolded.get(each.dataset.keep) && !each.open && !each.dataset.drawn) { each.open = true; }
      each.dataset.drawn = "yes";
    }
  }

  /* In French, « ? », « : » or « » » never begins a line: the space before them does not break. Apostrophes are curled. */
  const LOOSE = / (?=[?!:;»])|(?<=«) |(?<=\d) (?=(?:min|h)\b)/g;
  const APOSTROPHE = /(?<=\p{L})'(?=\p{L}|«|\d|$)/gu; // « l’ » may end before a link
  const AS_TYPED = "pre, code, script, style, textarea";

  function typeset(text) {
    return text.replace(LOOSE, "\u00a0").replace(APOSTROPHE, "\u2019");
  }

  function bind(root) {
    const texts = document.createTreeWalker(root.nodeName === "#text" ? root.parentNode ?? root : root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const each = texts.currentNode, bound = typeset(each.data);
      if (bound !== each.data && !each.parentElement?.closest(AS_TYPED)) { each.data = bound; }
    }
  }

  function repair() {
    waiting = false;
    keepUnfolded();
    for (const [where, how] of REPAIRS) { document.querySelectorAll(where).forEach(how); }
    keepFocus(false);
  }

  let waiting = false;
  function soon() {
    if (!waiting) { waiting = true; requestAnimationFrame(repair); }
  }

  new MutationObserver((changes) => {
    for (const change of changes) { change.addedNodes.forEach(bind); }
    soon();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class", "title"],
  });

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) { return; }
    if ((event.key === "Enter" || event.key === " ") && target.matches(".jupyter-widget-Collapse-header")) {
      event.preventDefault();
      target.click();
    }
    if (target.matches(".kpa-hours > input") && !event.isComposing && inTable(event, target)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && !event.isComposing && target.matches(":is(.widget-text, .widget-password) > input")) {
      validate(target);
    }
  }, true);  // on its way down: widgets keep their keys to themselves

  /* The table of hours goes as a spreadsheet: arrows, Enter down then to the next day, what is typed replaces, Ctrl+Z. */
  const WAYS = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  let replaces = null, typing = null;  // the box that the keyboard has come to; the one typed in since

  function placeOf(field) {
    const table = [...document.querySelectorAll(".kpa-week")].map((row) => [...row.querySelectorAll("input")]);
    const row = table.findIndex((each) => each.includes(field));
    return [table, row, table[row].indexOf(field)];
  }

  /* Several cells of a spreadsheet go each in its box, or all in one, where they are refused: « 2 » over « 3 » is not 23. */
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").replace(/[\r\n]+$/, "") ?? "";
    if (!event.target.matches(".kpa-hours > input") || !/[\t\n]/.test(text)) { return; }
    event.preventDefault();
    const [table, row, at] = placeOf(event.target), cells = text.split(/\r?\n/).map((line) => line.split("\t"));
    const boxes = cells.flatMap((line, down) => line.map((_, aside) => table[row + down]?.[at + aside]));
    const put = boxes.includes(undefined) ? [[event.target, text.replace(/\s+/g, " ")]] : boxes.map((box, rank) => [box, cells.flat()[rank]]);
    for (const [box, cell] of put) {
      box.value = cell;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }, true);

  function inTable(event, field) {
    const [down, aside] = WAYS[event.key] ?? [0, 0];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && typing !== field) {
      document.querySelector("button.kpa-undo")?.click();
      return Boolean(replaces = field);
    }
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && replaces === field) { field.select(); }
    const { selectionStart: from, selectionEnd: to, value } = field;
    const inside = aside && !(to - from === value.length || (from === to && to === (aside > 0 ? value.length : 0)));
    if (!(down || aside) || inside) { return false; }
    note(field);
    const [table, row, at] = placeOf(field);
    const over = event.key === "Enter" && !event.shiftKey && row + 1 === table.length;
    const next = over ? table[0][at + 1] : table[row + (event.shiftKey ? -down : down)]?.[at + aside];
    replaces = next ?? field;
    replaces.focus();
    replaces.select();
    return true;
  }

  /* What is typed in a box is noted even where nobody stands below, and when the page is hidden or closed. */
  function note(field) {
    if (typing === field) { field.dispatchEvent(new Event("change", { bubbles: true })); }
    typing = null;
  }
  document.addEventListener("input", (event) => { typing = event.target; replaces = null; }, true);
  document.addEventListener("pointerdown", () => { replaces = null; }, true);
  document.addEventListener("focusin", () => { typing = null; });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && typing?.matches(".kpa-hours > input")) { note(typing); }
  });

  /* Enter in a field: the main button that comes next in the same column, as in any form. */
  function validate(field) {
    const main = [...(field.closest(".widget-vbox")?.querySelectorAll("button.kpa-primary") ?? [])];
    const column = (each) => each.closest(".widget-vbox");
    const next = main.find((each) => column(each) === column(field)
      && field.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!next) { return; }
    field.dispatchEvent(new Event("change", { bubbles: true }));  // what is typed goes first
    next.click();
  }
  document.querySelector(".kpa-menu [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  bind(document.body);
  soon();
})();
