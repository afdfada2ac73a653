// Queues move on by themselves: the part of a page that lives is fetched again every few seconds.
// Every page of a queue does all it has to do without this file, with its link "Refresh".

const live = document.querySelector("[data-live]");
const news = document.querySelector("[data-live-news]");
const EVERY = Number(live?.dataset.live) * 1000;
const LONGEST = 120_000;

let pause = EVERY;
let timer = 0;
let isPressed = false;

async function fresh() {
  const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

function show(page) {
  const other = page?.querySelector("[data-live]");
  if (!other || other.dataset.kind !== live.dataset.kind) {
    location.reload(); // the page is another one now: its number is over, or the queue has closed
    return false;
  }
  if (isPressed) return true; // whoever is about to press a button shall hit that one
  document.title = page.title;
  for (const asOf of document.querySelectorAll("[data-live-as-of]"))
    asOf.textContent = page.querySelector("[data-live-as-of]")?.textContent ?? asOf.textContent;
  if (other.innerHTML !== live.innerHTML) replace(other);
  if (other.dataset.said !== live.dataset.said) news.textContent = live.dataset.said = other.dataset.said;
  return true;
}

// The focus stays where it was: on what has the same id.
function replace(other) {
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.replaceChildren(...other.childNodes);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return; // nobody looks: it goes on when somebody does
  try {
    if (!show(await fresh())) return;
    pause = EVERY;
  } catch {
    pause = Math.min(pause * 2, LONGEST); // no connection, or a house under load
  }
  timer = setTimeout(refresh, pause * (0.9 + Math.random() * 0.2));
}

if (live) {
  timer = setTimeout(refresh, EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  document.addEventListener("pointerdown", () => (isPressed = true));
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => (isPressed = false));
}

// Paper: a button that only script can offer.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
