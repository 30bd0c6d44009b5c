import type { FastifyInstance } from 'fastify';
import type { WooKeys } from './keys.js';
import type { PostWebhook } from './webhooks.js';

type Asked = {
  readonly app_name?: string;
  readonly scope?: string;
  readonly user_id?: string;
  readonly return_url?: string;
  readonly callback_url?: string;
};

const names = ['app_name', 'scope', 'user_id', 'return_url', 'callback_url'] as const;

/** A store insists on TLS; on a developer's machine there is none. */
const isCallable = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
};

const faultIn = (asked: Asked): string | undefined => {
  const missing = names.find((name) => !asked[name]);
  if (missing) return `Missing parameter ${missing}`;
  if (!['read', 'write', 'read_write'].includes(asked.scope ?? '')) return `Invalid scope ${asked.scope}`;
  return isCallable(asked.callback_url ?? '') ? undefined : 'The callback_url needs to be over SSL';
};

const page = (title: string, body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title><h1>${escaped(title)}</h1>${body}`;
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/**
 * The pages on which an owner consents. Whoever follows "Approve" is the owner: the store sends its keys to the callback, unsigned, and
 * wants exactly 200; else it takes the key back.
 */
export const consentRoutes = (server: FastifyInstance, keys: WooKeys, post: PostWebhook): void => {
  server.get<{ Querystring: Asked }>('/wc-auth/v1/authorize', async ({ query }, reply) => {
    reply.type('text/html');
    const fault = faultIn(query);
    if (fault) return reply.code(401).send(page('Access denied', escaped(fault)));
    const search = escaped(new URLSearchParams(query as Record<string, string>).toString());
    const links = `<p><a href="access_granted?${search}">Approve</a> <a href="${escaped(returnTo(query, false))}">Deny</a></p>`;
    return reply.send(page(`${query.app_name} would like to connect to your store`, links));
  });
  server.get<{ Querystring: Asked }>('/wc-auth/v1/access_granted', async ({ query }, reply) => {
    const fault = faultIn(query);
    if (fault)
      return reply
        .type('text/html')
        .code(401)
        .send(page('Access denied', escaped(fault)));
    const key = keys.give();
    const body = JSON.stringify({
      key_id: 1,
      user_id: query.user_id,
      consumer_key: key.consumerKey,
      consumer_secret: key.consumerSecret,
      key_permissions: query.scope,
    });
    const status = await post({
      url: query.callback_url ?? '',
      headers: { 'content-type': 'application/json;charset=utf-8', 'user-agent': 'WordPress/6.9' },
      body,
    });
    if (status === 200) return reply.redirect(returnTo(query, true));
    keys.takeBack(key);
    return reply.type('text/html').code(401).send(page('An error occurred in the request', 'The keys could not be handed over.'));
  });
};

const returnTo = ({ return_url = '', user_id = '' }: Asked, success: boolean): string => {
  const url = URL.canParse(return_url) ? new URL(return_url) : new URL('about:blank');
  url.searchParams.set('success', success ? '1' : '0');
  url.searchParams.set('user_id', user_id);
  return url.href;
};
