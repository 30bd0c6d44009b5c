import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { host } from './processes.mjs';

/** How long a carrier that is late takes. */
const LATE = 30_000;

/**
 * Stands before a carrier: `alive` hands everything on, `late` does so after 30 seconds, `never` takes a request and says nothing.
 * Answers the URL to ask instead of the carrier's own.
 */
export const startFront = async (baseUrl, manner) => {
  const target = new URL(baseUrl);
  const server = createServer((asked, reply) => {
    const handOn = () => {
      const { method, url, headers } = asked;
      const further = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
        reply.writeHead(answer.statusCode, answer.headers);
        answer.pipe(reply);
      });
      further.on('error', () => reply.destroy());
      asked.pipe(further);
    };
    if (manner === 'alive') handOn();
    if (manner === 'late') void delay(LATE, undefined, { ref: false }).then(handOn);
  }).listen(0, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${server.address().port}${target.pathname}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
