import { subscribe } from 'node:diagnostics_channel';
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';
import { beforeEnd } from '../logger.js';
import { scrubbing } from './scrubbing.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Traces requests, statements, commands of Redis and outgoing calls, and exports them over OTLP by HTTP, as the standard `OTEL_*` variables
 * say; what is exported tells no more than the log does. To be called before anything of that is loaded.
 */
export const startTracing = (environment: Environment): void => {
  const sdk = new NodeSDK({
    serviceName: environment['OTEL_SERVICE_NAME'] ?? 'rappit',
    // Metrics are scraped and the log is read from standard output: neither goes this way.
    metricReaders: [],
    logRecordProcessors: [],
    spanProcessors: [new tracing.BatchSpanProcessor(scrubbing(exporterOf(environment)))],
    instrumentations: [
      new HttpInstrumentation(),
      new UndiciInstrumentation(),
      // What the queue asks every few seconds belongs to no trace.
      new PgInstrumentation({ requireParentSpan: true }),
      new IORedisInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  loadTraced();
  nameByRoute();
  beforeEnd(() => sdk.shutdown());
};

/** gRPC would bring a client of its own along, and every collector takes HTTP. */
const exporters = { 'http/json': JsonExporter, 'http/protobuf': ProtobufExporter } as const;

const exporterOf = (environment: Environment): tracing.SpanExporter => {
  const asked = environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  const protocol = asked || 'http/protobuf';
  if (Object.hasOwn(exporters, protocol)) return new exporters[protocol as keyof typeof exporters]();
  console.error('OTEL_EXPORTER_OTLP_PROTOCOL: expected http/protobuf or http/json, such as http/protobuf');
  process.exit(2);
};

/** Instrumentation sees what is required, and not what is imported. Both are the same module, which is wrapped once it was required. */
const loadTraced = (): void => {
  const require = createRequire(import.meta.url);
  for (const name of ['node:http', 'node:https']) require(name);
  for (const [owner, name] of [
    ['@rappit/persistence', 'pg'],
    ['@rappit/limits', 'ioredis'],
  ] as const)
    createRequire(import.meta.resolve(owner))(name);
};

/** A request is called by its route, as in the log and the metrics: its path as it was sent isn't told. */
const nameByRoute = (): void => {
  subscribe('tracing:fastify.request.handler:start', (message) => {
    const { route } = message as { readonly route: { readonly url: string | undefined; readonly method: string } };
    if (route.url === undefined) return;
    trace.getActiveSpan()?.setAttribute('http.route', route.url).updateName(`${route.method} ${route.url}`);
  });
};
