// The map in words, for those who do not see it: how much it shows, where most of it is, who left for where.

import { isTold } from "./filter.mjs";
import { flowWords, placeName } from "./words.mjs";

const BUSIEST = 5;
const SOME_FLOWS = 5;

export function summaryWords(data, visible, w) {
  const told = [...visible.incidents].filter(isTold).length;
  const moved = [...visible.movements].filter(isTold).length;
  const zones = [...visible.zones.keys()].filter((zone) => zone.shape !== "adjacent" && zone.shape !== "municipality");
  const counts = { zones: w.count("zones", zones.length), incidents: w.count("incidents", told) };
  const sentences = [w.t("maptext.shows", { ...counts, movements: w.count("movements", moved) })];
  const busiest = [...visible.marks]
    .sort(([, some], [, others]) => others.length - some.length)
    .slice(0, BUSIEST)
    .map(([mark, left]) => `${placeName(mark.place, w)} (${w.number(left.length)})`);
  if (busiest.length) sentences.push(w.t("maptext.busiest", { places: busiest.join(", ") }));
  const flows = data.flows.filter((flow) => visible.flows.has(flow));
  if (flows.length) {
    const routes = flows
      .slice(0, SOME_FLOWS)
      .map((flow) => `${placeName(flow.from, w)} → ${placeName(flow.to, w)} (${flowWords(flow, w)})`);
    const more = flows.length - routes.length;
    sentences.push(w.t("maptext.flows", { routes: routes.join("; ") }));
    if (more) sentences.push(w.t("maptext.more", { n: w.number(more) }));
  }
  sentences.push(w.t("no_mark"), w.t("maptext.list"));
  return sentences.join(" ");
}

export function renderSummary(app, node) {
  node.textContent = summaryWords(app.data, app.visible, app.w);
  app.map.getContainer().setAttribute("aria-describedby", node.id);
}
