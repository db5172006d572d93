/** English beside Vietnamese; `text` is HTML. */
export const small = (text: string): string => `<small lang="en">${text}</small>`;

/** A text as it stands in HTML, in attributes too. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
