import type { Digest, OrganizationId } from '@rappit/domain';
import type { PersistenceWorld } from '../../contracts/persistence-world.js';
import type { Gate } from '../explorer/gate.js';

/**
 * A persistence whose calls ask for their turns at a gate, with an organization that nobody has used before.
 * - Whatever a call waits for besides its turn, such as a row lock, is told to the gate.
 * - `ids` of one caller don't depend on what others do meanwhile, nor does its clock.
 */
export type World = {
  readonly organizationId: OrganizationId;
  readonly ports: (gate: Gate) => Pick<PersistenceWorld, 'unitOfWork' | 'intake' | 'ids'>;
  /** What the store hashes its ledger with. */
  readonly digest: Digest;
  /** Moves the store's clock, before the commands begin. */
  readonly advance: (milliseconds: number) => void;
};

/** Called for each schedule. */
export type OpenWorld = () => World | Promise<World>;
