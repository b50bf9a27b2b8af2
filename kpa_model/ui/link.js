/* What a page does not say by itself: its link with the workbook is cut, or its memory is gone. What it sends keeps its order. */
(function () {
  "use strict";
  const TOLD = {
    cut: ["Le cahier ne répond plus.", "Ce que vous écrivez ici n'est pas gardé.",
      "La fenêtre du cahier est peut-être fermée.", "Ouvrez-le de nouveau : une page neuve s'affiche."],
    back: ["Le lien est revenu.", "Refaites votre dernier geste.", "S'il ne fait rien, rechargez la page."],
    gone: ["Cette page a perdu sa mémoire.", "Elle ne garde plus rien.",
      "Recopiez ce que vous venez d'écrire, puis rechargez la page."],
  };
  const PATIENCE = 1500;
  const frame = document.createElement("div");
  let state = "", waiting = 0;

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function say(next) {
    if (state === "gone" || state === next) { return; }
    state = next;
    frame.replaceChildren();
    if (!next) { frame.remove(); return; }
    const [title, ...more] = TOLD[next];
    const strong = document.createElement("strong"), said = document.createElement("p");
    strong.textContent = title;
    said.append(strong, " ", more.join(" "));
    frame.className = "kpa-link " + (next === "back" ? "kpa-warning" : "kpa-error");
    frame.setAttribute("role", "alert");
    document.querySelector("header")?.after(frame);
    frame.append(said);
    if (next !== "cut") { frame.append(button("Recharger la page", () => location.reload())); }
    if (next === "back") { frame.append(button("Continuer", () => say(""))); }
  }

  function watch(kernel) {
    kernel.connectionStatusChanged.connect((_, status) => {
      clearTimeout(waiting);
      if (status !== "connected") { waiting = setTimeout(say, PATIENCE, "cut"); }
      else if (state === "cut") { say("back"); }
    });
    kernel.statusChanged.connect((_, status) => {
      if (["restarting", "autorestarting", "dead"].includes(status)) { say("gone"); }
    });
  }

  /* ipywidgets hold what is typed while the last letter is being taken, and let a button pass before it: on a slow machine,
     what was kept had lost its end. What is held goes before anything else that is sent. */
  function keepOrder(model) {
    let kind = model;
    while (!Object.hasOwn(kind, "send_sync_message")) { kind = Object.getPrototypeOf(kind); }
    const held = new Set(), { send, sync, send_sync_message: put } = kind;
    function release() {
      for (const each of held) {
        held.delete(each);
        if (!each._msg_buffer) { continue; }
        each.rememberLastUpdateFor(put.call(each, each._msg_buffer, each._msg_buffer_callbacks));
        each._msg_buffer = each._msg_buffer_callbacks = null;
      }
    }
    kind.sync = function (...given) {
      sync.apply(this, given);
      if (this._msg_buffer) { held.add(this); }
    };
    kind.send = function (...given) { release(); return send.apply(this, given); };
    kind.send_sync_message = function (...given) {
      held.delete(this);
      release();
      return put.apply(this, given);
    };
  }

  /* Voilà shows its application when it is loaded, and its widgets one by one. */
  function once(find, then) {
    const looking = setInterval(() => {
      const found = find(window.jupyterapp?.widgetManager);
      if (found) { clearInterval(looking); then(found); }
    }, 250);
  }
  once((manager) => manager?.kernel, watch);
  once((manager) => manager && Object.values(manager._models)[0], (made) => made.then(keepOrder));
  window.addEventListener("pagehide", () => clearTimeout(waiting));
})();
