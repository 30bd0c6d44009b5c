import { createHash } from 'node:crypto';
import { ok, type Result, type ShopAskRefused, type ShopDoRefused, type WebhooksEnsured } from '@rappit/domain';
import { unavailable, unknownOutcome } from '../wire/answers.js';
import { listOf, object, required } from '../wire/reading.js';
import { digits, text } from '../wire/scalars.js';
import { isMissing, noOf, type WooSession } from './client.js';
import { allOf } from './paging.js';

/** `order.deleted` and what products show are told beside what is ordered. */
const TOPICS = ['order.created', 'order.updated', 'order.restored', 'order.deleted', 'product.updated'] as const;

type Webhook = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly topic: string;
  readonly deliveryUrl: string;
};

const webhooks = listOf(
  object<Webhook>({
    id: required('id', digits),
    name: required('name', text),
    status: required('status', text),
    topic: required('topic', text),
    deliveryUrl: required('delivery_url', text),
  }),
);

/** A store never shows the secret of a webhook again, so its name carries a mark of it: one with another mark is signed with another secret. */
const nameOf = (topic: string, secret: string): string =>
  `Rappit ${topic} #${createHash('sha256').update(`rappit webhook ${secret}`).digest('hex').slice(0, 12)}`;

/** Only those that lead to us: others belong to somebody else, or to another Rappit. */
const found = async (session: WooSession, address: string): Promise<Result<readonly Webhook[], ShopAskRefused>> => {
  const rows = await allOf(session, 'wc/v3/webhooks', { status: 'all', orderby: 'id', order: 'asc' });
  if (!rows.ok) return rows;
  const read = webhooks(rows.value, 'webhooks');
  if (!read.ok) return unavailable(`The shop's webhooks can't be read: ${read.error.path}.`);
  return ok(read.value.filter(({ deliveryUrl }) => deliveryUrl === address));
};

/**
 * Leaves each topic with one webhook to the address, switched on and with our secret. A store switches one off by itself when we failed it
 * seven times in a row, and never tells: those are switched on again, and count as made.
 */
export const ensureWebhooks = async (
  session: WooSession,
  address: string,
  secret: string,
): Promise<Result<WebhooksEnsured, ShopDoRefused>> => {
  const there = await found(session, address);
  if (!there.ok) return there;
  const made: string[] = [];
  const kept: string[] = [];
  const step = async (...asked: Parameters<WooSession['tell']>): Promise<Result<null, ShopDoRefused>> => {
    const done = await tell(session, ...asked);
    // What was made before is there: the next look finds it.
    return !done.ok && made.length > 0 && done.error.code === 'shop.unavailable' ? unknownOutcome(done.error.message) : done;
  };
  for (const topic of TOPICS) {
    const ours = there.value.filter((one) => one.topic === topic);
    const name = nameOf(topic, secret);
    const good = ours.find((one) => one.status === 'active' && one.name === name);
    const [first] = ours;
    const facts = { name, secret, status: 'active', topic, delivery_url: address };
    if (!good) {
      const done = first ? await step('PUT', `wc/v3/webhooks/${first.id}`, facts) : await step('POST', 'wc/v3/webhooks', facts);
      if (!done.ok) return done;
    }
    (good ? kept : made).push(topic);
    for (const other of ours) {
      if (other === (good ?? first)) continue;
      const gone = await step('DELETE', `wc/v3/webhooks/${other.id}?force=true`);
      if (!gone.ok) return gone;
    }
  }
  return ok({ made, kept });
};

export const dropWebhooks = async (session: WooSession, address: string): Promise<Result<null, ShopDoRefused>> => {
  const there = await found(session, address);
  if (!there.ok) return there;
  for (const { id } of there.value) {
    const gone = await tell(session, 'DELETE', `wc/v3/webhooks/${id}?force=true`);
    if (!gone.ok) return gone;
  }
  return ok(null);
};

/** One that somebody else has deleted meanwhile is deleted. */
const tell = async (session: WooSession, ...asked: Parameters<WooSession['tell']>): Promise<Result<null, ShopDoRefused>> => {
  const answer = await session.tell(...asked);
  if (!answer.ok) return answer;
  return answer.value.isOk || (asked[0] === 'DELETE' && isMissing(answer.value)) ? ok(null) : noOf(answer.value);
};
