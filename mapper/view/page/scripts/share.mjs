// The dialog for sharing: link, citation, picture, records, print. All of it is made on this machine.

import { citation, copyBox, openAddress } from "./cite.mjs";
import { el } from "./dom.mjs";
import { csvText, fileName, geoJson, recordRows, save } from "./download.mjs";
import { makePicture, pngOf } from "./picture.mjs";
import { readyToPrint } from "./print.mjs";
import { recordOf } from "./state.mjs";

// What to send so that others see this view. A page opened from a file has no address that others could
// open, and its folders may name the reader: only the file's own name is passed on.
export function viewLink(address, hash) {
  const [page] = address.split("#");
  const ending = hash ? `#${hash}` : "";
  if (/^https?:/.test(page)) return page + ending;
  const name = page.startsWith("file:") ? page.split(/[\\/]/).pop() : ""; // a notebook's page has no name
  try {
    return decodeURIComponent(name) + ending;
  } catch {
    return name + ending;
  }
}

// What an internal file says of itself, in the words of the page's head.
const handling = ({ data, w }) => (data.info.level === "internal" ? w.known("level", "internal") : "");

const SAVERS = {
  png: async (app, name) => save(name, [await pngOf(makePicture(app))], "image/png"),
  svg: async (app, name) => save(name, [makePicture(app).text], "image/svg+xml"),
  csv: async (app, name) => {
    const rows = recordRows(app.data, app.visible, app.state.get());
    save(name, [csvText(rows, handling(app))], "text/csv;charset=utf-8");
  },
  geojson: async (app, name) => {
    const told = geoJson(app.data, app.visible, app.state.get(), handling(app));
    save(name, [JSON.stringify(told)], "application/geo+json");
  },
};

export function makeShare(app, dialog) {
  const place = document.getElementById("mp-share-open");
  const told = el("p", { class: "mp-share-told", role: "status" });
  const say = (key, facts) => {
    told.textContent = app.w.t(key, facts);
  };

  const saver = (ending) => {
    const click = async () => {
      const name = fileName(app.data.info, ending);
      say("share.making");
      await new Promise((done) => setTimeout(done, 30)); // let the words be seen before the work
      try {
        await SAVERS[ending](app, name);
        say("share.saved", { name });
      } catch {
        say("share.failed");
      }
    };
    return el(
      "button",
      { type: "button", class: "mp-button", "data-save": ending, on: { click } },
      ending === "geojson" ? "GeoJSON" : ending.toUpperCase(),
    );
  };

  const part = (key, ...children) =>
    el("section", { class: "mp-share-part" }, el("h3", {}, app.w.t(`share.${key}`)), children);
  const note = (words) => el("p", { class: "mp-note" }, words);

  const print = () => {
    dialog.close();
    window.print();
  };

  const fill = () => {
    const { data, state, visible, w } = app;
    const { info } = data;
    const record = recordOf(state.get().selected, data);
    const link = viewLink(location.href, app.address());
    const isFile = !/^https?:$/.test(location.protocol);
    const count = (kept, key, kind) =>
      w.count(key, kept.size + visible.undated.filter((one) => one.kind === kind).length);
    const counted = {
      incidents: count(visible.incidents, "incidents", "incident"),
      movements: count(visible.movements, "movements", "movement"),
      level: w.known("level", info.level),
    };
    const cite = (key, cited) =>
      copyBox(app, { label: w.t(key), text: citation(data, w, cited, openAddress(cited)), rows: 6, name: key }).node;
    told.textContent = "";
    dialog.setAttribute("aria-labelledby", "mp-share-title");
    dialog.replaceChildren(
      el(
        "div",
        { class: "mp-share-bar" },
        el("h2", { id: "mp-share-title" }, w.t("share.title")),
        el(
          "button",
          { type: "button", class: "mp-close", "aria-label": w.t("share.close"), on: { click: () => dialog.close() } },
          "×",
        ),
      ),
      ...[
        info.level === "internal" && el("p", { class: "mp-share-warning" }, w.t("share.internal")),
        part(
          "link",
          copyBox(app, { label: w.t("share.link"), text: link, rows: 2, name: "link" }).node,
          note(`${w.t("share.link_note")} ${isFile ? w.t("share.link_file") : ""}`),
        ),
        part(
          record ? "cite_record" : "cite_map",
          cite(record ? "share.cite_record" : "share.cite_map", record ?? null),
        ),
        part(
          "picture",
          el("div", { class: "mp-share-row" }, saver("png"), saver("svg")),
          note(w.t("share.picture_note")),
        ),
        part(
          "records",
          el("div", { class: "mp-share-row" }, saver("csv"), saver("geojson")),
          note(`${w.t("share.records_note", counted)} ${visible.undated.length ? w.t("share.records_undated") : ""}`),
        ),
        part(
          "print",
          el(
            "div",
            { class: "mp-share-row" },
            el("button", { type: "button", class: "mp-button", on: { click: print } }, w.t("share.print")),
          ),
          note(w.t("share.print_note")),
        ),
        part("embed", note(w.t("share.embed_note"))),
      ].filter(Boolean),
      told,
    );
  };

  dialog.addEventListener("click", (event) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const beside = event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
    if (event.target === dialog && beside && event.detail) dialog.close();
  });
  readyToPrint(app);
  const open = () => {
    fill();
    dialog.showModal();
  };
  return {
    render: () => {
      const button = el(
        "button",
        { type: "button", class: "mp-share-button", "aria-haspopup": "dialog", on: { click: open } },
        app.w.t("share.open"),
      );
      if (place.textContent !== button.textContent) place.replaceChildren(button);
      if (dialog.open) fill();
    },
  };
}
