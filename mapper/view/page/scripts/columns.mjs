// Tables written as columns, read back into records. See mapper/view/columns.py.

// A column's value for each of its rows; null or undefined where the row lacks the field.
export function readColumn(column, rows) {
  if (Array.isArray(column)) return column;
  if ("same" in column) return new Array(rows).fill(column.same);
  if ("words" in column) return readColumn(column.at, rows).map((place) => column.words[place]);
  if ("each" in column) {
    const parts = column.each.map((part) => readColumn(part, rows));
    return Array.from({ length: rows }, (_, row) => parts.map((part) => part[row]));
  }
  if ("n" in column) return readLists(column, rows);
  const spread = new Array(rows).fill(null);
  const some = readColumn(column.some, column.skip.length);
  let row = -1;
  column.skip.forEach((skipped, i) => {
    row += skipped + 1;
    spread[row] = some[i];
  });
  return spread;
}

function readLists(column, rows) {
  const lengths = readColumn(column.n, rows);
  const all = column.table ? readTable(column.table) : readColumn(column.all, lengths.reduce((sum, n) => sum + n, 0));
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return all.slice(end - length, end);
  });
}

// The records of a table. A field that a record lacks is not there.
export function readTable(table) {
  const records = Array.from({ length: table.rows }, () => ({}));
  for (const [field, column] of Object.entries(table.columns))
    readColumn(column, table.rows).forEach((value, row) => {
      if (value !== null && value !== undefined) records[row][field] = value;
    });
  return records;
}
