// The page of the room: it follows what happens without being reloaded, and counts the time down.
"use strict";

const room = document.getElementById("presence");

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

let asked = false, again = false;
async function refresh() {
  if (asked) { again = true; return; }
  asked = true;
  try {
    const answer = await fetch("/animation", { credentials: "same-origin" });
    if (answer.ok) { show(new DOMParser().parseFromString(await answer.text(), "text/html")); }
  } catch { /* the server is away: the stream comes back with it, and asks again */ }
  setTimeout(() => { asked = false; if (again) { again = false; refresh(); } }, 400);
}

function show(fresh) {
  if (fresh.body.dataset.version !== document.body.dataset.version) {
    const focused = document.activeElement?.getAttribute("value");
    document.body.dataset.version = fresh.body.dataset.version;
    document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
    if (focused) { document.querySelector(`button[value="${CSS.escape(focused)}"]`)?.focus(); }
    clock();
    return;
  }
  for (const part of fresh.querySelectorAll("[data-vif]")) {
    const here = document.getElementById(part.id);
    if (here && here.innerHTML !== part.innerHTML) { here.replaceChildren(...part.childNodes); }
  }
}

clock();
if (room && window.EventSource) {
  new EventSource("/animation/suivre").addEventListener("message", refresh);
}
