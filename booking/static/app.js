// Small comforts. Every page does all it has to do without this file.

// People who cannot see the page learn at once that something is to be mended.
document.querySelector("[data-error-summary]")?.focus();

// A double click sends a form once. The pause is short, so that a second try
// after a lost connection is never refused; the server copes with doubles anyway.
const PAUSE = 2000;
const busy = new Map();

function release(form) {
  clearTimeout(busy.get(form));
  busy.delete(form);
  for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
}

function hold(form) {
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  busy.set(form, setTimeout(() => release(form), PAUSE));
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (busy.has(event.target)) event.preventDefault();
  else hold(event.target);
});

// Browsers fill a form in again when somebody goes back to it after booking, but it comes with a
// new key. Each entry of the history keeps the key of its form, so that sending it again books once.
// An answer with mistakes has its key from the form that was sent, and touching its entry would make
// a reload forget what was typed.
for (const key of document.querySelectorAll("body:not(:has([data-error-summary])) input[name=once]")) {
  if (history.state?.once) key.value = history.state.once;
  else history.replaceState({ ...history.state, once: key.value }, "");
}

// The page comes back as it was left when somebody goes back in the history.
window.addEventListener("pageshow", () => [...busy.keys()].forEach(release));

// Whoever is in another time zone is offered the times of video and phone calls by the own clock, too.
const zoneOffer = document.querySelector("[data-zone]");
if (zoneOffer) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const winterAndSummer = [0, 182].map((days) => new Date(Date.now() + days * 86_400_000));
  const clock = (timeZone) => winterAndSummer.map((day) => day.toLocaleString("sv", { timeZone })).join();
  if (own && clock(own) !== clock(zoneOffer.dataset.zone)) {
    const address = new URL(location);
    address.searchParams.set("zone", own);
    zoneOffer.querySelector("a").href = address;
    zoneOffer.hidden = false;
  }
}
