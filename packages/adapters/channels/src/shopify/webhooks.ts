import { ok, type Result, type ShopAskRefused, type ShopDoRefused, type WebhooksEnsured } from '@rappit/domain';
import { listOf, object, required } from '../wire/reading.js';
import { filled, text } from '../wire/scalars.js';
import { DROP_WEBHOOK, MAKE_WEBHOOK, WEBHOOKS } from './documents.js';
import { sayingOf } from './graphql-answer.js';
import type { ShopifyClient } from './graphql-client.js';
import { globalId } from './ids.js';
import { madeIn, pageInfo, readIn } from './page.js';
import { refused } from './refusals.js';

/**
 * What we want to be told, as deliveries name it and as the schema does. The three topics about people's data aren't among them:
 * they are set where the app is registered, and can't be made here.
 */
export const topics: ReadonlyMap<string, string> = new Map([
  ['orders/create', 'ORDERS_CREATE'],
  ['orders/updated', 'ORDERS_UPDATED'],
  ['orders/cancelled', 'ORDERS_CANCELLED'],
  ['orders/delete', 'ORDERS_DELETE'],
  ['refunds/create', 'REFUNDS_CREATE'],
  ['inventory_levels/update', 'INVENTORY_LEVELS_UPDATE'],
  ['app/uninstalled', 'APP_UNINSTALLED'],
]);

const subscription = object({
  id: required('id', globalId('WebhookSubscription')),
  topic: required('topic', text),
  uri: required('uri', text),
  format: required('format', text),
  filter: filled('filter'),
});
type Subscription = Extract<ReturnType<typeof subscription>, { ok: true }>['value'];

const page = object({ nodes: required('nodes', listOf(subscription)), pageInfo: required('pageInfo', pageInfo) });
const webhooksIn = object({ webhooks: required('webhookSubscriptions', page) });

type Page = Extract<ReturnType<typeof webhooksIn>, { ok: true }>['value'];

/** All that our app has in this shop, wherever they lead. */
const subscriptions = async (client: ShopifyClient): Promise<Result<readonly Subscription[], ShopAskRefused>> => {
  const found: Subscription[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const told: Result<Page, ShopAskRefused> = readIn(await client.ask(WEBHOOKS, { after }), webhooksIn);
    if (!told.ok) return told;
    found.push(...told.value.webhooks.nodes);
    ({ endCursor: after, hasNextPage: more } = told.value.webhooks.pageInfo);
  }
  return ok(found);
};

const payload = object({ faults: required('userErrors', listOf(object({ message: filled('message') }))) });
const madeWebhook = object({ made: required('webhookSubscriptionCreate', payload) });
const droppedWebhook = object({ made: required('webhookSubscriptionDelete', payload) });

const done = (
  told: Result<{ readonly made: { readonly faults: readonly { readonly message: string | null }[] } }, ShopDoRefused>,
) => {
  if (!told.ok) return told;
  const { faults } = told.value.made;
  return faults.length > 0 ? refused(sayingOf(faults.map(({ message }) => message))) : ok(null);
};

const make = async (client: ShopifyClient, topic: string, uri: string): Promise<Result<null, ShopDoRefused>> =>
  done(madeIn(await client.make(MAKE_WEBHOOK, { topic, webhook: { uri, format: 'JSON' } }), madeWebhook));

/** One that is gone already is what was wanted. */
const drop = async (client: ShopifyClient, { id }: Subscription): Promise<Result<null, ShopDoRefused>> => {
  const dropped = done(madeIn(await client.make(DROP_WEBHOOK, { id }), droppedWebhook));
  return dropped.ok || dropped.error.code !== 'shop.refused' ? dropped : ok(null);
};

/**
 * Our app's subscriptions are ours alone, so one that leads elsewhere is where we were before, and is dropped with those that are doubled.
 * What is missing is made first: nothing is lost between the two.
 */
export const ensureWebhooks = async (client: ShopifyClient, address: string): Promise<Result<WebhooksEnsured, ShopDoRefused>> => {
  const found = await subscriptions(client);
  if (!found.ok) return found;
  const ours = found.value.filter(({ topic }) => [...topics.values()].includes(topic));
  const good = (one: Subscription): boolean => one.uri === address && one.format === 'JSON' && one.filter === null;
  const kept = new Map<string, Subscription>();
  for (const one of ours) if (good(one) && !kept.has(one.topic)) kept.set(one.topic, one);
  const made: string[] = [];
  for (const [name, topic] of topics) {
    if (kept.has(topic)) continue;
    const result = await make(client, topic, address);
    if (!result.ok) return result;
    made.push(name);
  }
  for (const one of ours) {
    if (kept.get(one.topic) === one) continue;
    const result = await drop(client, one);
    if (!result.ok) return result;
  }
  return ok({ made, kept: [...topics].flatMap(([name, topic]) => (kept.has(topic) ? name : [])) });
};

export const dropWebhooks = async (client: ShopifyClient, address: string): Promise<Result<null, ShopDoRefused>> => {
  const found = await subscriptions(client);
  if (!found.ok) return found;
  for (const one of found.value) {
    if (one.uri !== address) continue;
    const dropped = await drop(client, one);
    if (!dropped.ok) return dropped;
  }
  return ok(null);
};
