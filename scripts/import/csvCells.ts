/** What spreadsheets take for a formula at the beginning of a cell. */
const FORMULA = /^[=+\-@\t\r]/;
const ESCAPED = /^'[=+\-@\t\r]/;

/** A cell as it is written: no spreadsheet takes it for a formula, and readCellText() gives back what it was. */
export function writeCell(text: string, delimiter: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /["\r\n]/.test(safe) || safe.includes(delimiter)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** What a cell says: in NFC, trimmed, without the sign that keeps it from being a formula. */
export const readCellText = (text: string) =>
  (ESCAPED.test(text) ? text.slice(1) : text).normalize('NFC').trim();
