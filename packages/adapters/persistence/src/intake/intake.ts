import type { OrderIntake, OrganizationId, PlacementRequest } from '@rappit/domain';
import type { BatchDeps } from './batch.js';
import type { Answer } from './decide-batch.js';
import { makeForesight } from './foresight.js';
import { runLane, type Waiting } from './lane.js';

/**
 * Orders of one organization in one lane: while one batch is under way the next orders gather, and go together when it is back.
 * Nothing waits when it is quiet, since there is no timer. Lanes of different organizations run side by side.
 */
export const postgresIntake = (given: Omit<BatchDeps, 'foresight'>): OrderIntake => {
  const deps = { ...given, foresight: makeForesight() };
  const lanes = new Map<OrganizationId, Waiting[]>();

  const drive = async (organizationId: OrganizationId, lane: Waiting[]): Promise<void> => {
    while (lane.length > 0) await runLane(deps, organizationId, lane);
    lanes.delete(organizationId);
  };

  const enqueue = (organizationId: OrganizationId, requests: readonly PlacementRequest[]): readonly Promise<Answer>[] => {
    const running = lanes.get(organizationId);
    const lane = running ?? [];
    const answers = requests.map((request) => new Promise<Answer>((answer, fail) => lane.push({ request, answer, fail })));
    if (!running) {
      lanes.set(organizationId, lane);
      void drive(organizationId, lane);
    }
    return answers;
  };

  return { place: (organizationId, requests) => Promise.all(enqueue(organizationId, requests)) };
};
