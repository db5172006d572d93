const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of bytes, without the mark that files may begin with; null when they are not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

export const NOT_UTF8 = {
  code: 'INVALID',
  message: 'is not UTF-8: save the file as UTF-8 and send the row again',
  field: '',
};
