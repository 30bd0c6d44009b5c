import { bug, type ChainLink, chainText, type Digest, type LevelKey, levelKey, type Movement } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';
import type { ChainEnd } from '../scope.js';
import { fromMovement } from './stock-rows.js';

/** What a level becomes by the movements of one write: sums, and the chain's new end. `count` tells where the chain stood before. */
export const levelMoveColumns: Columns = {
  sku: 'text',
  location_id: 'uuid',
  on_hand: 'bigint',
  reserved: 'bigint',
  count: 'bigint',
  number: 'bigint',
  hash: 'text',
};

/** `movements` are ledger rows, `levels` one row a level. */
export type ChainedMoves = { readonly movements: readonly Row[]; readonly levels: readonly Row[] };

/** Numbers and hashes a movement after the last one of its level, and moves the level's end in `chains` on. */
export const link = (movement: Movement, chains: Map<string, ChainEnd>, digest: Digest): ChainLink => {
  const key = levelKey(movement);
  const end = chains.get(key) ?? bug(`the level of ${movement.sku} wasn't locked`);
  const number = end.number + 1;
  const hash = digest(chainText(movement, number, end.hash));
  chains.set(key, { number, hash });
  return { number, previousHash: end.hash, hash };
};

/**
 * Links movements in their order and sums them up per level.
 * Since the ends in `chains` move on, a second write of the same unit of work goes on from there.
 */
export const chainMovements = (movements: readonly Movement[], chains: Map<string, ChainEnd>, digest: Digest): ChainedMoves => {
  const sums = new Map<LevelKey, { sku: string; location_id: string; on_hand: number; reserved: number; count: number }>();
  const rows = movements.map((movement) => {
    const key = levelKey(movement);
    const sum = sums.get(key) ?? { sku: movement.sku, location_id: movement.locationId, on_hand: 0, reserved: 0, count: 0 };
    sums.set(key, {
      ...sum,
      on_hand: sum.on_hand + movement.onHandDelta,
      reserved: sum.reserved + movement.reservedDelta,
      count: sum.count + 1,
    });
    return fromMovement(movement, link(movement, chains, digest));
  });
  return { movements: rows, levels: [...sums].map(([key, sum]) => ({ ...sum, ...chains.get(key) })) };
};

/**
 * The guarded write of levels: a level that was moved by somebody else since it was read, or that would leave I1, is not touched,
 * and the statement's row count tells. Parameters: the organization, a relation with `levelMoveColumns`, and its SKUs once more: the
 * planner can't look into JSON, and finds the levels by these.
 */
export const moveLevels = (organization: string, moves: string, skus: string): string => `
  UPDATE stock_levels l
  SET on_hand = l.on_hand + r.on_hand, reserved = l.reserved + r.reserved, last_number = r.number, last_hash = r.hash
  FROM ${moves}
  WHERE l.organization_id = ${organization}::uuid AND l.sku = ANY(${skus}::text[]) AND l.sku = r.sku AND l.location_id = r.location_id
    AND l.last_number = r.number - r.count
    AND l.reserved + r.reserved BETWEEN 0 AND l.on_hand + r.on_hand`;
