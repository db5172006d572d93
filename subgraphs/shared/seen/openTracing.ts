import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import {
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span as OtelSpan,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import { productVersion } from './productVersion.ts';
import type { Span, SpanDetails, Tracing, TracingConfig } from './tracing.ts';

/** What is left when this process ends is waited for so long. */
const LAST_SPANS_MS = 2_000;
/** That traces do not arrive is told once in so long. */
const TELL_EVERY_MS = 60_000;

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };

/**
 * Makes what records traces and sends them in batches, beside all requests: when nobody takes them they are
 * dropped. Nothing is registered globally, so that no library records anything on its own.
 */
export function openTracing({ endpoint, service, tell }: TracingConfig): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service, 'service.version': productVersion }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(tellingFaults(exporter, tell))],
  });
  const tracer = provider.getTracer('antq-graph', productVersion);
  const underWay = new AsyncLocalStorage<Context>();

  return {
    span<T>(name: string, { kind, attributes, from }: SpanDetails, work: (span: Span) => T): T {
      const parent = from ? contextIn(from) : (underWay.getStore() ?? ROOT_CONTEXT);
      const otel = tracer.startSpan(
        name,
        { kind: kind ? kinds[kind] : SpanKind.INTERNAL, attributes: { ...attributes } },
        parent,
      );
      const span = toSpan(otel);
      const failed = (error: unknown) => {
        span.fail(error instanceof Error ? error.name : 'error');
        otel.end();
      };
      try {
        const result = underWay.run(trace.setSpan(parent, otel), () => work(span));
        if (result instanceof Promise) result.then(() => otel.end(), failed);
        else otel.end();
        return result;
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    headers: () => headersFor(underWay.getStore()),
    async close() {
      const closed = provider.shutdown().catch(() => undefined);
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise((resolve) => (timer = setTimeout(resolve, LAST_SPANS_MS)));
      await Promise.race([closed, tooLate]);
      clearTimeout(timer);
    },
  };
}

const toSpan = (otel: OtelSpan): Span => ({
  name: (name) => void otel.updateName(name),
  set: (attributes) => void otel.setAttributes({ ...attributes }),
  fail: (code) =>
    void otel.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', code),
});

function tellingFaults(exporter: SpanExporter, tell: (line: string) => void): SpanExporter {
  let toldAt = -Infinity;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.error && performance.now() - toldAt > TELL_EVERY_MS) {
          toldAt = performance.now();
          tell('traces: the collector takes none, they are dropped until it does');
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}

/* W3C Trace Context, https://www.w3.org/TR/trace-context/: what is not well-formed is taken for not sent. */

const TRACEPARENT = /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;

function contextIn({ traceparent, tracestate }: IncomingHttpHeaders): Context {
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  if (!given) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = given;
  const spanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(typeof tracestate === 'string' && { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(spanContext)
    ? trace.setSpanContext(ROOT_CONTEXT, spanContext)
    : ROOT_CONTEXT;
}

function headersFor(context: Context | undefined): Record<string, string> {
  const spanContext = context && trace.getSpanContext(context);
  if (!spanContext) return {};
  const { traceId, spanId, traceFlags, traceState } = spanContext;
  const state = traceState?.serialize();
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    ...(state && { tracestate: state }),
  };
}
