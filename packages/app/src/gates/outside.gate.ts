import { type Gate, type Given, isSet, missing, noGo, type Reason, unfilled, warning } from './gate.js';

const shopify = ['SHOPIFY_API_KEY', 'SHOPIFY_API_SECRET'] as const;
const carriers = ['DHL_WEBHOOK_TOKEN', 'FEDEX_WEBHOOK_SECRET'] as const;

/** One that is set to nothing was meant to be something; one that isn't set means that nothing is taken from there. */
const ofCarrier = (given: Given, name: string): readonly Reason[] => {
  if (isSet(given, name)) return [];
  return given[name] === undefined
    ? [warning(name, "is not set: the carrier's webhooks are refused, and parcels are only asked about")]
    : [noGo(name, 'must not be empty: anybody could sign with nothing')];
};

/** Where simulated shops are reached. A route of ours may end in `test` and ask a real one. */
const isForTests = (path: string): boolean => path === '/test' || path.startsWith('/test/');

/** What keeps a server with such routes from production. */
export const reasonsOfRoutes = (routes: readonly string[]): readonly Reason[] =>
  routes.filter(isForTests).map((path) => noGo(`route ${path}`, 'must not be there when NODE_ENV is production'));

/** GATE-004: what comes from outside is from whom it says, and nothing pretends to be a shop. */
export const outsideGate: Gate = {
  id: 'GATE-004',
  title: 'OAuth and webhooks',
  rule: [
    `Shopify's app is set (${shopify.join(', ')}); its secret signs both what Shopify sends and who returns from its consent page.`,
    `No secret of a webhook is empty (${carriers.join(', ')}). Unset, that carrier's webhooks are refused, which is a warning.`,
    'No route begins with `/test`: simulated providers are in development, test and staging only.',
  ],
  owns: (variable) =>
    /^(SHOPIFY_|WOOCOMMERCE_|SIMULATED_SHOPS|PUBLIC_URL)/.test(variable) || carriers.some((name) => name === variable),
  reasons: ({ given, probes }) => [
    ...missing(given, shopify),
    ...unfilled(given, [...shopify, ...carriers]),
    ...carriers.flatMap((name) => ofCarrier(given, name)),
    ...reasonsOfRoutes(probes.routes ?? []),
  ],
};
