import type { FormattedExecutionResult } from 'graphql';
import { JsonText } from '../execution/JsonText.ts';

/** Writes an answer as JSON. Data that are written already are taken as they are. */
export function stringifyAnswer({ errors, data, extensions }: FormattedExecutionResult): string {
  const parts = [
    ...(errors ? [`"errors":${JSON.stringify(errors)}`] : []),
    ...(data === undefined
      ? []
      : [`"data":${data instanceof JsonText ? data.text : JSON.stringify(data)}`]),
    ...(extensions ? [`"extensions":${JSON.stringify(extensions)}`] : []),
  ];
  // A terminal shows its prompt below.
  return `{${parts.join()}}\n`;
}
