// The programme follows its filters: a change shows at once what fits, and says how many dates there are.
// The focus stays where it is; without this file the button of the form does the same.

const form = document.querySelector("[data-refine]");
const results = document.querySelector("[data-results]");
const news = document.querySelector("[data-news]");
let asking = null;

function wanted() {
  const address = new URL(form.action || location.href);
  address.search = "";
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  return address;
}

async function refine() {
  asking?.abort();
  asking = new AbortController();
  const address = wanted();
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-results]");
    if (!answer.ok || !found) return; // the button still leads to the page that says why
    results.replaceChildren(...found.childNodes);
    history.replaceState(null, "", address);
    news.textContent = results.querySelector("[data-count]")?.textContent ?? "";
  } catch {
    // no connection, or a newer question: the button still works
  }
}

form?.addEventListener("change", (event) => {
  if (event.target.type !== "search") refine(); // words are sent by Enter or the button
});
