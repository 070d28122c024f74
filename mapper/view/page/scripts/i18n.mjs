// Words, dates and numbers in the reader's language. Catalogues are flat: key -> sentence with {names}.

// The day arrives as "2021-07-09": read and written as UTC, so that no time zone moves it.
function parseDay(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const day = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? null : day;
}

export function makeWords(catalogues, language) {
  const catalogue = catalogues[language];
  const has = (key) => Object.hasOwn(catalogue, key);
  const t = (key, facts = {}) => {
    if (!has(key)) throw new Error(`no words for ${key} in ${language}`);
    return catalogue[key].replace(/\{(\w+)\}/g, (whole, name) =>
      Object.hasOwn(facts, name) ? String(facts[name]) : whole,
    );
  };
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language, { useGrouping: "always" });
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const shortDays = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  const write = (format, iso) => {
    const day = parseDay(iso);
    return day ? format.format(day) : iso;
  };
  const range = (format, first, last) => {
    const [from, to] = [parseDay(first), parseDay(last)];
    return from && to && from <= to ? format.formatRange(from, to) : `${first} – ${last}`;
  };
  return {
    language,
    has,
    t,
    number: (value) => numbers.format(value),
    count: (key, n) => t(`${key}.${plural.select(n) === "one" ? "one" : "other"}`, { n: numbers.format(n) }),
    day: (iso) => write(days, iso),
    shortDay: (iso) => write(shortDays, iso),
    range: (first, last, short = false) => range(short ? shortDays : days, first, last),
    // What a catalogue may not know (a sub-event type, an actor) is shown as the records have it.
    known: (prefix, value) => (has(`${prefix}.${value}`) ? catalogue[`${prefix}.${value}`] : value),
  };
}

export function daysBetween(iso, now) {
  const day = parseDay(iso);
  return day ? Math.floor((now - day.getTime()) / 86_400_000) : 0;
}
