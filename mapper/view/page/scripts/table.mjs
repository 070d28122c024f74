// The same records as a table, sortable, from which one goes to the map. Of many rows only those near what
// is seen exist; the table says how many there are and which they are.

import { el, said } from "./dom.mjs";
import { isTold } from "./filter.mjs";
import { symbol, swatch } from "./signs.mjs";
import { keyOf } from "./state.mjs";
import { TABLE_COLUMNS, makeSorter, TABLES, windowOf } from "./tablerows.mjs";

const ROW_PX = 56; // until a row has been measured
const FALLING_FIRST = ["when", "killed", "injured", "people", "outlets"];
const OPENS = ["where", "route"]; // the cell whose words open the record

export function makeTable(app, node) {
  const { data, state } = app;
  const sorter = makeSorter(data);
  const sorted = Object.fromEntries(TABLES.map((table) => [table, { key: "when", down: true }]));
  let table = data.incidents.length || !data.movements.length ? "incidents" : "movements";
  let rows = [];
  let drawn = [0, 0];
  let height = ROW_PX;
  let here = 0; // the row that the keyboard stands on
  let top = 0;
  let before = {};

  const kinds = el("div", { class: "mp-table-kinds", role: "group" });
  const told = el("p", { class: "mp-table-said" });
  const live = el("p", { class: "mp-away", role: "status" });
  const caption = el("caption", { class: "mp-away" });
  const head = el("tr", { "aria-rowindex": 1 });
  const body = el("tbody");
  const grid = el("table", {}, caption, el("thead", {}, head), body);
  const scroll = el("div", { class: "mp-table-scroll", tabindex: -1 }, grid);
  node.replaceChildren(el("div", { class: "mp-table-head" }, kinds, told, live), scroll);

  const spacer = (n) => {
    const cell = el("td"); // of one column: it must not count those that have no room
    cell.style.height = `${n * height}px`;
    return n > 0 && el("tr", { class: "mp-table-gap", "aria-hidden": "true" }, cell);
  };

  const sign = (record) =>
    record.kind === "incident"
      ? symbol(record.type, 16)
      : swatch(record.flows.some((flow) => flow.vague) || !record.flows.length ? "flow_vague" : "flow");

  // What must stand by the record where its own column has no room.
  const aside = { what: "assertion", where: "precision", route: "precision" };
  const cell = (record, column, index) => {
    const { w } = app;
    const text = column.words(record, w);
    const words = said(text);
    const beside = TABLE_COLUMNS[table].find((one) => one.key === aside[column.key]);
    const wanted = beside && (beside.key !== "assertion" || !isTold(record));
    const more = wanted && el("span", { class: `mp-cell-more is-${beside.key}` }, said(beside.words(record, w)));
    const attributes = { class: `mp-cell is-${column.key}${column.number ? " is-number" : ""}` };
    if (text === w.t("table.unstated")) words.className = "is-unstated";
    if (OPENS.includes(column.key)) {
      const button = el("button", { type: "button", class: "mp-cell-words", tabindex: index === here ? 0 : -1 }, words);
      return el("th", { ...attributes, scope: "row" }, button, more);
    }
    const shown = column.key === "what" ? [sign(record), words] : words;
    return el("td", attributes, el("span", { class: "mp-cell-words" }, shown), more);
  };

  const row = (record, index) => {
    const chosen = keyOf(record) === state.get().selected;
    return el(
      "tr",
      { class: chosen ? "is-chosen" : null, "aria-current": chosen, "aria-rowindex": index + 2, "data-row": index },
      TABLE_COLUMNS[table].map((column) => cell(record, column, index)),
    );
  };

  const buttonOf = (index) => body.querySelector(`[data-row="${index}"] button`);

  // Draws the rows near what is seen. Focus that stood on a row which goes stays with the table.
  const draw = () => {
    const held = body.contains(document.activeElement);
    drawn = windowOf(rows.length, height, scroll.scrollTop, scroll.clientHeight);
    const [first, last] = drawn;
    const shown = rows.slice(first, last).map((record, i) => row(record, first + i));
    body.replaceChildren(...[spacer(first), ...shown, spacer(rows.length - last)].filter(Boolean));
    const stop = buttonOf(here);
    if (held) (stop ?? scroll).focus({ preventScroll: true });
    if (!stop && shown.length) body.querySelector("[data-row] button").tabIndex = 0;
  };

  const measure = () => {
    const one = body.querySelector("[data-row]");
    if (!one?.offsetHeight || Math.abs(one.offsetHeight - height) < 0.5) return;
    height = one.offsetHeight;
    draw();
  };

  const goTo = (index) => {
    here = Math.max(0, Math.min(rows.length - 1, index));
    const above = head.offsetHeight;
    const at = here * height;
    if (at < scroll.scrollTop) scroll.scrollTop = at;
    else if (at + height + above > scroll.scrollTop + scroll.clientHeight)
      scroll.scrollTop = at + height + above - scroll.clientHeight;
    draw();
    buttonOf(here)?.focus({ preventScroll: true });
  };

  const sortBy = (key) => {
    const now = sorted[table];
    sorted[table] = { key, down: now.key === key ? !now.down : FALLING_FIRST.includes(key) };
    here = scroll.scrollTop = 0;
    fill();
    head.querySelector(`[data-sort="${key}"]`).focus();
    const order = app.w.t(sorted[table].down ? "table.descending" : "table.ascending");
    live.textContent = app.w.t("table.sorted", { column: app.w.t(`table.col.${key}`), order });
  };

  const drawHead = () => {
    const { w } = app;
    const { key: by, down } = sorted[table];
    const columns = TABLE_COLUMNS[table].map(({ key, number }) => {
      const active = key === by;
      return el(
        "th",
        {
          scope: "col",
          class: `mp-cell is-${key}${number ? " is-number" : ""}`,
          "aria-sort": active && (down ? "descending" : "ascending"),
        },
        el(
          "button",
          { type: "button", "data-sort": key, on: { click: () => sortBy(key) } },
          el("span", {}, w.t(`table.col.${key}`)),
          el("span", { class: "mp-sorted", "aria-hidden": "true" }, active ? (down ? "▼" : "▲") : ""),
        ),
      );
    });
    head.replaceChildren(...columns);
    caption.textContent = `${w.t("table.label")}: ${w.t(`table.kind.${table}`)}`;
    grid.className = `mp-grid is-${table}`;
    node.setAttribute("aria-label", w.t("table.label"));
    kinds.setAttribute("aria-label", w.t("table.kinds"));
    kinds.replaceChildren(
      ...TABLES.map((one) =>
        el(
          "button",
          { type: "button", "data-table": one, "aria-pressed": String(one === table), on: { click: () => show(one) } },
          w.t(`table.kind.${one}`),
        ),
      ),
    );
  };

  const show = (one) => {
    table = one;
    here = scroll.scrollTop = 0;
    fill();
    kinds.querySelector(`[data-table="${one}"]`).focus();
  };

  // How many the filters leave, and how many of these have no day to compare.
  const count = (undated) => {
    const { w } = app;
    const part = (left, all, key) =>
      left === all ? w.count(key, all) : w.t("filter.of", { left: w.number(left), all: w.count(key, all) });
    const [left, all] = [rows, data[table]].map((records) => records.filter(isTold).length);
    const [aside, asides] = [rows.length - left, data[table].length - all];
    const words = [part(left, all, table), asides && part(aside, asides, "filter.aside")].filter(Boolean).join(", ");
    const notes = [undated && w.count("table.undated", undated), table === "incidents" && w.t("table.tolls")];
    return [`${words}.`, ...notes].filter(Boolean).join(" ");
  };

  function fill() {
    const { visible, w } = app;
    const undated = new Set(visible.undated.filter(({ kind }) => `${kind}s` === table));
    const order = sorter(table, sorted[table].key, sorted[table].down, w);
    const left = visible[table];
    rows = left.size === order.length ? order : order.filter((record) => left.has(record) || undated.has(record));
    here = Math.max(0, Math.min(here, rows.length - 1));
    grid.setAttribute("aria-rowcount", rows.length + 1);
    drawHead();
    told.textContent = count(undated.size);
    draw();
    measure();
  }

  body.addEventListener("click", (event) => {
    const at = event.target.closest("[data-row]")?.dataset.row;
    if (at === undefined) return;
    here = Number(at);
    buttonOf(here).focus({ preventScroll: true });
    app.select(rows[here], { from: "table" });
  });
  body.addEventListener("focusin", (event) => {
    const at = event.target.closest("[data-row]")?.dataset.row;
    if (at === undefined) return;
    for (const button of body.querySelectorAll("[data-row] button")) button.tabIndex = -1;
    here = Number(at);
    event.target.tabIndex = 0;
  });
  scroll.addEventListener("keydown", (event) => {
    if (event.target.closest("thead") || !rows.length) return;
    const page = Math.max(1, Math.floor((scroll.clientHeight - head.offsetHeight) / height) - 1);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + page, PageUp: here - page };
    const to = { ...steps, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  });
  scroll.addEventListener("scroll", () => {
    if (node.hidden) return;
    top = scroll.scrollTop;
    const [first, last] = windowOf(rows.length, height, top, scroll.clientHeight, 0);
    if (first < drawn[0] || last > drawn[1]) draw();
  });
  new ResizeObserver(() => {
    if (node.hidden) return;
    draw();
    measure();
  }).observe(scroll);

  return {
    render() {
      if (state.get().view !== "table") {
        before.shown = false;
        return;
      }
      const { visible, w } = app;
      const { selected } = state.get();
      if (before.visible !== visible || before.w !== w || before.selected !== selected || !before.shown) fill();
      if (!before.shown) scroll.scrollTop = top;
      before = { visible, w, selected, shown: true };
    },
  };
}
