// What a phone gains when scripts run: each field kept at once, an answer that leaves when the network comes back,
// and a page that follows the group. Without scripts everything still works.
"use strict";

const QUEUE = "kpa-attente-" + location.host;
const version = document.body.dataset.version || "";
const question = document.querySelector("form.question");
let touched = false;

function say(text, label, act) {
  const place = document.getElementById("nouvelles");
  place.textContent = "";
  if (!text) { return; }
  const line = document.createElement("p");
  line.className = "avis";
  line.append(text);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bouton";
    button.textContent = label;
    button.addEventListener("click", act);
    line.append(button);
  }
  place.append(line);
}

function home() {
  const who = new URLSearchParams(location.search).get("qui");
  location.assign(who ? "/?qui=" + encodeURIComponent(who) : "/");
}

function post(where, body) {
  return fetch(where, {
    method: "POST", body, credentials: "same-origin",
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
  });
}

// --- drafts -------------------------------------------------------------------------------------------------------------

let pending = 0;
function keepDraft() {
  const body = new URLSearchParams(new FormData(question)).toString();
  const note = question.querySelector(".garde");
  post("/brouillon", body).then(
    (answer) => { if (answer.ok && note) { note.textContent = "Ce que vous écrivez est gardé. Envoyez quand vous voulez."; } },
    () => { if (note) { note.textContent = "Pas de réseau pour l'instant. Continuez, rien n'est perdu ici."; } });
}

function newKey() {
  const letters = new Uint8Array(8);
  crypto.getRandomValues(letters);
  question.elements.cle.value = "c" + Array.from(letters, (each) => each.toString(16).padStart(2, "0")).join("");
}

// --- an answer that waits for the network -------------------------------------------------------------------------------

function waiting() {
  try { return JSON.parse(localStorage.getItem(QUEUE) || "null"); } catch { return null; }
}
function keepWaiting(body) {
  try { localStorage.setItem(QUEUE, JSON.stringify({ body })); } catch { /* private window: the page keeps trying alone */ }
}
function forgetWaiting() {
  try { localStorage.removeItem(QUEUE); } catch { /* nothing was kept */ }
}

let sending = false, lost = false;
async function send(body) {
  if (sending) { return; }
  sending = true;
  say("Nous envoyons votre réponse…");
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await post("/repondre", body);
      if (answer.status >= 500) { throw new Error("later"); }
      forgetWaiting();
      if (answer.status === 422 && question) { question.submit(); return; }  // the server shows what is to mend
      if (!answer.ok) {  // too late, or not known any more: it is said, never passed over in silence
        const told = await answer.json().catch(() => ({}));
        [sending, lost] = [false, true];
        say("Votre réponse ne compte pas. " + (told.erreur || "") + " Si la question rouvre, ce que vous avez écrit y sera.", "Voir la suite", home);
        return;
      }
      home();
      return;
    } catch {
      keepWaiting(body);
      say("Pas de réseau. Gardez cette page : votre réponse partira toute seule.");
      await new Promise((go) => {
        const timer = setTimeout(go, Math.min(8000, 1000 * (tries + 1)));
        addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
      });
    }
  }
}

if (question) {
  question.addEventListener("input", () => {
    if (!touched) { newKey(); }
    touched = true;
    clearTimeout(pending);
    pending = setTimeout(keepDraft, 400);
    left();
  });
  question.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pending);
    send(new URLSearchParams(new FormData(question)).toString());
  });
  document.querySelector(".erreur[role=alert]")?.focus();
}

// --- a long ballot, one question at a time ------------------------------------------------------------------------------

function oneByOne() {
  const blocks = [...question.children].filter((each) => each.classList.contains("champ"));
  if (blocks.length < 3 || question.scrollHeight < 1.4 * innerHeight) { return; }
  const send = question.querySelector(":scope > .gestes");
  const counter = document.createElement("p");
  counter.className = "etapes";
  counter.setAttribute("role", "status");
  const bar = document.createElement("div");
  bar.className = "gestes";
  const [before, after] = ["Précédent", "Suivant"].map((label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "bouton";
    button.textContent = label;
    bar.append(button);
    return button;
  });
  after.classList.add("principal");
  let here = Math.max(0, blocks.findIndex((each) => each.querySelector(".faute")));
  function show(at, moved) {
    here = at;
    blocks.forEach((each, rank) => { each.hidden = rank !== here; });
    counter.textContent = (here + 1) + " sur " + blocks.length;
    before.hidden = here === 0;
    after.hidden = here === blocks.length - 1;
    send.hidden = here !== blocks.length - 1;
    if (moved) { counter.scrollIntoView({ block: "start" }); blocks[here].querySelector("input, textarea")?.focus({ preventScroll: true }); }
  }
  before.addEventListener("click", () => show(here - 1, true));
  after.addEventListener("click", () => show(here + 1, true));
  question.querySelector(".erreur")?.addEventListener("click", (event) => {
    const at = blocks.findIndex((each) => "#" + each.id === event.target.getAttribute?.("href"));
    if (at >= 0) { show(at, true); }
  });
  blocks[0].before(counter);
  send.before(bar);
  show(here, false);
}
if (question) { oneByOne(); }
// A browser that refuses the cookies of one place still says that it takes cookies: one is tried, then taken back.
function takesCookies() {
  const tried = "kpa_essai=1; SameSite=Strict; path=/";
  document.cookie = tried;
  const kept = document.cookie.includes("kpa_essai");
  document.cookie = tried + "; Max-Age=0";
  return kept;
}
if (document.querySelector("form") && !takesCookies()) { say("Ce téléphone refuse les cookies. Acceptez-les pour cette page, ou prenez la tablette."); }

// --- what is left to share ----------------------------------------------------------------------------------------------

function left() {
  for (const line of document.querySelectorAll("[data-parts]")) {
    const shown = line.querySelector("output");
    const scale = Number(shown.dataset.echelle);
    let sum = 0;
    for (const box of question.querySelectorAll("input.nombre")) {
      if (box.name.startsWith(line.dataset.parts + ".")) {
        const typed = Number(box.value.replace(/[\s\u00a0\u202f€%h]/g, "").replace(",", "."));
        sum += Number.isFinite(typed) ? Math.round(typed * scale) : 0;
      }
    }
    const rest = Number(shown.dataset.total) - sum;
    const amount = (Math.abs(rest) / scale).toLocaleString("fr-FR", { maximumFractionDigits: 2 });
    shown.textContent = rest === 0 ? "Tout est partagé." : (rest > 0 ? "Reste " : "De trop : ") + amount + "\u00a0" + shown.dataset.unite;
  }
}
if (question) { left(); }

// --- following the group ------------------------------------------------------------------------------------------------

function news(now) {
  if (!version || now === version || sending || lost) { return; }
  if (question && touched) {
    say("Le groupe a continué.", "Voir la suite", home);
  } else {
    home();
  }
}
if (version && window.EventSource) {
  const stream = new EventSource("/suivre");
  stream.addEventListener("message", (event) => news(event.data));
}

const kept = waiting();
if (kept && document.querySelector("input[name=_jeton], main > header")) { send(kept.body); }
addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });
