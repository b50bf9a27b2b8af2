// « Écouter » : the page read aloud by the voices of the device itself, in French, without any network.
"use strict";

(() => {
  const main = document.querySelector("main");
  const SILENT = "kpa-sans-voix";
  let once = false;

  // Said once on this device, where there is something to hear.
  function silent() {
    const title = main.querySelector("h1");
    if (once || !title || !document.querySelector(".page-invite form.question, .page-ecran .demande")) { return; }
    once = true;
    try {
      if (sessionStorage.getItem(SILENT)) { return; }
      sessionStorage.setItem(SILENT, "dit");
    } catch { /* a private window: it may be said again */ }
    const line = document.createElement("p");
    line.className = "aide";
    line.textContent = "Cet appareil n'a pas de voix française : il ne peut pas lire à voix haute. Demandez à quelqu'un de lire.";
    put(title, line);
  }

  function put(title, added) {
    title.after(added);
    dispatchEvent(new Event("resize"));  // the projector fits what it shows again
  }
  if (!("speechSynthesis" in window)) { silent(); return; }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "bouton ecouter";
  button.setAttribute("aria-pressed", "false");
  button.textContent = "Écouter";
  let voice = null, mute = false, running = 0;

  const SKIPPED = "nav, header, aside, .etapes, #avance, .kpa-hidden, .kpa-legend";  // nothing of the question, nor of its result
  const said = "h1, h2, h3, .surtitre, .intro, .grand, legend, label, caption, summary, p, li, dt, dd, th, td, blockquote, output";
  function texts() {
    const found = [];
    for (const part of main.querySelectorAll(said)) {
      const inside = part.parentElement.closest(said);
      if ((inside && main.contains(inside)) || part.closest(SKIPPED) || !part.getClientRects().length) { continue; }
      const text = part.innerText.replace(/\s+/g, " ").trim();
      if (text) { found.push(...text.split(" · ")); }  // each choice by itself
    }
    return found;
  }

  function stop() {
    running += 1;
    speechSynthesis.cancel();
    button.setAttribute("aria-pressed", "false");
    button.textContent = "Écouter";
  }

  function start() {
    const mine = (running += 1);
    button.setAttribute("aria-pressed", "true");
    button.textContent = "Arrêter";
    const waiting = texts();
    const next = () => {
      if (mine !== running) { return; }
      const text = waiting.shift();
      if (!text) { stop(); return; }
      const told = new SpeechSynthesisUtterance(text);
      told.lang = "fr-FR";
      told.voice = voice;
      told.rate = 0.95;
      told.onend = next;
      told.onerror = next;
      speechSynthesis.speak(told);
    };
    next();
  }

  function offer() {
    const french = speechSynthesis.getVoices().filter((each) => each.lang.toLowerCase().startsWith("fr"));
    voice = french.find((each) => each.localService) || null;  // a voice from elsewhere would need the network
    const title = main.querySelector("h1");
    if (voice && title && !button.isConnected) { put(title, button); }
  }

  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : start()));
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  new MutationObserver(() => {
    if (!button.isConnected) { stop(); offer(); }
    if (mute && !voice) { silent(); }
  }).observe(main, { childList: true });
  addEventListener("pagehide", stop);
  offer();
  setTimeout(() => { mute = !voice; if (mute) { silent(); } }, 1500);  // a device tells its voices a moment after the page
})();
