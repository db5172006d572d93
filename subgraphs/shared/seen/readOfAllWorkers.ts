import { AggregatorRegistry, type Registry } from 'prom-client';

/** Between a worker that is asked for metrics and the process that started it. */
export interface Exchange {
  metricsWanted?: number;
  metricsOf?: number;
  text?: string;
  reason?: string;
}

/** prom-client gives up after five seconds: that is what clients are told then. */
const NO_ANSWER_MS = 6_000;

/**
 * Makes what reads the metrics of all workers, in one of them: the process that started them asks each, and adds up.
 * Rejects when one of them does not answer.
 */
export function readOfAllWorkers(registry: Registry): () => Promise<string> {
  // Answers that process when it asks.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries(registry);
  const waiting = new Map<number, (exchange: Exchange) => void>();
  let last = 0;
  process.on('message', (message: Exchange) => {
    if (message.metricsOf !== undefined) waiting.get(message.metricsOf)?.(message);
  });
  const ask = () =>
    new Promise<string>((resolve, reject) => {
      const number = (last += 1);
      const end = (exchange: Exchange) => {
        clearTimeout(timer);
        waiting.delete(number);
        if (exchange.text === undefined) reject(new Error(exchange.reason));
        else resolve(exchange.text);
      };
      const timer = setTimeout(() => end({ reason: 'no answer' }), NO_ANSWER_MS);
      waiting.set(number, end);
      process.send?.({ metricsWanted: number } satisfies Exchange);
    });
  let asking: Promise<string> | undefined;
  return () => (asking ??= ask().finally(() => (asking = undefined)));
}
