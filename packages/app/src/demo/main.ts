import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.js';
import { startApp } from '../start.js';
import { sampleOrder } from './sample-order.js';
import { screen } from './screen.js';
import { tellStory } from './story.js';

const usage = 'npm run demo [-- --order FILE]   FILE holds any Shopify order as JSON, as the webhook orders/create sends it';

const show = screen((text) => process.stdout.write(text));

/** The whole of Rappit in one terminal. Exits with 0 only when everything came out as it must and the books balance. */
const demo = async (orderFile: string | undefined): Promise<boolean> => {
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

try {
  const { values } = parseArgs({ options: { order: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) console.log(usage);
  else if (!(await demo(values.order))) process.exitCode = 1;
} catch (error) {
  console.error(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
