/* What a page does not say by itself: its link with the workbook is cut, or its memory is gone. */
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

  /* Voilà shows its application when it is loaded. */
  const looking = setInterval(() => {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel) { clearInterval(looking); watch(kernel); }
  }, 250);
  window.addEventListener("pagehide", () => clearTimeout(waiting));
})();
