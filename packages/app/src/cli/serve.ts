import { readConfig } from '../config.js';
import { welcome } from '../demo/welcome.js';
import type { Given } from '../gates/gate.js';
import { passGates } from '../gates/production-gates.js';
import { loggable } from '../http/problems/unavailable.js';
import { startApp } from '../start.js';

/** `rappit serve`: a whole server, until it is told to stop. In production it passes the gates first. */
export const serveCommand = async (given: Given): Promise<void> => {
  await passGates(given);
  const config = readConfig(given);
  const app = await startApp(config);
  if (config.environment === 'demo') await welcome(config, app);
  const stop = (): void => {
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Left to itself, Node would print the error whole, and a driver's error quotes what somebody sent.
  process.once('uncaughtException', (error) => {
    console.error(JSON.stringify({ crashed: loggable(error) }));
    process.exit(1);
  });
};
