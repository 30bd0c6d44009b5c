import type { Actor, Brand } from '../kernel/index.js';
import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

export type MovementId = Brand<string, 'MovementId'>;
export const MovementId = (text: string): MovementId => text as MovementId;

export const movementKinds = [
  'receipt',
  'restock',
  'adjustment',
  'reserve',
  'release',
  'consume',
  'expire',
  'break',
  'transferOut',
  'transferIn',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** Why a count changed without goods being bought or sold. */
export const adjustmentReasons = ['count', 'damage', 'loss', 'found', 'correction'] as const;
export type AdjustmentReason = (typeof adjustmentReasons)[number];

/** What a movement belongs to, so that it can be followed back. */
export const referenceKinds = ['order', 'shipment', 'document', 'location', 'return'] as const;
export type Reference = { readonly kind: (typeof referenceKinds)[number]; readonly id: string };

/** One line of the ledger: what changed at a level, and what was there afterwards. Never changed, never removed. */
export type Movement = {
  readonly id: MovementId;
  readonly kind: MovementKind;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly onHandAfter: number;
  readonly reservedAfter: number;
  readonly reason: string | null;
  readonly reference: Reference | null;
  /** Who, by kind and id: the ledger is kept for ever, so it holds nobody's name. */
  readonly actor: Pick<Actor, 'kind' | 'id'>;
  readonly at: Date;
};

/** A movement's place in its level's chain. The first has number 1 and the previous hash `''`. */
export type ChainLink = { readonly number: number; readonly previousHash: string; readonly hash: string };

/** The end of a level's chain. Number 0 and `''` before the first movement. */
export type ChainEnd = Pick<ChainLink, 'number' | 'hash'>;

/**
 * The text whose digest is a movement's hash: every fact of the movement and the hash before it, so that a missing or
 * altered row shows.
 */
export const chainText = (movement: Movement, number: number, previousHash: string): string =>
  JSON.stringify([
    previousHash,
    number,
    movement.id,
    movement.kind,
    movement.sku,
    movement.locationId,
    movement.onHandDelta,
    movement.reservedDelta,
    movement.onHandAfter,
    movement.reservedAfter,
    movement.reason,
    movement.reference && [movement.reference.kind, movement.reference.id],
    [movement.actor.kind, movement.actor.id],
    movement.at.toISOString(),
  ]);
