// The timer of a hold: counts down, says so politely, and extends without leaving the page.
// Without this file the page tells until when the places are kept, and its buttons do the same.

const timer = document.querySelector("[data-timer]");
const form = timer.closest("form");
const heading = timer.querySelector("h2");
const clock = timer.querySelector("[data-clock]");
const giveUp = timer.querySelector("[data-give-up]");
const announce = timer.querySelector("[data-announce]");
const extensions = timer.querySelector("[data-extensions]");
const SPOKEN = new Map([[600, 10], [300, 5], [120, 2]]);

let given, began, said;
let isAsking = false;

// The one clock stands still while some devices sleep, the other one may be set: the later counts.
function start(seconds) {
  given = said = Number(seconds);
  began = [performance.now(), Date.now()];
}

function seconds() {
  const passed = Math.max(performance.now() - began[0], Date.now() - began[1]);
  return Math.max(0, Math.round(given - passed / 1000));
}

function say(text) {
  announce.textContent = "";
  requestAnimationFrame(() => { announce.textContent = text; });
}

// Whoever stands on a button that goes is led to what says why.
function hide(button, reason) {
  const isFocused = document.activeElement === button;
  button.hidden = true;
  if (!isFocused) return;
  reason.tabIndex = -1;
  reason.focus();
}

function tick() {
  const now = seconds();
  const left = timer.querySelector("[data-left]");
  if (left) left.textContent = now ? `(${Math.floor(now / 60)}:${String(now % 60).padStart(2, "0")})` : "";
  for (const [mark, minutes] of SPOKEN) {
    if (said > mark && now <= mark && now > 0) say(timer.dataset.said.replace("{minutes}", minutes));
  }
  if (said > 60 && now <= 60 && now > 0) say(timer.dataset.last);
  timer.classList.toggle("timer--soon", now > 0 && now <= 120);
  if (said > 0 && now === 0) {
    say(timer.dataset.over);
    heading.textContent = timer.dataset.ended;
    clock.textContent = timer.dataset.over;
    hide(giveUp, clock);
  }
  said = now;
}

async function extend(button) {
  const body = new FormData(form, button);
  isAsking = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-timer]");
    if (!answer.ok || !fresh) throw new Error(String(answer.status));
    start(fresh.dataset.seconds);
    extensions.textContent = fresh.querySelector("[data-extensions]").textContent;
    heading.textContent = fresh.querySelector("h2").textContent;
    clock.replaceChildren(...fresh.querySelector("[data-clock]").childNodes);
    if (!fresh.querySelector("[data-extend]")) hide(button, extensions);
    giveUp.hidden = false;
    tick();
    say(timer.dataset.extended);
  } catch {
    button.removeAttribute("data-extend"); // the next press sends the whole form, which tells what is wrong
    say(timer.dataset.failed);
  } finally {
    isAsking = false;
  }
}

form.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("data-extend")) return;
  event.preventDefault();
  if (!isAsking) extend(event.submitter);
}, { capture: true });

start(timer.dataset.seconds);
setInterval(tick, 1000);
document.addEventListener("visibilitychange", tick); // a sleeping phone wakes up late
tick();
