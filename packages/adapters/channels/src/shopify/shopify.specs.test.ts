import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, extendSchema, type GraphQLSchema, parse, validate } from 'graphql';
import * as documents from './documents.js';

const folder = process.env['RAPPIT_CHANNEL_SAMPLES'] ?? join(import.meta.dirname, '../../../../../../shared/channels');
const schemaFile = join(folder, 'shopify/admin-2026-10.subset.graphql');

/** What we ask for besides what that subset was cut for, as Shopify's whole schema of 2026-10 has it. */
const besides = `
  interface Node { id: ID! }
  type Count { count: Int! }
  type Customer {
    id: ID!
    firstName: String
    lastName: String
    defaultEmailAddress: CustomerEmailAddress
    defaultPhoneNumber: CustomerPhoneNumber
  }
  type CustomerEmailAddress { emailAddress: String! }
  type CustomerPhoneNumber { phoneNumber: String! }
  type DiscountAllocation { allocatedAmountSet: MoneyBag! }
  type WebhookSubscriptionDeletePayload { deletedWebhookSubscriptionId: ID userErrors: [UserError!]! }
  extend type Order {
    billingAddress: MailingAddress
    customer: Customer
    fulfillments(first: Int, query: String): [Fulfillment!]!
    paymentGatewayNames: [String!]!
    totalRefundedSet: MoneyBag!
  }
  extend type LineItem {
    discountAllocations: [DiscountAllocation!]!
    originalUnitPriceSet: MoneyBag!
    variantTitle: String
  }
  extend type MailingAddress { company: String province: String }
  extend type InventoryItem implements Node { inventoryLevel(includeInactive: Boolean = false, locationId: ID!): InventoryLevel }
  extend type Mutation { webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload }
  extend type QueryRoot {
    nodes(ids: [ID!]!): [Node]!
    ordersCount(limit: Int = 10000, query: String, savedSearchId: ID): Count
  }
`;

const ours = Object.entries(documents).flatMap(([name, text]): readonly (readonly [string, string])[] =>
  text.includes('{') ? [[name, text]] : [],
);

it('has a document for everything that a shop is asked', () => {
  expect(ours.length).toBeGreaterThan(10);
});

/** They aren't part of the repository: where Shopify's own words lie beside it, ours are held against them. */
if (existsSync(schemaFile)) {
  const text = readFileSync(schemaFile, 'utf8');
  const schema: GraphQLSchema = extendSchema(buildSchema(text), parse(besides));

  it.each(ours)('asks for %s in the words of Shopify', (_, document) => {
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });

  it('would notice a word that Shopify does not know', () => {
    const wrong = documents.ORDER.replace('displayFinancialStatus', 'financialStatus');
    expect(validate(schema, parse(wrong)).map(({ message }) => message)).toEqual([expect.stringContaining('financialStatus')]);
  });
}
