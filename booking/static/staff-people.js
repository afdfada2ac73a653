// The form of a member of staff: what the ticked roles do not need is hidden. Without this script all of it is there.

const boxes = [...document.querySelectorAll('input[type="checkbox"][name="roles"]')];
const parts = [...document.querySelectorAll("[data-for-roles]")];

const show = () => {
  const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
  for (const part of parts) {
    const isNeeded = part.dataset.forRoles.split(" ").some((role) => ticked.includes(role));
    // What somebody has filled in, or is told to mend, never vanishes.
    part.hidden = !isNeeded && !part.querySelector("input:checked, [aria-invalid], .kern-error");
  }
};

for (const box of boxes) box.addEventListener("change", show);
if (boxes.length) show();
