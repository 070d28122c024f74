// The same records as a table, sortable, from which one can go to the map.

export function makeTable(_app, _node) {
  return { render() {} };
}
