import { type Config, examine } from '../config.js';
import type { Asked, Given, Probes } from './gate.js';
import { GatesClosed, isGo, judge } from './gates.js';
import { outsideGate, reasonsOfRoutes } from './outside.gate.js';
import { probeDatabase } from './probe.js';
import { toldOf } from './told.js';

/** A configuration as the gates see it: as production's, whatever it is called. */
export const askedOf = (given: Given, probes: Probes): Asked => ({
  given,
  faults: examine({ ...given, NODE_ENV: 'production' }).faults,
  probes,
});

/**
 * Lets a server start in production, or throws with every reason at once. The database is asked, if it answers: one that comes late is waited
 * for afterwards, and isn't a reason.
 */
export const passGates = async (given: Given): Promise<void> => {
  if (examine(given).config.environment !== 'production') return;
  const database = await probeDatabase(given);
  const judged = judge(askedOf(given, database === undefined || database === 'away' ? {} : { database }));
  if (!isGo(judged)) throw new GatesClosed(toldOf(judged));
};

/** The same of the routes that a server has, once it is made and before it listens: in production nothing pretends to be a shop. */
export const passRoutes = (environment: Config['environment'], routes: readonly string[]): void => {
  const reasons = environment === 'production' ? reasonsOfRoutes(routes) : [];
  const { id, title } = outsideGate;
  if (reasons.length > 0) throw new GatesClosed(toldOf([{ id, title, reasons }]));
};
