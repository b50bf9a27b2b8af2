// The pages of the room (control and projector): they follow what happens without being reloaded, count the time down,
// fit what is asked on one screen, and say when the server no longer answers.
"use strict";

const room = document.getElementById("presence"), SILENCE = 15000, LEAST = 60;

function clock() {
  const shown = document.querySelector(".chrono[data-reste]");
  if (!shown) { return; }
  const ends = performance.now() + Number(shown.dataset.reste) * 1000;
  const tick = () => {
    if (!shown.isConnected) { clearInterval(timer); return; }
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    shown.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    shown.classList.toggle("fini", left === 0);
    if (left === 0) { shown.textContent = "C'est l'heure"; }
  };
  const timer = setInterval(tick, 500);
  tick();
}

// What is projected is read without scrolling, down or sideways: in one column, or two, type as big as it can be.
// Type too small for the back of the room is no help: past it, the end is left to the phones, which show everything.
function whole(shown) {
  const cut = [...shown.querySelectorAll(".kpa-scroll")].some((each) => each.scrollWidth > each.clientWidth);
  return !cut && document.documentElement.scrollHeight <= innerHeight;
}

function fit() {
  const shown = document.querySelector("[data-ajuste]");
  if (!shown || innerWidth < 768) { return; }
  shown.querySelector(".suite")?.remove();
  for (const part of shown.querySelectorAll("[hidden]")) { part.hidden = false; }
  if (!sized(shown)) { shorten(shown); }
}

function sized(shown) {
  for (const [columns, least] of [[false, 75], [true, LEAST], [false, LEAST]]) {
    shown.classList.toggle("colonnes", columns);
    for (let size = 100; size >= least; size -= 5) {
      shown.style.fontSize = size + "%";
      if (whole(shown)) { return true; }
    }
  }
  return false;
}

// From the end: the rows of a table, one by one, then whole parts; how many have answered stays.
function shorten(shown) {
  const more = document.createElement("p"), rows = "table:not(.kpa-bars) tbody tr:not(:first-child)";
  const parts = [...shown.children].flatMap((each) => [each, ...each.querySelectorAll(rows)]);
  more.className = "suite";
  more.textContent = "La suite est sur vos téléphones.";
  if (parts.at(-1).matches(".aide")) { parts.pop().before(more); } else { shown.append(more); }
  shown.classList.add("colonnes");
  shown.style.fontSize = LEAST + "%";
  while (parts.length > 1 && (!whole(shown) || parts.at(-1).matches("h2"))) { parts.pop().hidden = true; }
  sized(shown);  // what is left may be larger
}

let asked = false, again = false;
async function refresh() {
  if (asked) { again = true; return; }
  asked = true;
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    if (answer.ok) { show(new DOMParser().parseFromString(await answer.text(), "text/html")); }
  } catch { /* the server is away: the stream comes back with it, and asks again */ }
  setTimeout(() => { asked = false; if (again) { again = false; refresh(); } }, 400);
}

function show(fresh) {
  curl(fresh.body);  // as what is shown already is: only what changed is drawn again
  if (fresh.body.dataset.version !== document.body.dataset.version) {
    const focused = document.activeElement?.getAttribute("value");
    document.body.dataset.version = fresh.body.dataset.version;
    document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
    if (focused) { document.querySelector(`button[value="${CSS.escape(focused)}"]`)?.focus(); }
    clock();
    fit();
    return;
  }
  for (const part of fresh.querySelectorAll("[data-vif]")) {
    const here = document.getElementById(part.id);
    if (here && here.innerHTML !== part.innerHTML) { here.replaceChildren(...part.childNodes); }
  }
}

function say(text) {
  const place = document.getElementById("nouvelles");
  if (!text === !place.textContent) { return; }
  place.textContent = "";
  if (!text) { return; }
  const line = document.createElement("p");
  line.className = "avis";
  line.textContent = text;
  place.append(line);
}

clock();
fit();
addEventListener("resize", fit);
if (room && window.EventSource) { follow(); }

// The server says every five seconds that it is there: one that is asleep, or out of reach, closes nothing and is silent.
function follow() {
  const stream = new EventSource("/animation/suivre");
  let lost = setTimeout(gone, SILENCE), away = false;
  function gone() {
    say("L'ordinateur de l'atelier ne répond plus. Regardez s'il est allumé, et si l'atelier est ouvert.");
    if (stream.readyState === EventSource.OPEN) { stream.close(); follow(); }
  }
  function wait(time) {
    clearTimeout(lost);
    lost = setTimeout(gone, time);
  }
  function here() {
    away = false;
    wait(SILENCE);
    say("");
  }
  stream.addEventListener("message", refresh);
  for (const kind of ["open", "message", "ici"]) { stream.addEventListener(kind, here); }
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) { setTimeout(() => location.reload(), 5000); }
    if (!away) { wait(3000); }
    away = true;
  });
}
