import { createHmac } from 'node:crypto';
import { chances, sha256 } from './json.js';

export type SimulatedWebhook = {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly topic: string;
  readonly deliveryUrl: string;
  readonly secret: string;
  /** How often in a row it was not taken. */
  readonly failures: number;
};

/** A request as it goes to the address of a webhook. */
export type WooRequest = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
/** Sends it, and answers the status; 0 where nobody answered. */
export type PostWebhook = (request: WooRequest) => Promise<number>;

/** How badly deliveries fare, each from 0 (never) to 1 (always). */
export type Mishaps = { readonly dropped?: number; readonly doubled?: number; readonly late?: number };
export type Delivered = { readonly sent: number; readonly dropped: number; readonly late: number; readonly refused: number };

type Pending = { readonly webhookId: string; readonly topic: string; readonly resourceId: string };
type Ready = { readonly webhookId: string; readonly request: WooRequest };

type Deps = {
  /** The store's home. */
  readonly source: () => string;
  readonly seed: number;
  readonly now: () => Date;
  readonly post: PostWebhook;
  /** What is told of a resource now; undefined where it is gone. */
  readonly bodyOf: (topic: string, resourceId: string) => string | undefined;
};

const MOST_FAILURES = 5;

/**
 * The webhooks of a store, and what is still to be sent. As in WooCommerce several changes of one thing become one delivery, its body is
 * made when it is sent, nothing is ever sent again, and the seventh failure in a row switches a webhook off.
 */
export const wooWebhooks = ({ source, seed, now, post, bodyOf }: Deps) => {
  const webhooks = new Map<string, SimulatedWebhook>();
  const pending = new Map<string, Pending>();
  const chance = chances(seed);
  let onTheWay: Ready[] = [];
  const headersOf = ({ id, topic, secret }: SimulatedWebhook, body: string) => ({
    'content-type': 'application/json',
    'user-agent': 'WooCommerce/11.3.0 Hookshot (WordPress/6.9)',
    'x-wc-webhook-source': source(),
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': topic.split('.')[0] ?? '',
    'x-wc-webhook-event': topic.split('.')[1] ?? '',
    'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
    'x-wc-webhook-id': id,
    // The same for everything that one webhook tells of within a second.
    'x-wc-webhook-delivery-id': sha256(`${id}${Math.floor(now().getTime() / 1_000)}`).slice(0, 32),
  });
  const readyOf = ({ webhookId, topic, resourceId }: Pending): Ready | undefined => {
    const webhook = webhooks.get(webhookId);
    const body = bodyOf(topic, resourceId);
    if (webhook?.status !== 'active' || body === undefined) return undefined;
    return { webhookId, request: { url: webhook.deliveryUrl, headers: headersOf(webhook, body), body } };
  };
  /** True when it was taken. */
  const send = async ({ webhookId, request }: Ready): Promise<boolean> => {
    const status = await post(request);
    const taken = status >= 200 && status <= 302;
    const webhook = webhooks.get(webhookId);
    if (webhook && taken) webhooks.set(webhookId, { ...webhook, failures: 0 });
    else if (webhook && webhook.failures > MOST_FAILURES) webhooks.set(webhookId, { ...webhook, status: 'disabled' });
    else if (webhook) webhooks.set(webhookId, { ...webhook, failures: webhook.failures + 1 });
    return taken;
  };
  return {
    webhooks,
    happened: (topic: string, resourceId: string): void => {
      for (const { id, topic: heard, status } of webhooks.values())
        if (heard === topic && status === 'active') pending.set(`${id} ${resourceId}`, { webhookId: id, topic, resourceId });
    },
    /** A new webhook that is switched on is tried: a form, unsigned. */
    ping: async ({ id, status, deliveryUrl }: SimulatedWebhook): Promise<void> => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      if (status === 'active') await post({ url: deliveryUrl, headers, body: `webhook_id=${id}` });
    },
    /** Sends what there is to be sent, in any order, one after the other. What is late is sent the next time, as it is now. */
    deliver: async ({ dropped = 0, doubled = 0, late = 0 }: Mishaps = {}): Promise<Delivered> => {
      const due = [...onTheWay];
      const told = { sent: 0, dropped: 0, late: 0, refused: 0 };
      onTheWay = [];
      for (const ready of [...pending.values()].flatMap((one) => readyOf(one) ?? [])) {
        if (chance() < dropped) told.dropped += 1;
        else if (chance() < late) onTheWay.push(ready);
        else due.push(ready, ...(chance() < doubled ? [ready] : []));
      }
      told.late = onTheWay.length;
      pending.clear();
      for (const ready of shuffled(due, chance)) {
        told.sent += 1;
        if (!(await send(ready))) told.refused += 1;
      }
      return told;
    },
  };
};

export type WooWebhooks = ReturnType<typeof wooWebhooks>;

const shuffled = <Value>(values: readonly Value[], chance: () => number): readonly Value[] =>
  values
    .map((value) => [chance(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

const PATIENCE_MS = 60_000;

/** Over HTTP; redirects aren't followed. */
export const postOverHttp: PostWebhook = async ({ url, headers, body }) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
};
