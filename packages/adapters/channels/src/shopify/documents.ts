/** The version that every document here is written in. Shopify answers in a later one, silently, once it is gone. */
export const API_VERSION = '2026-10';

const money = '{ shopMoney { amount currencyCode } }';
const address = '{ name company address1 address2 city province provinceCode zip countryCodeV2 phone }';

const lineFields = `
    id sku name title variantTitle quantity currentQuantity unfulfilledQuantity
    variant { id }
    originalUnitPriceSet ${money}
    discountAllocations { allocatedAmountSet ${money} }
    taxLines { priceSet ${money} }`;

const orderFields = `
    id name updatedAt cancelledAt cancelReason currencyCode displayFinancialStatus displayFulfillmentStatus
    email phone tags paymentGatewayNames
    customer { id firstName lastName defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } }
    shippingAddress ${address}
    billingAddress ${address}
    totalPriceSet ${money}
    totalTaxSet ${money}
    totalDiscountsSet ${money}
    totalShippingPriceSet ${money}
    totalRefundedSet ${money}
    lineItems(first: $lines) { nodes {${lineFields} } pageInfo { hasNextPage endCursor } }`;

export const ORDER = `query Order($id: ID!, $lines: Int!) {
  order(id: $id) {${orderFields}
  }
}`;

export const ORDERS = `query Orders($first: Int!, $lines: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {${orderFields}
    }
    pageInfo { hasNextPage endCursor }
  }
  ordersCount(query: $query, limit: null) { count }
}`;

/** `updatedAt` says whether the order is still the one whose first lines were read. */
export const ORDER_LINES = `query OrderLines($id: ID!, $lines: Int!, $after: String!) {
  order(id: $id) {
    updatedAt
    lineItems(first: $lines, after: $after) { nodes {${lineFields} } pageInfo { hasNextPage endCursor } }
  }
}`;

export const CATALOGUE = `query Catalogue($first: Int!, $after: String) {
  productVariants(first: $first, after: $after) {
    nodes { id sku barcode title product { title } inventoryItem { id tracked } }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const LOCATIONS = `query Locations($first: Int!) {
  locations(first: $first) { nodes { id name isActive isFulfillmentService } }
}`;

export const STOCK_AT = `query StockAt($items: [ID!]!, $location: ID!) {
  nodes(ids: $items) {
    ... on InventoryItem { id inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } } }
  }
}`;

export const SET_STOCK = `mutation SetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { id }
    userErrors { code field message }
  }
}`;

export const FULFILMENTS = `query Fulfilments($id: ID!) {
  order(id: $id) {
    id
    fulfillments(first: 50) {
      status
      trackingInfo(first: 10) { number }
      fulfillmentLineItems(first: 100) { nodes { quantity lineItem { id } } }
    }
  }
}`;

export const FULFILMENT_ORDERS = `query FulfilmentOrders($id: ID!, $after: String) {
  order(id: $id) {
    fulfillmentOrders(first: 5, after: $after) {
      nodes {
        id
        status
        supportedActions { action }
        assignedLocation { location { id } }
        lineItems(first: 100) { nodes { id remainingQuantity lineItem { id } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const FULFIL = `mutation Fulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`;

export const WEBHOOKS = `query Webhooks($after: String) {
  webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri format filter }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const MAKE_WEBHOOK = `mutation MakeWebhook($topic: WebhookSubscriptionTopic!, $webhook: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhook) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`;

export const DROP_WEBHOOK = `mutation DropWebhook($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}`;

export const SHOP = `query Shop {
  shop { myshopifyDomain }
  currentAppInstallation { accessScopes { handle } }
}`;
