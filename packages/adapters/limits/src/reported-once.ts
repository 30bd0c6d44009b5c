import type { Cluster, Redis } from 'ioredis';

/** An outage is reported once, and is over when all connections are there again. */
export const reportedOnce = (report: (error: unknown) => void, connections: readonly (Redis | Cluster)[]) => {
  let away = false;
  const began = (error: unknown): void => {
    if (!away) report(error);
    away = true;
  };
  for (const connection of connections) {
    connection.on('error', began);
    connection.on('close', () => began(new Error('the connection to Redis was lost')));
    connection.on('ready', () => {
      if (connections.every(({ status }) => status === 'ready')) away = false;
    });
  }
  return {
    began,
    expected: (): void => {
      away = true;
    },
  };
};
