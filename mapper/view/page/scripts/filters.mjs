// The panel of filters: event type, source, precision, corroboration and assertion.

export function makeFilters(_app, _node) {
  return { render() {} };
}
