// The count of who is in the house: asks for its own page again now and then and shows what has changed. It stops
// while the page is hidden, and half an hour after the last key or tap: a desk that nobody attends signs itself out.

const EVERY = 60_000;
const ATTENDED = 30 * 60_000;
const LONGEST = 20_000;

let touched = Date.now();
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => (touched = Date.now()), { passive: true });

async function refresh() {
  const shown = document.querySelector("[data-live]");
  const isWatched = document.visibilityState === "visible" && Date.now() - touched < ATTENDED;
  if (shown && isWatched && !shown.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(LONGEST) });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      const fresh = page.querySelector("[data-live]");
      if (fresh) shown.replaceWith(document.adoptNode(fresh));
    } catch {
      // the count says as of when it is; the next round tries again
    }
  }
  setTimeout(refresh, EVERY);
}

if (document.querySelector("[data-live]")) setTimeout(refresh, EVERY);
