// Tables written as columns, read back into records. See mapper/view/columns.py.

const FIRST_WORD = 0x100;
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

// A text whose signs stand for words.
export function decodeWords(text, words) {
  const said = [];
  for (const sign of text) {
    const code = sign.codePointAt(0);
    said.push(words[code - FIRST_WORD - (code < FIRST_SURROGATE ? 0 : SURROGATES)]);
  }
  return said.join(" ");
}

// A column as a function from a row to its value, null where the row lacks the field.
export function columnReader(column, rows) {
  if (Array.isArray(column)) return (row) => column[row];
  if ("same" in column) return () => column.same;
  if ("signs" in column)
    return (row) => (column.signs[row] === null ? null : decodeWords(column.signs[row], column.words));
  if ("words" in column) return (row) => column.words[column.at[row]];
  if ("each" in column) {
    const parts = column.each.map((part) => columnReader(part, rows));
    return (row) => parts.map((part) => part(row));
  }
  if ("n" in column) return listReader(column, rows);
  const some = columnReader(column.some, column.skip.length);
  const place = new Int32Array(rows).fill(-1);
  let row = -1;
  column.skip.forEach((skipped, i) => {
    row += skipped + 1;
    place[row] = i;
  });
  return (at) => (place[at] < 0 ? null : some(place[at]));
}

function listReader(column, rows) {
  const length = columnReader(column.n, rows);
  const start = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) start[row + 1] = start[row] + length(row);
  const item = column.table ? tableReader(column.table) : columnReader(column.all, start[rows]);
  return (row) => {
    const items = [];
    for (let at = start[row]; at < start[row + 1]; at += 1) items.push(item(at));
    return items;
  };
}

// A table as a function from a row to its record, without the fields `but`; one that a record lacks is not there.
export function tableReader(table, but = []) {
  const fields = Object.entries(table.columns).filter(([field]) => !but.includes(field));
  const readers = fields.map(([field, column]) => [field, columnReader(column, table.rows)]);
  return (row, record = {}) => {
    for (const [field, read] of readers) {
      const value = read(row);
      if (value !== null && value !== undefined) record[field] = value;
    }
    return record;
  };
}

export function readTable(table) {
  const read = tableReader(table);
  return Array.from({ length: table.rows }, (_, row) => read(row));
}
