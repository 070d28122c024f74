// Which arrows to draw, and how they run. Pure: what is told of the same way shares one arrow, and the
// arrows that meet at a place fan out around it. Lengths in pixels, angles in radians.

const BOW = 0.34; // how far an arrow sets out to its left: the way there and the way back lie apart
const VIA_BOW = 0.12;
const SHORT = 64; // a shorter arrow bows out, so that it is still seen to go from one to the other
const SHORT_BOW = 1.1;
const GAP = 0.3; // between neighbours around one place
const FAN = 3.2; // what a fan may take of the circle, however many arrows share it
const STEPS = 22; // points of a curve, or of a leg between two waypoints
const FREE = 0.28; // of an arrow's length, the most that is left free at each end

// Flows with the same ends and waypoints, in the order of the first of each. Their people are never added up.
export function bundleFlows(flows) {
  const bundles = new Map();
  for (const flow of flows) {
    const via = flow.movement.via ?? [];
    const key = [flow.from.id, ...via.map((place) => place.id), flow.to.id].join(">");
    if (!bundles.has(key)) bundles.set(key, { key, from: flow.from, to: flow.to, via, flows: [] });
    bundles.get(key).flows.push(flow);
  }
  return [...bundles.values()];
}

// Push sorted numbers apart to `gap`, each as near to where it wants to be as all allow.
function pushApart(wanted, gap) {
  const pools = [];
  wanted.forEach((value, i) => {
    let pool = { sum: value - i * gap, n: 1 };
    while (pools.length && pools[pools.length - 1].sum / pools[pools.length - 1].n > pool.sum / pool.n) {
      const before = pools.pop();
      pool = { sum: before.sum + pool.sum, n: before.n + pool.n };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ sum, n }) => Array(n).fill(sum / n)).map((value, i) => value + i * gap);
}

const TURN = 2 * Math.PI;
const turned = (angle) => ((angle % TURN) + TURN) % TURN;

// Angles around one place, spread so that neighbours stand apart; the circle is cut where it is emptiest.
export function spreadAngles(angles) {
  const order = angles.map((angle, i) => ({ angle: turned(angle), i })).sort((a, b) => a.angle - b.angle || a.i - b.i);
  const hole = (k) => turned(order[k].angle - order[(k || order.length) - 1].angle) || (order.length === 1 ? TURN : 0);
  let cut = 0;
  for (let k = 1; k < order.length; k += 1) if (hole(k) > hole(cut)) cut = k;
  const around = [...order.slice(cut), ...order.slice(0, cut).map(({ angle, i }) => ({ angle: angle + TURN, i }))];
  const spread = pushApart(
    around.map(({ angle }) => angle),
    Math.min(GAP, FAN / angles.length),
  );
  const result = [];
  around.forEach(({ i }, k) => {
    result[i] = spread[k];
  });
  return result;
}

const bearing = ([ax, ay], [bx, by]) => Math.atan2(by - ay, bx - ax);
const distance = ([ax, ay], [bx, by]) => Math.hypot(bx - ax, by - ay);
const beside = ([x, y], angle, reach) => [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];

const bowOf = (stops) => {
  if (stops.length > 2) return VIA_BOW;
  return BOW + SHORT_BOW * Math.max(0, 1 - distance(stops[0], stops[1]) / SHORT);
};

function leg(from, out, to, into) {
  const pull = Math.max(0.36 * distance(from, to), SHORT / 3);
  const [p, q] = [beside(from, out, pull), beside(to, into, pull)];
  return Array.from({ length: STEPS }, (_, k) => {
    const t = (k + 1) / STEPS;
    const u = 1 - t;
    const mix = (i) => u ** 3 * from[i] + 3 * u * u * t * p[i] + 3 * u * t * t * q[i] + t ** 3 * to[i];
    return [mix(0), mix(1)];
  });
}

// One path for each arrow { from, to, stops, reach: [start, end] }: `from` and `to` name the places, `stops`
// are where it passes, from origin to destination, and `reach` is what to leave free around those two.
export function layOut(arrows) {
  const ports = new Map(); // place -> [arrow, end]
  const angles = arrows.map(({ from, to, stops }, n) => {
    const [bow, last] = [bowOf(stops), stops.length - 1];
    for (const [place, end] of [
      [from, 0],
      [to, 1],
    ])
      ports.set(place, [...(ports.get(place) ?? []), [n, end]]);
    return [bearing(stops[0], stops[1]) - bow, bearing(stops[last], stops[last - 1]) + bow];
  });
  for (const here of ports.values()) {
    const spread = spreadAngles(here.map(([n, end]) => angles[n][end]));
    here.forEach(([n, end], k) => {
      angles[n][end] = spread[k];
    });
  }
  return arrows.map(({ stops, reach }, n) => {
    const last = stops.length - 1;
    const most = FREE * distance(stops[0], stops[last]);
    const start = beside(stops[0], angles[n][0], Math.min(reach[0], most));
    const end = beside(stops[last], angles[n][1], Math.min(reach[1], most));
    const points = [start, ...stops.slice(1, -1), end];
    const path = [start];
    for (let k = 0; k < last; k += 1) {
      const out = k === 0 ? angles[n][0] : bearing(points[k - 1], points[k + 1]);
      const into = k + 1 === last ? angles[n][1] : bearing(points[k + 2], points[k]);
      path.push(...leg(points[k], out, points[k + 1], into));
    }
    return path;
  });
}
