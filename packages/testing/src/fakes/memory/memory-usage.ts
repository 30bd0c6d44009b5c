import type { LimitKind, UsageStore } from '@rappit/domain';
import type { OrganizationState } from './organization-state.js';
import type { Workbench } from './workbench.js';

const some = <Value>(map: ReadonlyMap<unknown, Value>, counts: (value: Value) => boolean): number =>
  [...map.values()].filter(counts).length;

const monthOf = (moment: Date): string => moment.toISOString().slice(0, 7);

const counted: Readonly<Record<LimitKind, (state: OrganizationState, now: Date) => number>> = {
  members: ({ members }) => members.size,
  locations: ({ locations }) => some(locations, ({ active }) => active),
  skus: ({ items }) => some(items, ({ removedAt }) => removedAt === null),
  ordersPerMonth: ({ orders }, now) => some(orders, ({ placedAt }) => monthOf(placedAt) === monthOf(now)),
  channels: ({ channels }) => some(channels, ({ channel }) => channel.status === 'connected'),
};

export const memoryUsage = ({ state, now }: Workbench): UsageStore => ({ count: async (kind) => counted[kind](state(), now) });
