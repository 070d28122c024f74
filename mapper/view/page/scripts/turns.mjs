// Long work in turns: while a map holds many records, the browser draws a frame after each step of the work.

// Steps are functions that draw the page's present state, so that none need be done twice: one that waits is put
// where the newest call wants it. Where the work is short (`isLong` false) all is done at once.
export function makeTurns(isLong) {
  let waiting = [];
  let frame = 0;
  const next = () => {
    frame = waiting.length > 1 ? requestAnimationFrame(next) : 0;
    waiting.shift()?.();
  };
  const finish = () => {
    while (waiting.length) waiting.shift()();
  };
  return {
    run(steps) {
      waiting = [...steps, ...waiting.filter((step) => !steps.includes(step))];
      if (!isLong) finish();
      else frame ||= requestAnimationFrame(next);
    },
    // A step that comes after all others.
    later(step) {
      if (!isLong) return step();
      waiting.push(step);
      frame ||= requestAnimationFrame(next);
    },
    // Whatever waits is done now: before a picture is taken, say.
    finish,
  };
}
