import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shopifyReader } from './shopify-reader.js';

const folder = join(
  process.env['RAPPIT_CHANNEL_SAMPLES'] ?? join(import.meta.dirname, '../../../../../../shared/channels'),
  'shopify',
);
const samples = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

/** `orders-create.paid-single-line.json` is of the topic `orders/create`; what its topic comes to. */
const topicOf = (file: string): string => (file.split('.')[0] ?? '').replace('-', '/');
const kinds: Readonly<Record<string, string>> = {
  'orders/create': 'order',
  'orders/updated': 'order',
  'inventory_levels/update': 'stock',
  'app/uninstalled': 'disconnected',
  'products/update': 'unused',
};

it('knows what each topic of the samples comes to', () => {
  expect(samples.map(topicOf).filter((topic) => !(topic in kinds))).toEqual([]);
});

/** They aren't part of the repository: where they lie beside it, every one of them is read. */
if (samples.length > 0)
  it.each(samples)('reads %s', (file) => {
    const topic = topicOf(file);
    const read = shopifyReader.read(topic, readFileSync(join(folder, file), 'utf8'));
    expect(read).toMatchObject({ ok: true, value: { kind: kinds[topic] } });
  });
