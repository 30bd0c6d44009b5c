import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { channelsCommand, readFolder } from './read-channels.js';

const woo = {
  id: 727,
  number: '727',
  status: 'processing',
  currency: 'USD',
  date_modified_gmt: '2026-11-01T10:00:00',
  total: '30.00',
  billing: { first_name: 'Noura', last_name: 'Quokka', email: 'noura@quokka.example' },
  line_items: [{ id: 315, quantity: 3, subtotal: '30.00', total: '30.00', sku: 'MUG' }],
};
const shopify = {
  id: 1,
  name: '#1001',
  currency: 'USD',
  updated_at: '2026-11-01T10:00:00Z',
  total_price: '4.50',
  line_items: [{ id: 11, quantity: 1, price: '4.50' }],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payloads-'));
});
afterEach(async () => {
  process.exitCode = undefined;
  jest.restoreAllMocks();
  await rm(folder, { recursive: true });
});
const put = (file: string, body: unknown): Promise<void> =>
  writeFile(join(folder, file), typeof body === 'string' ? body : JSON.stringify(body));

/** What a run of the command prints, and how it ends. */
const run = async (...args: readonly string[]) => {
  const lines: string[] = [];
  for (const stream of ['log', 'error'] as const)
    jest.spyOn(console, stream).mockImplementation((...said: readonly unknown[]) => void lines.push(said.map(String).join(' ')));
  await channelsCommand(undefined, args);
  return { lines, exitCode: process.exitCode };
};

describe('rappit channels read', () => {
  it('says what became of each file, and of nobody who they are', async () => {
    await put('order.updated.json', woo);
    await put('order.created.unpaid.json', { ...woo, status: 'pending' });
    await put('product.updated.json', { id: 93, manage_stock: true, stock_quantity: 7 });
    await put('coupon.created.json', {});
    await put('notes.txt', 'no payload');
    const { lines, exitCode } = await run('read', '--kind', 'woocommerce', '--dir', folder);
    expect(lines).toEqual([
      'coupon.created.json  coupon.created  unused  ',
      'order.created.unpaid.json  order.created  doubtful  727 is read again by its id',
      'order.updated.json  order.updated  order  727, 1 lines, 3 units, 30.00 USD, processing',
      'product.updated.json  product.updated  stock  93 shows 7',
      '4 files read, 0 of them unreadable',
    ]);
    expect(exitCode).toBeUndefined();
  });

  it('ends with 1 when one can’t be read, and reads the others all the same', async () => {
    await put('orders-create.json', shopify);
    await put('orders-updated.broken.json', { ...shopify, total_price: 'free' });
    const { lines, exitCode } = await run('read', '--kind', 'shopify', '--dir', folder, '--json');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        file: 'orders-create.json',
        topic: 'orders/create',
        outcome: 'order',
        detail: expect.stringContaining('#1001, 1 lines, 1 units, 4.50 USD'),
      },
      { file: 'orders-updated.broken.json', topic: 'orders/updated', outcome: 'unreadable', detail: 'at total_price' },
    ]);
    expect(exitCode).toBe(1);
  });

  it('takes the topic of all of them from whoever asks', async () => {
    await put('a.json', woo);
    expect(await readFolder('woocommerce', folder, 'order.created')).toMatchObject([
      { topic: 'order.created', outcome: 'order' },
    ]);
  });

  it.each([
    [['read', '--kind', 'magento', '--dir', '.']],
    [['read', '--kind', 'shopify']],
    [['write', '--kind', 'shopify', '--dir', '.']],
  ])('says how it is asked: %j', async (args) => {
    const { lines, exitCode } = await run(...args);
    expect([lines, exitCode]).toEqual([['expected: rappit channels read --kind shopify|woocommerce --dir DIR'], 1]);
  });

  it('says that a folder holds nothing to read', async () => {
    const { lines, exitCode } = await run('read', '--kind', 'shopify', '--dir', folder);
    expect([lines, exitCode]).toEqual([['there is no *.json in that folder'], 1]);
  });
});

/** Bodies that shops publish. They aren't part of the repository: where they lie beside it, they are read too. */
const samples = join(import.meta.dirname, '../../../../../shared/channels');

if (existsSync(samples)) {
  it.each(['shopify', 'woocommerce'] as const)('every sample of %s passes', async (kind) => {
    const all = await readFolder(kind, join(samples, kind));
    expect(all.filter(({ outcome }) => outcome === 'unreadable')).toEqual([]);
    expect(all.some(({ outcome }) => outcome === 'order')).toBe(true);
  });
}
