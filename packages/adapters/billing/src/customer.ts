import Stripe from 'stripe';

/** A fault that Stripe kept under a key for a day is no longer met after so long. */
const ANOTHER_KEY_MS = 600_000;

/** A search that Stripe refuses, as it does in some countries, finds nobody: a customer is made under its key all the same. */
const found = async (stripe: Stripe, organizationId: string): Promise<string | undefined> => {
  try {
    const { data } = await stripe.customers.search({ query: `metadata['organization_id']:'${organizationId}'`, limit: 100 });
    return [...data].sort((one, other) => one.created - other.created)[0]?.id;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return undefined;
    throw error;
  }
};

/**
 * The organization's customer at Stripe, looked for by its id before one is made.
 * - Stripe forgets a key after a day, and finds a customer some seconds after it was made, so each covers for the other.
 * - Stripe also keeps a fault of its own under the key for a day. After one it is looked for again, since the fault may have made it, and
 *   then made under another key: at worst there is a customer too many, who has nothing.
 */
export const findOrMakeCustomer = async (stripe: Stripe, organizationId: string): Promise<string> => {
  const make = async (key: string): Promise<string> => {
    const known = await found(stripe, organizationId);
    if (known !== undefined) return known;
    return (await stripe.customers.create({ metadata: { organization_id: organizationId } }, { idempotencyKey: key })).id;
  };
  const key = `organization:${organizationId}:customer`;
  try {
    return await make(key);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeAPIError)) throw error;
    return make(`${key}:${Math.floor(Date.now() / ANOTHER_KEY_MS)}`);
  }
};
