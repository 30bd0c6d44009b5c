import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(__dirname, '../../packages/app/dist/main.js');

/** The demo as `npm run demo` runs it, in a folder of its own. */
const demo = async (
  folder: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const child = spawn(process.execPath, [main, 'demo', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said.join('') };
};

/** An order of which one line has no SKU, and which has no address. */
const awkward = JSON.stringify({
  id: 77,
  admin_graphql_api_id: 'gid://shopify/Order/77',
  name: '#77',
  created_at: '2026-11-01T10:00:00Z',
  updated_at: '2026-11-01T10:00:00Z',
  currency: 'KWD',
  financial_status: 'paid',
  total_price: '3.500',
  line_items: [
    { id: 1, variant_id: 5, sku: 'KNOWN', name: 'Known', quantity: 2, price: '1.250' },
    { id: 2, variant_id: null, sku: null, name: 'Engraving ✍️', quantity: 1, price: '1.000' },
  ],
});

describe('npm run demo', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rappit-demo-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells the whole story and ends with balanced books', async () => {
    const { code, said } = await demo(folder);
    expect(said).toContain('served: 20, refused with 409: 10');
    expect(said).toContain('1 order: 1001 (#2001), reserved');
    expect(said).toContain('reconciliation: levels, ledger, promises and order lines agree');
    expect(code).toBe(0);
  });

  it('takes any order: one with a line that has no SKU is held, shown, and the story goes on', async () => {
    const file = join(folder, 'order.json');
    await writeFile(file, awkward);
    const { code, said } = await demo(folder, '--order', file);
    expect(said).toContain('1 order: 1001 (#77), onHold, held: unmappedSku');
    expect(said).toContain('waits for somebody to say what it is: 1 × Engraving ✍️ (SKU in the shop: none)');
    expect(code).toBe(0);
  });

  it('ends with 1 when the order can’t be read', async () => {
    const file = join(folder, 'no-order.json');
    await writeFile(file, '{"line_items":[]}');
    expect((await demo(folder, '--order', file)).code).toBe(1);
  });
});
