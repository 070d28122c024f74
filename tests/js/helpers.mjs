// Words for tests: the real catalogues, read from the page's own files.

import { readFileSync } from "node:fs";
import { makeWords } from "../../mapper/view/page/scripts/i18n.mjs";

const read = (language) =>
  JSON.parse(readFileSync(new URL(`../../mapper/view/page/i18n/${language}.json`, import.meta.url), "utf8"));

export const catalogues = { en: read("en"), es: read("es") };
export const words = (language) => makeWords(catalogues, language);
