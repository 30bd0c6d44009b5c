import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** The first port that Linux gives to whoever wants any; elsewhere such ports begin higher. */
const firstGiven = async (): Promise<number> => {
  const range = await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').catch(() => '');
  const first = Number.parseInt(range, 10);
  return Number.isInteger(first) && first > 12_000 ? first : 32_768;
};

/**
 * A free port that the system gives to nobody by itself, so that it is still free when a server comes back to it: any other is taken by
 * the next connection of whatever test runs beside.
 */
export const lastingPort = async (): Promise<number> => {
  const [from, to] = [10_000, await firstGiven()];
  for (;;) {
    const port = from + Math.floor(Math.random() * (to - from));
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
};
