import type { KeptScan } from '@rappit/domain';
import { type Broken, expectNoticed, withStore } from './broken-world.test-kit.js';

const broken: readonly Broken[] = [
  [
    'follows parcels without putting them off',
    withStore('shipments', (shipments) => ({
      claimToTrack: async (limit) => {
        const due = await shipments.claimToTrack(limit, new Date(0));
        await shipments.putOffTracking(due.map(({ id, trackAt }) => ({ id, until: trackAt ?? new Date(0) })));
        return due;
      },
    })),
    'a store of parcels on their way',
    'puts due shipments off',
  ],
  [
    'leaves alone every account of a carrier when one wants to be',
    withStore('shipments', (shipments) => ({
      putOffAccount: async ({ carrier }, until) => {
        const { data } = await shipments.list({ limit: 100 }, {});
        for (const { accountId } of data) await shipments.putOffAccount({ carrier, accountId }, until);
      },
    })),
    'a store of parcels on their way',
    'puts off what falls due',
  ],
  [
    'keeps a scan as it was kept first',
    withStore('shipments', (shipments) => ({
      keepScans: async (scans) => {
        const known = await shipments.scansOf(scans.map(({ shipmentId }) => shipmentId));
        const keyOf = ({ number, at, code, place }: KeptScan): string => `${number} ${at.local} ${code} ${place}`;
        return shipments.keepScans(scans.filter((scan) => !known.some((one) => keyOf(one) === keyOf(scan))));
      },
    })),
    'a store of parcels on their way',
    'keeps each scan once',
  ],
  [
    'takes a number for any account’s',
    withStore('shipments', (shipments) => ({
      byNumbers: (account, numbers) => shipments.byNumbers({ ...account, accountId: null }, numbers),
    })),
    'a store of parcels on their way',
    'finds shipments by their own numbers',
  ],
  [
    'sorts by UTF-16 unit',
    withStore('items', (items) => ({
      list: async ({ limit, cursor }, text) => {
        const { data } = await items.list({ limit: 100 }, text);
        const sorted = [...data]
          .sort((a, b) => (a.sku < b.sku ? -1 : 1))
          .filter(({ sku }) => cursor === undefined || sku > cursor);
        return { data: sorted.slice(0, limit), nextCursor: sorted.length > limit ? (sorted[limit - 1]?.sku ?? null) : null };
      },
    })),
    'a store of items',
    'lists items by code point',
  ],
  [
    'reads wildcards',
    withStore('items', (items) => ({ list: (page, text) => items.list(page, text?.replace('%', '')) })),
    'a store of items',
    'finds what starts with',
  ],
  [
    'revives nothing',
    withStore('items', (items) => ({ add: async (item) => !(await items.find(item.sku)) })),
    'a store of items',
    'finds, lists and changes no removed',
  ],
  [
    'lists all levels, whichever are low',
    withStore('stock', (stock) => ({ levels: (page, { low: _, ...place }) => stock.levels(page, place) })),
    'lists of stock',
    'lists the levels of SKUs that are low',
  ],
  [
    'forgets when stock is low',
    withStore('items', (items) => ({ change: (item) => items.change({ ...item, lowStockThreshold: null }) })),
    'a store of items',
    'changes an item that is there',
  ],
  [
    'overwrites what is there',
    withStore('items', (items) => ({
      addMany: async (many) => {
        for (const item of many) if (!(await items.add(item))) await items.change(item);
      },
    })),
    'a store of items',
    'adds or revives many',
  ],
  [
    'changes those that it finds',
    withStore('items', (items) => ({
      changeMany: async (many) => {
        for (const item of many) await items.change(item);
      },
    })),
    'a store of items',
    'locks and changes many',
  ],
  [
    'takes what is told twice for the first time',
    withStore('imports', (imports) => ({
      rows: async (id, after, rows) => (await imports.rows(id, after, rows)).map((row) => ({ ...row, firstLine: null })),
    })),
    'a store of imports',
    'hands out the rows behind',
  ],
  [
    'looks for twins only among the rows that it hands out',
    withStore('imports', (imports) => ({
      rows: async (id, after, rows) =>
        (await imports.rows(id, after, rows)).map((row) => ({
          ...row,
          firstLine: (row.firstLine ?? 0) > after ? row.firstLine : null,
        })),
    })),
    'a store of imports',
    'hands out the rows behind',
  ],
  [
    'passes the oldest import by',
    withStore('imports', (imports) => ({
      next: async () => (await imports.list({ limit: 9 })).data.find(({ state }) => state === 'waiting' || state === 'running'),
    })),
    'a store of imports',
    'hands out the oldest',
  ],
  [
    'takes a code twice',
    withStore('locations', (locations) => ({ save: (location) => locations.save({ ...location, code: location.id }) })),
    'a store of locations',
    'writes nothing when another',
  ],
  [
    'saves whatever version it is handed',
    withStore('orders', (orders) => ({
      save: async (change) => {
        const now = await orders.find(change.order.id);
        await orders.save(now ? { ...change, order: { ...change.order, version: now.version + 1 } } : change);
      },
    })),
    'a store of orders',
    'never saves a change of an order',
  ],
  [
    'serves the newest order first',
    withStore('orders', (orders) => ({
      waitingFor: async (skus, limit) => [...(await orders.waitingFor(skus, 100))].reverse().slice(0, limit),
    })),
    'a store of orders that wait',
    'hands out the orders that wait',
  ],
  [
    'serves orders that are held',
    withStore('orders', (orders) => ({
      waitingFor: async (skus, limit) => {
        const { data } = await orders.list({ limit }, { status: 'onHold' });
        return [...(await orders.waitingFor(skus, limit)), ...(await orders.lock(data.map(({ id }) => id)))];
      },
    })),
    'a store of orders that wait',
    'hands out no order that has everything',
  ],
  [
    'tries what is held',
    withStore('orders', (orders) => ({
      untried: async (limit) => {
        const { data } = await orders.list({ limit }, { status: 'onHold' });
        return [...(await orders.untried(limit)), ...data.map(({ id }) => id)];
      },
    })),
    'a store of orders that wait',
    'names the orders with units',
  ],
  [
    'tells nothing of an order',
    withStore('orders', (orders) => ({ save: (change) => orders.save({ ...change, entries: [] }) })),
    'lists of orders',
    'tells what happened',
  ],
  [
    'overwrites a shipment',
    withStore('shipments', (shipments) => ({
      save: async (shipment) => shipments.save({ ...shipment, version: ((await shipments.find(shipment.id))?.version ?? 0) + 1 }),
    })),
    'a store of shipments',
    'never saves a change of a shipment',
  ],
  [
    'keeps documents as text',
    withStore('shipments', (shipments) => ({
      documents: async (wanted) =>
        (await shipments.documents(wanted)).map((document) => ({
          ...document,
          content: new TextEncoder().encode(new TextDecoder().decode(document.content)),
        })),
    })),
    'a store of shipments',
    'keeps documents byte for byte',
  ],
  [
    'counts the papers of a shipment and not their bytes',
    withStore('shipments', (shipments) => ({
      papers: async (ids) => (await shipments.papers(ids)).map((paper) => ({ ...paper, bytes: 1 })),
    })),
    'a store of shipments',
    'tells which papers shipments have',
  ],
  [
    'finds the shipments that it is asked for in their order',
    withStore('shipments', (shipments) => ({
      findMany: async (ids) => {
        const found = await Promise.all(ids.map((id) => shipments.find(id)));
        return found.flatMap((one) => one ?? []);
      },
    })),
    'a store of shipments',
    'finds many shipments at once',
  ],
  [
    'shows secrets with the channel',
    withStore('channels', (channels) => ({
      find: async (id) => {
        const found = await channels.find(id);
        return found && { ...found, secrets: await channels.secretsOf(id) };
      },
    })),
    'a store of channels',
    'finds a channel as it was added',
  ],
  [
    'loses what an entry tells',
    withStore('audit', (audit) => ({ append: (entries) => audit.append(entries.map((entry) => ({ ...entry, facts: {} }))) })),
    'an audit log',
    'lists entries as they were appended',
  ],
  [
    'counts the end of a span of time',
    withStore('audit', (audit) => ({
      list: (page, filter) => audit.list(page, { ...filter, to: filter.to && new Date(filter.to.getTime() + 1) }),
    })),
    'an audit log',
    'filters by actor, by kind and by moment',
  ],
  [
    'shows the hash with its key',
    withStore('apiKeys', (apiKeys) => ({
      find: async (id) => {
        const found = await apiKeys.find(id);
        return found && { ...found, secretHash: 'hash' };
      },
    })),
    'a store of API keys',
    'finds a key with every fact',
  ],
  [
    'revokes a key again',
    withStore('apiKeys', (apiKeys) => ({
      revoke: async (id, at) => (await apiKeys.revoke(id, at)) || (await apiKeys.find(id)) !== undefined,
    })),
    'a store of API keys',
    'revokes a key once',
  ],
  [
    'counts everybody as an admin',
    withStore('members', (members) => ({ count: async () => (await members.list({ limit: 100 })).data.length })),
    'an organization and its members',
    'counts the members of a role',
  ],
  [
    'keeps an organization as it was opened',
    withStore('organization', () => ({ save: async () => undefined })),
    'an organization and its members',
    'keeps what an organization is called',
  ],
  [
    'ends the sessions of other organizations along',
    withStore('sessions', (sessions) => ({ endAllHere: (userId, at) => sessions.endAllOf(userId, at) })),
    'a store of sessions',
    'ends the sessions of a user that are for this organization',
  ],
  [
    'lets the token before open an invitation still',
    withStore('invitations', (invitations) => {
      const save: typeof invitations.save = async (invitation, hash) =>
        invitations.save(
          invitation,
          (await invitations.find(invitation.id)) && hash !== null ? `hash of ${invitation.id}` : hash,
        );
      return { save };
    }),
    'a store of invitations',
    'keeps an invitation as it is saved last',
  ],
  [
    'forgets what was sent by an invitation that has ended',
    withStore('invitations', (invitations) => ({
      sentSince: async (email, from) => ((await invitations.findByEmail(email))?.sentAt ?? []).filter((at) => at >= from),
    })),
    'a store of invitations',
    'tells when an e-mail was written to',
  ],
  [
    'removes all at once',
    withStore('invitations', (invitations) => ({ drop: () => invitations.drop(1_000) })),
    'a store of invitations',
    'removes what nothing is needed of',
  ],
  [
    'revokes the keys of colleagues along',
    withStore('apiKeys', (apiKeys) => ({
      revokeAllOf: async (maker, at) => {
        const { data } = await apiKeys.list({ limit: 100 });
        for (const { id, createdBy } of data) if (createdBy !== maker) await apiKeys.revoke(id, at);
        return apiKeys.revokeAllOf(maker, at);
      },
    })),
    'a store of API keys',
    'revokes all keys that a member has made',
  ],
  [
    'replaces a seal that was replaced meanwhile',
    withStore('seals', (seals) => ({
      replace: async (seal, anew) => {
        const { data } = await seals.list({ limit: 100 });
        const now = data.find(({ ownerId, position }) => ownerId === seal.ownerId && position === seal.position);
        return now ? seals.replace(now, anew) : false;
      },
    })),
    'a store of seals',
    'replaces a seal that is as it was read',
  ],
];

describe('the suites notice a store that', () => {
  it.each(broken)('%s', async (_, make, suite, promise) => expectNoticed(make, suite, promise));
});
