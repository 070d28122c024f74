// The dialog for sharing: link, citation, image, print, records as CSV and GeoJSON.

export function makeShare(_app, _node) {
  return { render() {} };
}
