// The panel of filters: event type, source, precision, assertion, corroboration; and what they leave, in words.

import { el, said } from "./dom.mjs";
import { countChoices, countFilters, FILTERS, GROUPS, isFiltered, tally, UNSTATED } from "./filter.mjs";
import { symbol, TYPES } from "./signs.mjs";
import { START } from "./state.mjs";

const MANY_CHOICES = 8; // of more choices than these, the rest stands behind a search box
const MOST_CHOICES = 60;
const CHOICE_ORDER = {
  types: TYPES,
  precisions: ["point", "barrio", "parish", "municipality", "vague"],
  assertions: ["none", "rumoured", "threatened", "hypothetical", "denied", "past"],
};

export const CLEARED = Object.fromEntries(FILTERS.map((key) => [key, START[key]]));

// A group's choices in order: [value, records left]. Sources stand by how much they tell.
export function choicesOf(group, counts) {
  const order = CHOICE_ORDER[group];
  const rank = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  const byName = (a, b) => a[0].localeCompare(b[0]);
  return [...counts].sort((a, b) => (order ? rank(a[0]) - rank(b[0]) : b[1] - a[1]) || byName(a, b));
}

export function choiceWords(group, value, data, w) {
  if (value === UNSTATED) return w.t("filter.unstated");
  if (group === "types") return w.known("type", value);
  if (group === "precisions") return w.known("precision", value);
  if (group === "assertions") return w.known("filter.assertion", value);
  return data.reports.some((report) => report.outlet === value) ? value : w.t("filter.no_outlet", { id: value });
}

// "Filtered by event type and days: 2 of 5 incidents, 3 of 15 displacements"; empty where nothing is.
export function filterWords(data, state, visible, w) {
  if (!isFiltered(state)) return "";
  const list = new Intl.ListFormat(w.language, { type: "conjunction" });
  const by = [...GROUPS, "corroborated"].filter((key) => countFilters({ ...CLEARED, [key]: state[key] }));
  if (state.from || state.to) by.push("days");
  const total = tally(data, visible);
  const of = (key, words) => w.t("filter.of", { left: w.number(total[key][0]), all: w.count(words, total[key][1]) });
  const parts = [of("incidents", "incidents"), of("movements", "movements")];
  if (total.aside[0] !== total.aside[1]) parts.push(of("aside", "filter.aside"));
  if (total.mentioned[0] !== total.mentioned[1]) parts.push(of("mentioned", "filter.mentioned"));
  const named = by.map((key) => w.t(`filter.by.${key}`));
  const words = w.t("filter.said", { by: list.format(named), left: parts.join(", ") });
  return visible.undated.length ? `${words} ${w.count("filter.undated", visible.undated.length)}` : words;
}

