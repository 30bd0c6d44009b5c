import type { tracing } from '@opentelemetry/sdk-node';

type Exporter = tracing.SpanExporter;
type Span = tracing.ReadableSpan;

/**
 * What may be told of a span, by name, in the old words and the new: whom it was about and how it ended, never a path or a query as it was
 * sent, an address, a header or a value. A statement of PostgreSQL has parameters where its values are; a command of Redis has the values themselves.
 */
const told = new Set([
  ...['http.request.method', 'http.method', 'http.route', 'http.response.status_code', 'http.status_code', 'error.type'],
  ...['server.address', 'server.port', 'net.peer.name', 'net.peer.port', 'url.scheme', 'http.scheme'],
  ...['network.protocol.version', 'http.flavor', 'http.request.resend_count'],
  ...['db.system', 'db.system.name', 'db.name', 'db.namespace', 'db.operation', 'db.operation.name'],
]);
const statements = new Set(['db.statement', 'db.query.text']);

/** Hands spans on without what might be somebody's: messages of errors may quote what was sent. */
export const scrubbing = (exporter: Exporter): Exporter => ({
  export: (spans, done) => exporter.export(spans.map(scrubbed), done),
  forceFlush: async () => exporter.forceFlush?.(),
  shutdown: () => exporter.shutdown(),
});

export const scrubbed = (span: Span): Span => {
  const { attributes, events, status } = span;
  const isPostgres = (attributes['db.system'] ?? attributes['db.system.name']) === 'postgresql';
  const kept = Object.entries(attributes).filter(([name]) => told.has(name) || (isPostgres && statements.has(name)));
  const own = {
    attributes: Object.fromEntries(kept),
    events: events.map(({ attributes: said, ...event }) => ({ ...event, attributes: kindOf(said) })),
    status: { code: status.code },
  };
  // Its context and its times are told by its own methods.
  return Object.create(span, Object.getOwnPropertyDescriptors(own)) as Span;
};

const kindOf = (said: Span['attributes'] | undefined): Span['attributes'] => {
  const kind = said?.['exception.type'];
  return kind === undefined ? {} : { 'exception.type': kind };
};
