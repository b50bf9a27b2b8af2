/* « Écouter »: reads aloud what a button holds in `data-said`, in French, with the voice of this machine. */
(function () {
  "use strict";
  if (!("speechSynthesis" in window)) { return; }
  document.documentElement.classList.add("kpa-speaks");
  let speaking = null;

  function stop() {
    window.speechSynthesis.cancel();
    if (speaking) { speaking.textContent = "Écouter"; }
    speaking = null;
  }

  function french() {
    const voices = window.speechSynthesis.getVoices().filter((each) => each.lang.startsWith("fr"));
    return voices.find((each) => each.localService) ?? voices[0] ?? null;
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-said]") : null;
    const again = button && button === speaking;
    stop();
    if (!button || again) { return; }
    const said = new SpeechSynthesisUtterance(button.dataset.said);
    said.lang = "fr-FR";
    said.voice = french();
    said.rate = 0.9;
    said.onend = said.onerror = () => { if (speaking === button) { stop(); } };
    speaking = button;
    button.textContent = "Arrêter";
    window.speechSynthesis.speak(said);
  });
  window.addEventListener("pagehide", stop);
})();
