import { createHash } from 'node:crypto';

/** What a page with this style may do: nothing is loaded from anywhere, and no script runs. */
export const contentSecurityPolicy = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

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
