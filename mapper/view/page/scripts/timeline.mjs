// The time line: a range with two handles over a histogram of incidents and of reports read.

export function makeTimeline(_app, _node) {
  return { render() {} };
}