export function makeFilters(app, node) {
  const { data, state } = app;
  let open = false;
  let query = "";
  let everySource = false;
  let before = "";
  const live = el("p", { class: "mp-filter-live", role: "status" });
  const button = el("button", {
    type: "button",
    class: "mp-filter-button",
    "aria-controls": "mp-filter-panel",
    on: {
      click: () => {
        open = !open;
        if (open && app.phone() && app.nodes.handle.getAttribute("aria-expanded") === "false") app.nodes.handle.click();
        render();
      },
    },
  });
  const panel = el("div", { class: "mp-filter-panel", id: "mp-filter-panel", role: "group", hidden: true });
  const told = el("div", { class: "mp-filter-said" });
  node.replaceChildren(button, told, panel, live);
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open = false;
    render();
    button.focus();
  });

  const clear = () => {
    state.set(CLEARED);
    button.focus();
  };
  const clearButton = (key) =>
    el("button", { type: "button", class: "mp-filter-clear", on: { click: clear } }, app.w.t(key));
  const toggle = (group, value) => {
    const chosen = state.get()[group];
    state.set({ [group]: chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value] });
  };

  const choice = (key, checked, sign, words, n, change) => {
    const { w } = app;
    const box = el("input", { type: "checkbox", "data-choice": key, checked, on: { change } });
    return el(
      "label",
      { class: `mp-choice${n || checked ? "" : " is-empty"}` },
      box,
      sign,
      el("span", { class: "mp-choice-words" }, said(words)),
      el("span", { class: "mp-choice-count" }, w.number(n)),
    );
  };
  const choicesIn = (group, choices) =>
    choices.map(([value, n]) =>
      choice(
        `${group}:${value}`,
        state.get()[group].includes(value),
        group === "types" && el("span", { class: "mp-choice-sign" }, symbol(value, 18)),
        choiceWords(group, value, data, app.w),
        n,
        () => toggle(group, value),
      ),
    );
  const fieldset = (group, ...children) =>
    el("fieldset", { class: "mp-choices" }, el("legend", {}, app.w.t(`filter.group.${group}`)), children);

  const sources = (choices) => {
    const { w } = app;
    if (choices.length <= MANY_CHOICES) return choicesIn("outlets", choices);
    const list = el("div", { class: "mp-choice-list" });
    const fill = () => {
      const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
      const chosen = state.get().outlets;
      const found = choices.filter(([value]) => plain(choiceWords("outlets", value, data, w)).includes(plain(query)));
      const most = query || everySource ? MOST_CHOICES : MANY_CHOICES;
      const shown = found.filter(([value], i) => i < most || chosen.includes(value));
      const rest = found.length - shown.length;
      const more = () => {
        everySource = true;
        fill();
        list.querySelector("input")?.focus();
      };
      list.replaceChildren(
        ...choicesIn("outlets", shown),
        rest && most === MANY_CHOICES
          ? el("button", { type: "button", class: "mp-filter-more", on: { click: more } }, w.count("filter.more", rest))
          : rest
            ? el("p", { class: "mp-note" }, w.count("filter.rest", rest))
            : found.length
              ? ""
              : el("p", { class: "mp-note" }, w.t("filter.no_source")),
      );
    };
    const search = el("input", {
      type: "search",
      class: "mp-choice-search",
      "data-choice": "search",
      "aria-label": w.t("filter.find_source"),
      placeholder: w.t("filter.find_source"),
      on: {
        input: (event) => {
          query = event.target.value;
          fill();
        },
      },
    });
    search.value = query;
    fill();
    return [search, list];
  };

  const drawPanel = () => {
    const { w } = app;
    const counts = countChoices(data, state.get());
    const choices = Object.fromEntries(GROUPS.map((group) => [group, choicesOf(group, counts[group])]));
    const worth = (group) => choices[group].length > 1 || state.get()[group].length > 0;
    const types = worth("types") && fieldset("types", choicesIn("types", choices.types));
    if (types && data.movements.length) types.append(el("p", { class: "mp-note" }, w.t("filter.types_note")));
    panel.setAttribute("aria-label", w.t("filter.panel"));
    panel.replaceChildren(
      ...[
        types,
        worth("outlets") && fieldset("outlets", sources(choices.outlets)),
        worth("precisions") && fieldset("precisions", choicesIn("precisions", choices.precisions)),
        worth("assertions") && fieldset("assertions", choicesIn("assertions", choices.assertions)),
        fieldset(
          "corroborated",
          choice(
            "corroborated",
            state.get().corroborated,
            null,
            w.t("filter.corroborated"),
            counts.corroborated,
            (event) => state.set({ corroborated: event.target.checked }),
          ),
        ),
        el("p", { class: "mp-note" }, w.t("filter.counts_note")),
      ].filter(Boolean),
    );
  };

  const render = () => {
    const { w } = app;
    const now = state.get();
    const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.choice : "";
    const n = countFilters(now);
    button.textContent = n ? w.t("filter.button_n", { n: w.number(n) }) : w.t("filter.button");
    button.classList.toggle("is-on", n > 0);
    button.setAttribute("aria-expanded", String(open));
    panel.hidden = !open;
    if (open) drawPanel();
    else panel.replaceChildren();
    if (focused) [...panel.querySelectorAll("[data-choice]")].find((box) => box.dataset.choice === focused)?.focus();
    const words = filterWords(data, now, app.visible, w);
    told.hidden = !words;
    told.replaceChildren(...(words ? [el("p", {}, words), clearButton("filter.clear")] : []));
    // The time line tells of days itself: here only a change of the other filters is announced.
    const rest = JSON.stringify(FILTERS.filter((key) => key !== "from" && key !== "to").map((key) => now[key]));
    if (before && rest !== before) live.textContent = words || w.t("filter.none");
    before = rest;
  };
  return { render };
}
