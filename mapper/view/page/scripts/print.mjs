// Printing: the picture of the map takes the map's place, and what is folded opens, while the page is on paper.

import { el } from "./dom.mjs";
import { pictureNode } from "./picture.mjs";

export function readyToPrint(app) {
  let undo = null;
  const before = () => {
    if (undo) return;
    const folded = [...document.querySelectorAll(".mp-side details:not([open])")];
    let paper = null;
    try {
      paper = el("div", { class: "mp-paper" }, pictureNode(app));
    } catch {
      // without a picture the map itself is printed, as the screen shows it
    }
    for (const part of folded) part.open = true;
    if (paper) document.body.append(paper);
    document.body.classList.toggle("has-paper", paper !== null);
    undo = () => {
      for (const part of folded) part.open = false;
      paper?.remove();
      document.body.classList.remove("has-paper");
      undo = null;
    };
  };
  const after = () => undo?.();
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  matchMedia("print").addEventListener("change", ({ matches }) => (matches ? before() : after()));
}
