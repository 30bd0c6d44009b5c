import { type Config, readConfig } from '../config.js';
import { welcome } from '../demo/welcome.js';
import type { Given } from '../gates/gate.js';
import { passGates } from '../gates/production-gates.js';
import { loggable } from '../http/problems/unavailable.js';
import { endProcess } from '../logger.js';
import { type RunningApp, startApp, startWorker } from '../start.js';

/** `rappit serve`: a whole server, until it is told to stop. In production it passes the gates first. */
export const serveCommand = async (given: Given): Promise<void> => {
  await passGates(given);
  const config = readConfig(given);
  await tellingSentry(given, config);
  const starting = startApp(config);
  untilTold(departing(config, starting));
  const app = await starting;
  if (config.environment === 'demo') await welcome(config, app);
};

/** `rappit worker`: the background jobs without a server, until it is told to stop. In production it passes the same gates. */
export const workCommand = async (given: Given): Promise<void> => {
  await passGates(given);
  const config = readConfig(given);
  await tellingSentry(given, config);
  const starting = startWorker(config);
  // Nobody sends requests to it, so nobody has to notice.
  untilTold(departing({ ...config, drainNoticeMs: 0 }, starting));
  await starting;
};

/** Only loaded where it is wanted. */
const tellingSentry = async ({ SENTRY_DSN: dsn }: Given, { environment }: Config): Promise<void> => {
  if (dsn) (await import('../tracing/sentry.js')).tellSentry(dsn, environment);
};

/** From the first moment on: a signal that came while it starts, just after it said that it works, would end it in the middle of that. */
const untilTold = (told: () => void): void => {
  process.on('SIGTERM', told);
  process.on('SIGINT', told);
  // Left to itself, Node would print the error whole, and a driver's error quotes what somebody sent.
  process.once('uncaughtException', (error) => {
    console.error(JSON.stringify({ crashed: loggable(error) }));
    void endProcess(1);
  });
};

/**
 * What a signal to stop does. First the server says that it isn't ready, and goes on for a while, so that a balancer sends nothing more;
 * a second signal ends that. Then it finishes what is under way, its own start included, and ends with 0, or, when that takes too long,
 * with 1.
 */
const departing = ({ drainNoticeMs, drainMs }: Config, starting: Promise<Pick<RunningApp, 'leave' | 'stop'>>): (() => void) => {
  // A start that fails is told by whoever waits for it.
  const started = (then: (app: Pick<RunningApp, 'leave' | 'stop'>) => void): void => void starting.then(then, () => undefined);
  let begun = false;
  let notice: NodeJS.Timeout | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    clearTimeout(notice);
    setTimeout(() => {
      console.error(
        JSON.stringify({ level: 50, msg: `not everything was finished within ${drainMs / 1_000} seconds: giving it up` }),
      );
      void endProcess(1);
    }, drainMs).unref();
    started((app) => void app.stop().then(() => endProcess(0)));
  };
  return () => {
    if (begun || drainNoticeMs === 0) return stop();
    begun = true;
    started((app) => app.leave());
    notice = setTimeout(stop, drainNoticeMs);
  };
};
