import { type CreatedApiKey, type ApiKey as DomainKey, keyStatuses, keyStatusOf, scopes } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  text,
  uuid,
} from '../vocabulary.schemas.js';

export const NewApiKey = component(
  'NewApiKey',
  Type.Object(
    {
      name: text(100),
      scopes: listOf(oneOf(scopes), {
        minItems: 1,
        maxItems: scopes.length,
        description: 'What it may do: names of permissions.',
      }),
      expiresAt: Type.Optional(
        Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time', description: 'Null or absent: never.' }),
      ),
    },
    { ...closed, examples: [{ name: 'Warehouse scanner', scopes: ['item.view', 'inventory.adjust'], expiresAt: null }] },
  ),
);

const facts = {
  id: uuid,
  name: anyText,
  prefix: Type.String({ description: 'The beginning of the secret.' }),
  scopes: listOf(anyText),
  status: oneOf(keyStatuses),
  createdBy: uuid,
  createdAt: moment,
  expiresAt: momentOrNull,
  lastUsedAt: Type.Unsafe<Date | null>({ ...momentOrNull, description: 'To the minute.' }),
  revokedAt: momentOrNull,
};

export const ApiKey = component('ApiKey', Type.Object(facts, closed));
export const CreatedKey = component(
  'CreatedApiKey',
  Type.Object(
    {
      ...facts,
      secret: Type.Unsafe<string | null>({
        ...anyTextOrNull,
        description: 'Shown this once, and never again: null when the answer is repeated for an Idempotency-Key.',
      }),
    },
    closed,
  ),
);
export const ApiKeyPage = component('ApiKeyPage', pageOf(ApiKey.ref));
export const apiKeyComponents = [NewApiKey, ApiKey, CreatedKey, ApiKeyPage];
export const apiKeyQuery = Type.Object(pageQuery, closed);

export const apiKeyView =
  (now: Date) =>
  (key: DomainKey): Static<typeof ApiKey.ref> => ({ ...key, status: keyStatusOf(key, now) });

export const createdKeyView =
  (now: Date) =>
  ({ key, secret }: CreatedApiKey): Static<typeof CreatedKey.ref> => ({ ...apiKeyView(now)(key), secret });

/** The same without the secret, for whoever asks again. */
export const repeatedKeyView =
  (now: Date) =>
  ({ key }: CreatedApiKey): Static<typeof CreatedKey.ref> => ({ ...apiKeyView(now)(key), secret: null });
