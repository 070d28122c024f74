// The page's head and foot: what, where, until when, for whom, and under which caveats.

import { reviewWords } from "./changes.mjs";
import { el, said } from "./dom.mjs";
import { daysBetween } from "./i18n.mjs";

const FRESH_DAYS = 3;

export function areaName(info, language) {
  return info.areas[language] ?? Object.values(info.areas)[0] ?? "";
}

function ageWords(days, w) {
  if (days < 60) return w.count("days", days);
  return days < 730 ? w.count("months", Math.floor(days / 30.44)) : w.count("years", Math.floor(days / 365.25));
}

// The sentences a reader must see before trusting the map.
export function notices(info, w, { now, strict, review = w.t("unreviewed") }) {
  const age = info.through ? daysBetween(info.through, now) : 0;
  return [
    !strict && w.t("not_strict"),
    review,
    info.example && w.t("example"),
    age > FRESH_DAYS && w.t("stale", { age: ageWords(age, w) }),
  ].filter(Boolean);
}

export function renderHead(app, nodes) {
  const {
    data: { info },
    w,
  } = app;
  const title = w.t("title", { area: areaName(info, w.language) });
  const through = info.through ? w.t("through", { day: w.day(info.through) }) : w.t("through_unknown");
  document.documentElement.lang = w.language;
  document.title = `${title} · ${through}`;
  nodes.level.textContent = w.known("level", info.level);
  nodes.level.dataset.level = info.level;
  nodes.title.textContent = title;
  nodes.through.textContent = through;
  const review = reviewWords(app.data, w);
  const warnings = notices(info, w, { now: Date.now(), strict: app.strict, review });
  nodes.notices.replaceChildren(
    el(
      "ul",
      { class: "mp-notice" },
      warnings.map((words) => el("li", {}, words)),
    ),
  );
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = w.t(node.dataset.t);
  app.map.getContainer().setAttribute("aria-label", w.t("map_label", { area: areaName(info, w.language) }));
}

export function renderFoot(app, node) {
  const {
    data: { info },
    w,
  } = app;
  const made = [
    info.publisher && w.t("foot.publisher", { value: info.publisher }),
    info.version && w.t("made_with", { version: info.version }),
    info.fingerprint && w.t("fingerprint", { value: info.fingerprint }),
    info.contact && w.t("contact", { value: info.contact }),
  ].filter(Boolean);
  node.replaceChildren(
    el("p", {}, w.known("level_note", info.level)),
    el("p", {}, w.t("boundaries")),
    (info.attributions.length > 0 &&
      el(
        "details",
        {},
        el("summary", {}, w.t("sources")),
        el(
          "ul",
          {},
          info.attributions.map((line) => el("li", {}, said(line))),
        ),
      )) ||
      "",
    el("p", { class: "mp-made" }, said(made.join(" · "))),
  );
}
