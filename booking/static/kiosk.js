// The screen on the wall: fetches its own page again every minute and shows what has changed. While nobody
// answers it keeps what it shows, says since when, and goes on asking: a restart of the server is never seen.

const EVERY = 60_000;
const AGAIN = 10_000;
const LONGEST = 30_000; // a server that hangs is one that does not answer

const wall = () => document.querySelector("[data-wall]");
let offset = Date.parse(wall().dataset.now) - Date.now(); // the clock is that of the house, not of the screen

function tick() {
  const { zone } = wall().dataset;
  const at = new Date(Date.now() + offset);
  const said = new Intl.DateTimeFormat("de", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
  const clock = document.querySelector("[data-clock]");
  const suffix = clock.textContent.replace(/^[0-9:]+/, "");
  if (clock.textContent !== said + suffix) clock.textContent = said + suffix;
  setTimeout(tick, 1000);
}

async function fresh() {
  const answer = await fetch(location.href, {
    credentials: "omit",
    headers: { Accept: "text/html" },
    signal: AbortSignal.timeout(LONGEST),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-wall]");
  if (!page) throw new Error("another page");
  return page;
}

async function refresh() {
  let pause = EVERY;
  try {
    const page = await fresh();
    if (page.dataset.build !== wall().dataset.build) return location.reload(); // a new version, which answers
    offset = Date.parse(page.dataset.now) - Date.now();
    wall().replaceWith(document.adoptNode(page));
  } catch {
    wall().classList.add("is-stale");
    document.querySelector("[data-stale]").hidden = false;
    pause = AGAIN;
  }
  setTimeout(refresh, pause);
}

tick();
setTimeout(refresh, EVERY);
