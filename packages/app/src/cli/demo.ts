import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { sampleOrder } from '../demo/sample-order.js';
import { type Screen, screen } from '../demo/screen.js';
import { tellStory } from '../demo/story.js';
import type { Given } from '../gates/gate.js';
import { startApp } from '../start.js';

/** Whether everything came out as it must and the books balance. */
const demo = async (show: Screen, orderFile: string | undefined): Promise<boolean> => {
  const order = orderFile === undefined ? sampleOrder : await readFile(orderFile, 'utf8');
  const dataDir = join(tmpdir(), `rappit-demo-${process.pid}`);
  // Whoever tries it on a busy machine is no crowd that has to be turned away.
  const config = { ...readConfig({}), simulatedShops: false, port: 0, logLevel: 'fatal', dataDir, pressureDelayMs: 0 };
  show.heading('Rappit, from a shop’s order to a parcel');
  try {
    const app = await show.waiting('starting PostgreSQL, a simulated carrier and the API', startApp(config));
    try {
      return await tellStory({ show, baseUrl: `${app.url}${config.apiPrefix}`, order });
    } finally {
      await app.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
};

/**
 * `rappit demo [--order FILE] [--json]`: the whole of Rappit in one terminal, with a database, a carrier and a shop of its own, whatever the
 * environment says. FILE holds any Shopify order as JSON, as the webhook `orders/create` sends it. Ends with 1 unless all came out as it must.
 */
export const demoCommand = async (_given: Given, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options: { order: { type: 'string' }, json: { type: 'boolean' } } });
  const write = (text: string): void => void process.stdout.write(text);
  const well = await demo(screen(values.json ? () => undefined : write), values.order);
  if (values.json) console.log(JSON.stringify({ well }));
  if (!well) process.exitCode = 1;
};
