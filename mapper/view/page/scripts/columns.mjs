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

// Where the lists of a column begin among all their items, and where the last ends.
function startsOf(column, rows) {
  const length = columnReader(column.n, rows);
  const start = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) start[row + 1] = start[row] + length(row);
  return start;
}

// Call `tell` with the row and the item for each item of a column of lists, without making the lists.
export function eachItem(column, rows, tell, rowOf = (row) => row) {
  if (column.some) {
    let row = -1;
    const told = column.skip.map((skipped) => (row += skipped + 1));
    eachItem(column.some, told.length, tell, (at) => told[at]);
    return;
  }
  const start = startsOf(column, rows);
  const item = columnReader(column.all, start[rows]);
  for (let row = 0; row < rows; row += 1)
    for (let at = start[row]; at < start[row + 1]; at += 1) tell(rowOf(row), item(at));
}

function listReader(column, rows) {
  const start = startsOf(column, rows);
  const item = column.table ? tableReader(column.table) : columnReader(column.all, start[rows]);
  return (row) => {
    const items = [];
    for (let at = start[row]; at < start[row + 1]; at += 1) items.push(item(at));
    return items;
  };
}

// A table as a function from a row to its record; a field that a record lacks is not there.
function tableReader(table) {
  const readers = Object.entries(table.columns).map(([field, column]) => [field, columnReader(column, table.rows)]);
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

const isCheap = (column) => Array.isArray(column) || "at" in column || "same" in column;

// The records of a long table. They read a field off its column when it is asked for, what is dear to read once:
// of many records, most are never shown. `made(read)` gives the fields that are more than a column's value, as
// functions of the row; `read(field)` is a column's reader.
export function lazyRecords({ columns, rows }, made) {
  class Row {
    constructor(row) {
      this.row = row;
    }
  }
  const read = (field) => (Object.hasOwn(columns, field) ? columnReader(columns[field], rows) : () => null);
  const define = (field, get) => Object.defineProperty(Row.prototype, field, { get });
  const once = (work) => {
    const known = new Array(rows);
    return function get() {
      return (known[this.row] ??= work(this.row)) ?? undefined;
    };
  };
  const fields = made(read);
  for (const [field, work] of Object.entries(fields)) define(field, once(work));
  for (const [field, column] of Object.entries(columns)) {
    if (Object.hasOwn(fields, field)) continue;
    const work = read(field);
    if (!isCheap(column)) define(field, once(work));
    else
      define(field, function get() {
        return work(this.row) ?? undefined;
      });
  }
  const records = new Array(rows);
  for (let row = 0; row < rows; row += 1) records[row] = new Row(row);
  return records;
}
