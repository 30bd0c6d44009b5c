import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { shopifyReader } from '@rappit/channels/shopify';
import { wooReader } from '@rappit/channels/woocommerce';
import { type ChannelKind, type ChannelMessage, channelKinds, decimalText, type ShopReader } from '@rappit/domain';

const readers: Readonly<Record<ChannelKind, ShopReader>> = { shopify: shopifyReader, woocommerce: wooReader };
/** What stands between the two words of a topic: `orders/create`, `order.created`. */
const between: Readonly<Record<ChannelKind, string>> = { shopify: '/', woocommerce: '.' };

/** Files are named by their topic, with any words behind it: `orders-create.paid.json`, `order.updated.json`. */
const topicOf = (kind: ChannelKind, file: string): string =>
  (/^[a-z_]+[-.][a-z_]+/.exec(file)?.[0] ?? file).replace(/[-.]/, between[kind]);

/** What one file became. It names nobody: whoever ordered is a person. */
export type ReadFile = { readonly file: string; readonly topic: string; readonly outcome: string; readonly detail: string };

const detailOf = (message: ChannelMessage): string => {
  switch (message.kind) {
    case 'order': {
      const { externalNumber, externalId, lines, totals, currency, statuses } = message.order;
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const money = `${decimalText(totals.totalMinor, currency)} ${currency}`;
      return [externalNumber ?? externalId, `${lines.length} lines`, `${units} units`, money, ...Object.values(statuses)].join(
        ', ',
      );
    }
    case 'doubtful':
      return `${message.externalId} is read again by its id`;
    case 'stock':
      return `${message.place.externalItemId} shows ${message.available ?? 'nothing that is counted'}`;
    default:
      return '';
  }
};

export const readPayload = (
  kind: ChannelKind,
  named: { readonly file: string; readonly topic?: string },
  body: string,
): ReadFile => {
  const { file, topic = topicOf(kind, basename(file)) } = named;
  const read = readers[kind].read(topic, body);
  if (!read.ok) return { file, topic, outcome: 'unreadable', detail: `at ${read.error.path}` };
  // What shops write goes to somebody's terminal.
  return { file, topic, outcome: read.value.kind, detail: detailOf(read.value).replace(/\p{C}/gu, '') };
};

const MAX_FILES = 100_000;

/** The JSON files of a folder, by their names. */
export const readFolder = async (kind: ChannelKind, folder: string, topic?: string): Promise<readonly ReadFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const all: ReadFile[] = [];
  for (const file of names.slice(0, MAX_FILES))
    all.push(readPayload(kind, { file, ...(topic !== undefined && { topic }) }, await readFile(join(folder, file), 'utf8')));
  return all;
};

const failed = (why: string): void => {
  console.error(why);
  process.exitCode = 1;
};

const options = {
  kind: { type: 'string' },
  dir: { type: 'string' },
  topic: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `rappit channels read --kind KIND --dir DIR [--topic TOPIC] [--json]`: reads every `*.json` of a folder as a shop's webhook, and says what
 * became of each. Nothing is stored, and no database is asked. Ends with 1 when one of them can't be read.
 */
export const channelsCommand = async (_config: unknown, args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const kind = channelKinds.find((known) => known === values.kind);
  if (positionals.join(' ') !== 'read' || !kind || values.dir === undefined)
    return failed(`expected: rappit channels read --kind ${channelKinds.join('|')} --dir DIR`);
  const all = await readFolder(kind, values.dir, values.topic);
  if (all.length === 0) return failed('there is no *.json in that folder');
  for (const one of all)
    console.log(values.json ? JSON.stringify(one) : [one.file, one.topic, one.outcome, one.detail].join('  '));
  const unreadable = all.filter(({ outcome }) => outcome === 'unreadable').length;
  if (!values.json) console.log(`${all.length} files read, ${unreadable} of them unreadable`);
  if (unreadable > 0) process.exitCode = 1;
};
