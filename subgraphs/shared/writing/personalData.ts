/** What in a text points to a single person, however it is written. */
const patterns: [RegExp, string][] = [
  [/[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/u, 'an e-mail address'],
  // Identity cards have 9 digits, or 12 of which the first is 0: in one run or in groups of three.
  [
    /(?<![\d.,])(\d{9}|\d{12}|0\d{2}([ .]\d{3}){2,3})(?![\d.,]?\d)/u,
    'the number of an identity card',
  ],
  // Ten or eleven digits that begin with 0 or the country's code.
  [/(?<![\d.,])(\(?\+?84\)?|\(?0)(?:[ .)-]{0,2}\d){8,10}(?!\d)/u, 'a telephone number'],
];

/**
 * Says what in a text points to a person, such as `a telephone number`; null when nothing does. A program
 * can't tell whether a name is that of a private person: MODEL, privacy, leaves that to editors.
 */
export function personalData(text: string): string | null {
  return patterns.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
