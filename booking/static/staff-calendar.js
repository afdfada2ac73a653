// The calendar of staff: draws the rows of the plan in columns of people or rooms. Dropping a date leads to the form
// that moves it, filled in with the new time; nothing changes before that form is sent. Whoever uses no mouse has the
// plan, which says the same.

const box = document.getElementById("calendar");
const narrow = matchMedia("(max-width: 40rem)").matches;
const VIEWS = { day: "resourceTimeGridDay", week: "resourceTimelineWeek" };
const LIST = { day: "listDay", week: "listWeek" };

const wall = (date) => {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

// The grid bears roles of a table that no screen reader can follow; the plan beside it is the accessible one.
function mend() {
  for (const one of box.querySelectorAll(".ec, .ec *")) {
    if (/^(table|rowgroup|row|columnheader|rowheader|cell|list|listitem)$/.test(one.getAttribute("role") ?? "")) one.removeAttribute("role");
    for (const name of ["aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount", "aria-colspan"]) one.removeAttribute(name);
  }
  for (const one of box.querySelectorAll(".ec-main, .ec-body")) {
    const scrolls = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
    if (scrolls && one.tabIndex < 0) one.tabIndex = 0;
  }
  const grid = box.querySelector(".ec");
  grid?.setAttribute("role", "group");
  grid?.setAttribute("aria-labelledby", "calendar-title");
}

// A slot moves with the booking of its party, to an instant; a date has a form, with its own clock.
function formOf({ event, oldEvent, oldResource, newResource }) {
  const { move, what, instant } = event.extendedProps;
  const form = new URL(move, location.href);
  if (what === "slot") {
    const moved = new Date(Date.parse(instant) + (event.start - oldEvent.start));
    form.searchParams.set("start", `${moved.toISOString().slice(0, 16)}Z`);
    return form;
  }
  const [day, at] = wall(event.start).split("T");
  form.searchParams.set("day", day);
  form.searchParams.set("at", at);
  if (newResource && box.dataset.group === "room") form.searchParams.set("place", newResource.id);
  if (newResource && box.dataset.group !== "room") {
    form.searchParams.set("instead", oldResource?.id ?? "0");
    form.searchParams.set("host", newResource.id);
  }
  return form;
}

function ask(info) {
  info.revert();
  location.assign(formOf(info));
}

function drawn(row) {
  const isMovable = Boolean(row.move);
  return {
    ...row,
    editable: isMovable,
    startEditable: isMovable,
    durationEditable: false,
    classNames: [`calendar__${row.what}`, row.isOff ? "calendar__off" : "", isMovable ? "calendar__movable" : ""].filter(Boolean),
    extendedProps: { move: row.move, href: row.href, what: row.what, instant: row.instant },
  };
}

// The time, and a link where there is a page: what a keyboard reaches is a link, not a box that can be dragged.
function content({ event, view }) {
  if (event.display === "background") return "";
  const time = document.createElement("span");
  time.className = "calendar__time";
  time.textContent = `${wall(event.start).slice(11)}–${wall(event.end).slice(11)}`;
  const title = document.createElement(event.extendedProps.href ? "a" : "span");
  title.className = "calendar__title";
  if (event.extendedProps.href) Object.assign(title, { href: event.extendedProps.href, draggable: false });
  if (view.type.startsWith("resourceTimeline")) title.tabIndex = -1; // it lies anywhere in days of hours: the plan lists it
  title.textContent = event.title;
  return { domNodes: [time, document.createTextNode(" "), title] };
}

// The opening hours, and whole hours more for what begins before or ends after them.
function limits(events) {
  const hour = (clock) => Number(clock.slice(0, 2));
  const ends = events.map((one) => (one.end.slice(0, 10) > one.start.slice(0, 10) ? 24 : Math.ceil(hour(one.end.slice(11)) + Number(one.end.slice(14, 16)) / 60)));
  const from = Math.min(hour(box.dataset.from), ...events.map((one) => hour(one.start.slice(11))));
  const to = Math.max(hour(box.dataset.to), ...ends);
  const clock = (number) => `${String(number).padStart(2, "0")}:00`;
  return { slotMinTime: clock(from), slotMaxTime: clock(to), scrollTime: clock(from) };
}

async function draw() {
  const answer = await fetch(box.dataset.href, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const { language, date, span, resources, events } = await answer.json();
  const shown = events.map(drawn);
  window.EventCalendar.create(box, {
    view: (narrow ? LIST : VIEWS)[span],
    date,
    locale: language,
    slotLabelFormat: (time) => wall(time).slice(11),
    firstDay: 1,
    height: narrow ? "auto" : "38rem",
    headerToolbar: { start: "", center: "", end: "" },
    allDaySlot: false,
    slotHeight: 44, // half an hour bears the time and one line of the title
    columnWidth: resources.length > 6 ? "9rem" : undefined,
    ...limits(shown.filter((one) => one.display !== "background")),
    nowIndicator: Intl.DateTimeFormat().resolvedOptions().timeZone === box.dataset.wall,
    editable: false,
    resources,
    events: narrow ? shown.filter((one) => one.display !== "background") : shown,
    eventContent: content,
    eventDrop: ask,
  });
  mend();
  new MutationObserver(mend).observe(box, { subtree: true, childList: true });
}

draw().catch(() => (document.querySelector("[data-calendar-fault]").hidden = false));
