// Long work in turns: while a map holds many records, the browser draws a frame after each step of the work.

// Steps are functions that draw the page's present state, so that none need be done twice: one that waits is put
// where the newest call wants it. Where the work is short (`isLong` false) all is done at once. `tell` is told
// whether anything still waits.
export function makeTurns(isLong, tell = () => {}) {
  let waiting = [];
  let frame = 0;
  const next = () => {
    frame = waiting.length > 1 ? requestAnimationFrame(next) : 0;
    waiting.shift()?.();
    if (waiting.length) frame ||= requestAnimationFrame(next); // a step may ask for more
    else tell(false);
  };
  const finish = () => {
    while (waiting.length) waiting.shift()();
    tell(false);
  };
  const start = () => {
    tell(true);
    frame ||= requestAnimationFrame(next);
  };
  return {
    run(steps) {
      waiting = [...steps, ...waiting.filter((step) => !steps.includes(step))];
      if (!isLong) finish();
      else start();
    },
    // A step that comes after all others.
    later(step) {
      if (!isLong) return step();
      waiting = [...waiting.filter((other) => other !== step), step];
      start();
    },
    // Whatever waits is done now: before a picture is taken, say.
    finish,
  };
}
