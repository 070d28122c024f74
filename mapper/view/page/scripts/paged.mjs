// Long lists in parts: some records first, more of them on request.

import { el } from "./dom.mjs";

const grown = new Map(); // how much of a long list the reader has asked for, kept while the page is open

// The first `most` of a long list, and a button for as many more.
export function paged(app, items, most, draw, { key, list = () => el("div") }) {
  const { w } = app;
  const box = list();
  let drawn = 0;
  const more = el("button", { type: "button", class: "mp-more" });
  const grow = (to) => {
    const added = items.slice(drawn, to).map(draw);
    box.append(...added);
    drawn = Math.min(to, items.length);
    more.hidden = drawn >= items.length;
    more.textContent = w.t("evidence.more", {
      n: w.number(Math.min(most, items.length - drawn)),
      left: w.number(items.length - drawn),
    });
    return added[0];
  };
  grow(grown.get(key) ?? most);
  more.addEventListener("click", () => {
    grown.set(key, drawn + most);
    const first = grow(drawn + most);
    const target = first.querySelector("[data-rove]") ?? first;
    target.tabIndex = -1;
    target.focus();
  });
  return items.length > most ? [box, more] : box;
}
