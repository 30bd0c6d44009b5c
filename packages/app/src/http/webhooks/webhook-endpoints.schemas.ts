import {
  attemptOutcomes,
  type WebhookEndpoint as DomainEndpoint,
  deliveryStatuses,
  disabledReasons,
  type EndpointWithSecret,
  type LoggedDelivery,
  publicEventTypes,
  type WebhookDelivery,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  text,
  textOrNull,
  uuid,
} from '../vocabulary.schemas.js';

const url = text(2_048, { description: 'Public, and https.', examples: ['https://hooks.example.com/rappit'] });
const types = listOf(oneOf(publicEventTypes), {
  minItems: 1,
  maxItems: publicEventTypes.length,
  description: 'Which events it is told of; docs/events.md lists them.',
});
const description = textOrNull(500);

export const NewWebhookEndpoint = component(
  'NewWebhookEndpoint',
  Type.Object(
    { url, types, description: Type.Optional(description) },
    { ...closed, examples: [{ url: 'https://hooks.example.com/rappit', types: ['order.placed', 'order.cancelled'] }] },
  ),
);
export const WebhookEndpointChange = component(
  'WebhookEndpointChange',
  Type.Object(
    {
      url: Type.Optional(url),
      types: Type.Optional(types),
      description: Type.Optional(description),
      enabled: Type.Optional(Type.Boolean()),
    },
    { ...closed, minProperties: 1 },
  ),
);

const facts = {
  id: uuid,
  url: anyText,
  types: listOf(anyText),
  description: anyTextOrNull,
  enabled: Type.Boolean(),
  disabledAt: momentOrNull,
  disabledWhy: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    enum: [...disabledReasons, null],
    description: '`failing`: nothing arrived for 24 hours. `gone`: it answered 410.',
  }),
  failingSince: Type.Unsafe<Date | null>({ ...momentOrNull, description: 'The first call that failed since one succeeded.' }),
  createdAt: moment,
};
export const WebhookEndpoint = component('WebhookEndpoint', Type.Object(facts, closed));
export const WebhookEndpointPage = component('WebhookEndpointPage', pageOf(WebhookEndpoint.ref));
export const EndpointSecret = component(
  'WebhookEndpointWithSecret',
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

const delivered = {
  id: Type.String({ format: 'uuid', description: 'The `webhook-id` of each attempt.' }),
  endpointId: uuid,
  type: anyText,
  aggregateId: anyText,
  aggregateVersion: anyInteger,
  status: oneOf(deliveryStatuses),
  attempts: anyInteger,
  createdAt: moment,
  nextAttemptAt: momentOrNull,
  endedAt: momentOrNull,
};
const Attempt = Type.Object(
  {
    number: anyInteger,
    at: moment,
    durationMs: anyInteger,
    outcome: oneOf(attemptOutcomes, {
      description:
        '`rejected`: answered with anything but a 2xx. `refused`: its address may not be called. `unavailable`: nothing was sent. `unknown`: it may have arrived.',
    }),
    responseStatus: Type.Unsafe<number | null>({ type: ['integer', 'null'] }),
    answer: Type.Unsafe<string | null>({ ...anyTextOrNull, description: 'What came back, cut short, or why nothing did.' }),
  },
  closed,
);
export const Delivery = component('WebhookDelivery', Type.Object(delivered, closed));
export const LogEntry = component(
  'LoggedWebhookDelivery',
  Type.Object({ ...delivered, log: listOf(Attempt, { description: 'The last ten attempts, the last one first.' }) }, closed),
);
export const DeliveryPage = component('WebhookDeliveryPage', pageOf(LogEntry.ref));

export const webhookEndpointComponents = [
  NewWebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpoint,
  WebhookEndpointPage,
  EndpointSecret,
  Delivery,
  LogEntry,
  DeliveryPage,
];
export const webhookEndpointQuery = Type.Object(pageQuery, closed);

export const endpointView = ({ disabled, ...endpoint }: DomainEndpoint): Static<typeof WebhookEndpoint.ref> => ({
  ...endpoint,
  enabled: disabled === null,
  disabledAt: disabled?.at ?? null,
  disabledWhy: disabled?.why ?? null,
});
export const endpointSecretView = ({ endpoint, secret }: EndpointWithSecret): Static<typeof EndpointSecret.ref> => ({
  ...endpointView(endpoint),
  secret,
});
/** The same without the secret, for whoever asks again. */
export const repeatedEndpointView = ({ endpoint }: EndpointWithSecret): Static<typeof EndpointSecret.ref> => ({
  ...endpointView(endpoint),
  secret: null,
});

export const deliveryView = ({ dueAt, ...delivery }: WebhookDelivery): Static<typeof Delivery.ref> => ({
  ...delivery,
  nextAttemptAt: delivery.status === 'due' ? dueAt : null,
});
export const logView = ({ log, ...delivery }: LoggedDelivery): Static<typeof LogEntry.ref> => ({
  ...deliveryView(delivery),
  log,
});
