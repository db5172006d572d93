import { createParser } from 'eventsource-parser';
import type { Answer } from './graph.ts';

/** An answer of a subscription, with the id that its event had. */
export interface Told {
  id: string | undefined;
  answer: Answer;
}

export interface Followed {
  /** All that was told so far, in order. */
  told: Told[];
  /** Resolves when so much was told; rejects when the stream ends before. */
  until(count: number): Promise<Told[]>;
  /** Resolves when the stream has ended: whether it said that it was complete. */
  ended: Promise<{ isComplete: boolean }>;
  /** The last id that was seen, of an event or of none. */
  lastId(): string | undefined;
  /** Cuts the connection. */
  cut(): void;
}

/**
 * Follows a subscription by server-sent events, as a browser's EventSource reads them, over one connection.
 * Rejects with the answer when there is none.
 */
export async function followEvents(
  url: string,
  query: string,
  {
    variables,
    headers = {},
    lastEventId,
  }: {
    variables?: Record<string, unknown>;
    headers?: Record<string, string>;
    lastEventId?: string | undefined;
  } = {},
): Promise<Followed> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/event-stream') || !response.body) {
    throw new Error(await response.text());
  }
  const told: Told[] = [];
  let lastId = lastEventId;
  let isComplete = false;
  let hasEnded = false;
  let wake: () => void = () => undefined;
  const parser = createParser({
    onEvent({ id, event, data }) {
      if (event === 'complete') isComplete = true;
      if (event === 'next') told.push({ id, answer: JSON.parse(data) as Answer });
      if (id !== undefined) lastId = id;
      wake();
    },
    onComment(comment) {
      if (comment.trim()) lastId = comment.trim();
      wake();
    },
  });
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
    } catch {
      // Cut off: what was told stays.
    }
    hasEnded = true;
    wake();
    return { isComplete };
  };
  const ended = read(response.body);
  return {
    told,
    ended,
    lastId: () => lastId,
    cut: () => leaving.abort(),
    async until(count) {
      while (told.length < count) {
        if (hasEnded) throw new Error(`ended after ${told.length} of ${count}`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return told;
    },
  };
}
