import type { IncomingHttpHeaders } from 'node:http';
import { UserError } from '../UserError.ts';

/** What is said of a part of the work: never what clients sent, but for names and numbers of ours. */
export interface SpanDetails {
  /** `server` answers somebody, `client` asks somebody. */
  kind?: 'server' | 'client';
  attributes?: Readonly<Record<string, string | number>>;
  /** The headers of the request that it answers: they may name the trace that it belongs to. */
  from?: IncomingHttpHeaders;
}

/** A part of the work that is under way. */
export interface Span {
  name(name: string): void;
  set(attributes: Readonly<Record<string, string | number>>): void;
  /** It did not do what it was to. */
  fail(code: string): void;
}

/** Records which parts the work has, how long each takes, and which belongs to which. */
export interface Tracing {
  span<T>(name: string, details: SpanDetails, work: (span: Span) => T): T;
  /** Headers that let whoever is asked now go on with the trace. */
  headers(): Record<string, string>;
  close(): Promise<void>;
}

export interface TracingConfig {
  /** Where traces are sent to, by OTLP over HTTP. */
  endpoint: string;
  /** What this process is called there, unless OTEL_SERVICE_NAME says it. */
  service: string;
  /** Takes one line for whoever runs the service. */
  tell(line: string): void;
}

/** One for the whole process: what is under way is known by it wherever the work leads. */
let tracing: Tracing | undefined;

const UNTRACED: Span = { name() {}, set() {}, fail() {} };

/** Does work, as a part of the trace that is under way; where there is none, it is just done. */
export const traced = <T>(name: string, details: SpanDetails, work: (span: Span) => T): T =>
  tracing ? tracing.span(name, details, work) : work(UNTRACED);

export const isTracing = (): boolean => tracing !== undefined;

/** Headers that go with what is asked now; undefined where nobody traces. */
export const traceHeaders = (): Record<string, string> | undefined => tracing?.headers();

/**
 * Loads what traces need, and records them from now on. Gives what ends it, with the last ones sent.
 * Rejects with a UserError when their packages are not installed.
 */
export async function startTracing(config: TracingConfig): Promise<() => Promise<void>> {
  const { openTracing } = await import('./openTracing.ts').catch((error: unknown) => {
    throw new UserError(
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, but the packages that traces need are not installed: run "npm ci" without --omit=optional, or leave it empty',
      [],
      { cause: error },
    );
  });
  const opened = openTracing(config);
  tracing = opened;
  return async () => {
    tracing = undefined;
    await opened.close();
  };
}
