import { expect } from 'vitest';

interface Answer {
  errors?: { extensions: Record<string, unknown> }[];
}

/** An answer as it would be to any request: the ids in its errors, which must be that of this request, are taken out. */
export function withoutRequestIds<TAnswer extends Answer>(
  answer: TAnswer,
  { headers }: Response,
): TAnswer {
  for (const { extensions } of answer.errors ?? []) {
    if (extensions?.['requestId'] === undefined) continue;
    expect(extensions['requestId']).toBe(headers.get('x-request-id'));
    delete extensions['requestId'];
  }
  return answer;
}
