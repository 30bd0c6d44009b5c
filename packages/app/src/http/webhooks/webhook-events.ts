import { type EventField, type PublicEvent, publicEvents } from '@rappit/domain';

const fieldSchema = ({ is, means }: EventField) =>
  ({
    uuid: { type: 'string', format: 'uuid', description: means },
    text: { type: 'string', description: means },
    units: { type: 'integer', description: means },
  })[is];

const textHeader = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

const headers = [
  textHeader('webhook-id', 'The same in each attempt: by it a receiver knows what it has had already.'),
  textHeader('webhook-timestamp', 'Of this attempt, in seconds since 1970.'),
  textHeader('webhook-signature', 'One `v1,…` for each secret that counts, with spaces between them.'),
];

/** The body of an event, as `bodyOf` of the domain writes it. Fields may be added, so none is forbidden. */
const bodySchema = (type: string, { aggregate, data }: PublicEvent) => ({
  type: 'object',
  required: ['type', 'timestamp', 'aggregateId', 'aggregateVersion', 'data'],
  properties: {
    type: { const: type },
    timestamp: { type: 'string', format: 'date-time', description: 'When it happened.' },
    aggregateId: { type: 'string', description: `Names ${aggregate}.` },
    aggregateVersion: { type: 'integer', description: 'Rises with each event of the same aggregate.' },
    data: {
      type: 'object',
      required: Object.keys(data),
      properties: Object.fromEntries(Object.entries(data).map(([name, field]) => [name, fieldSchema(field)])),
    },
  },
});

/** The `webhooks` of the API document: each event that endpoints may be told of, with what they are sent. */
export const webhookEvents = Object.fromEntries(
  Object.entries<PublicEvent>(publicEvents).map(([type, event]) => [
    type,
    {
      post: {
        operationId: `on_${type.replaceAll('.', '_')}`,
        tags: ['webhook-endpoints'],
        summary: event.means,
        security: [],
        parameters: headers,
        requestBody: { required: true, content: { 'application/json': { schema: bodySchema(type, event) } } },
        responses: {
          '2XX': { description: 'It has arrived.' },
          '410': { description: 'Send nothing more: the endpoint is disabled.' },
          default: { description: 'It is sent again later, for 24 hours.' },
        },
      },
    },
  ]),
);
