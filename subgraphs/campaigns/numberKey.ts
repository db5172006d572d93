/** A document number as numbers are compared: case, spaces and the width of hyphens do not matter. */
export function numberKey(number: string): string {
  return number.normalize('NFC').replace(/\s+/g, '').replace(/[‐-―]/g, '-').toLowerCase();
}
