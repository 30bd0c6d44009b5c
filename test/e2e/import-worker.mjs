/** A process that reads an organization's shops once, and nothing else. Shopify's are reached below the address that it is told. */
import { alsoNearby, guardedFetch } from '@rappit/outbound/guarded';
import { readConfig } from '../../packages/app/dist/config.js';
import { swap } from '../../packages/app/dist/container/container.js';
import { tokens } from '../../packages/app/dist/container/tokens.js';
import { openWired } from '../../packages/app/dist/start.js';

const [organizationId, shopifyUrl] = process.argv.slice(2);
const guard = guardedFetch({ policy: alsoNearby });
const nearby = (url) => url.replace(/^https:\/\/([a-z0-9-]+\.myshopify\.com)\//, `${shopifyUrl}/$1/`);
const { wired, stop } = await openWired(readConfig(process.env), [
  swap(tokens.guardedFetch, {
    check: (url) => guard.check(nearby(url)),
    send: (request) => guard.send({ ...request, url: nearby(request.url) }),
  }),
]);
const useCases = await wired.get(tokens.useCases);
await useCases.syncChannels(organizationId);
await stop();
