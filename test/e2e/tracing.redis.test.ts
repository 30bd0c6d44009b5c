import { randomBytes } from 'node:crypto';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { freshDatabase } from '../database.js';
import { leaksIn } from '../markers.js';
import { startRedis, type TestRedis } from '../redis.js';
import { startProcess } from './app-process.js';
import { rappit } from './command.js';
import { dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';
import { type Span, startTraceReceiver } from './trace-receiver.js';

const [SERVER, CLIENT] = [2, 3];

/** Asks an app that exports its traces for orders and for a label, and ends it: what it has traced is exported by then. */
describe('the traces of an app', () => {
  const traceId = randomBytes(16).toString('hex');
  let around: readonly [DhlSimulator, FedexSimulator, TestRedis];
  let spans: readonly Span[];
  let received: string;
  beforeAll(async () => {
    around = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys), startRedis()]);
    const [dhl, fedex, redis] = around;
    const receiver = await startTraceReceiver();
    const app = await startProcess({
      ...environmentOf({ database: await freshDatabase(), dhl, fedex }),
      REDIS_URL: redis.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    });
    const shop = await openShop(app);
    const headers = { authorization: `Bearer ${shop.client.token}`, traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    await (await fetch(`${app.apiUrl}/orders?limit=5`, { headers })).text();
    const [order] = await shop.orders(1);
    expect((await shop.ship(order ?? '', 'dhl')).status).toBe(201);
    await app.kill('SIGTERM');
    received = receiver.received();
    spans = receiver.spans();
    await receiver.stop();
  });
  afterAll(async () => {
    const [dhl, fedex, redis] = around;
    await Promise.all([dhl.close(), fedex.close(), redis.stop()]);
  });

  const named = (name: string): readonly Span[] => spans.filter((span) => span.name === name);
  const below = (span: Span | undefined): readonly Span[] =>
    spans.filter(({ traceId: of, parentSpanId }) => span && of === span.traceId && parentSpanId === span.spanId);

  it('go on with that of whoever asks, call a request by its route, and say how it ended', () => {
    const [list] = named('GET /api/v1/orders');
    expect(list).toMatchObject({ traceId, parentSpanId: 'b'.repeat(16), kind: SERVER });
    expect(list?.attributes).toMatchObject({ 'http.route': '/api/v1/orders' });
    expect(list?.attributes['http.status_code'] ?? list?.attributes['http.response.status_code']).toBe('200');
  });

  it('have the statements, the commands of Redis and the calls to a carrier that belong to a request', () => {
    const systems = below(named('GET /api/v1/orders')[0]).map(
      ({ attributes }) => attributes['db.system'] ?? attributes['db.system.name'],
    );
    expect(new Set(systems)).toEqual(new Set(['postgresql', 'redis']));
    const [dhl] = around;
    const calls = below(named('POST /api/v1/orders/:id/shipments')[0]).filter(
      ({ kind, attributes }) => kind === CLIENT && 'server.port' in attributes && 'http.request.method' in attributes,
    );
    expect(calls.map(({ attributes }) => attributes['server.port'])).toEqual([new URL(dhl.baseUrl).port]);
  });

  it('have none of what the queue asks by itself', () => {
    expect(spans.filter(({ parentSpanId, kind }) => parentSpanId === undefined && kind !== SERVER)).toEqual([]);
  });

  it('tell of nobody: no path as it was sent, no query, no value, no header', () => {
    expect(leaksIn('its traces', received)).toEqual([]);
    expect(received).not.toMatch(/limit=5|url\.full|url\.path|http\.url|http\.target|user_agent/);
    expect(received).not.toContain(around[0].baseUrl);
  });

  it('are not begun over a protocol that we don’t speak', async () => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    const { code, said } = await rappit(environment, 'help');
    expect([code, said]).toEqual([
      2,
      'OTEL_EXPORTER_OTLP_PROTOCOL: expected http/protobuf or http/json, such as http/protobuf\n',
    ]);
  });
});
