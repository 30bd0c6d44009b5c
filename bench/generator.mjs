import { once } from 'node:events';
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** One keep-alive connection that asks one thing at a time. It understands as much of HTTP as our subjects speak, and so costs little. */
export const openConnection = async ({ host, port }) => {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  let kept = Buffer.alloc(0);
  let asked;
  const fail = (error) => asked?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed under a request')));
  socket.on('data', (chunk) => {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    const end = kept.indexOf(HEAD_END);
    if (end < 0) return;
    const head = kept.latin1Slice(0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (!length) return fail(new Error(`an answer without a length:\n${head}`));
    const size = end + HEAD_END.length + Number(length[1]);
    if (kept.length < size) return;
    const answer = { status: Number(head.slice(9, 12)), body: kept.utf8Slice(end + HEAD_END.length, size) };
    kept = Buffer.alloc(0);
    asked.resolve(answer);
  });
  return {
    ask: (text) =>
      new Promise((resolve, reject) => {
        asked = { resolve, reject };
        socket.write(text, 'latin1');
      }),
    close: () => {
      asked = undefined;
      socket.destroy();
    },
  };
};

/**
 * Lets `clients` ask as fast as they are answered, for `seconds`, after a short start that isn't measured.
 * `next` makes a request as text; `accept` sees every answer, also those before and after the measured time.
 * Goes on until there is an answer to count. Tells requests a second and each one's milliseconds, sorted.
 */
export const drive = async ({ host, port, clients, seconds, next, accept }) => {
  const connections = await Promise.all(Array.from({ length: clients }, () => openConnection({ host, port })));
  const lead = Math.min(200, seconds * 200);
  const start = performance.now() + lead;
  let end = start + seconds * 1_000;
  const times = [];
  const client = async ({ ask }) => {
    for (let before = performance.now(); before < end || times.length === 0; before = performance.now()) {
      const answer = await ask(next());
      const after = performance.now();
      accept(answer);
      if (times.length === 0) end = Math.max(end, after);
      if (after >= start && after <= end) times.push(after - before);
    }
  };
  try {
    await Promise.all(connections.map(client));
  } finally {
    for (const { close } of connections) close();
  }
  return { perSecond: (times.length * 1_000) / (end - start), milliseconds: Float64Array.from(times).sort() };
};

/** Sends each of `requests` once, over `clients` connections, and answers the answers in their order. */
export const sendAll = async ({ host, port, clients, requests }) => {
  const connections = await Promise.all(Array.from({ length: clients }, () => openConnection({ host, port })));
  const answers = [];
  let sent = 0;
  const client = async ({ ask }) => {
    for (let index = sent++; index < requests.length; index = sent++) answers[index] = await ask(requests[index]);
  };
  try {
    await Promise.all(connections.map(client));
  } finally {
    for (const { close } of connections) close();
  }
  return answers;
};

/** A request as it goes over the wire. Everything in it is ASCII. */
export const requestText = ({ method, path, headers = {}, body }) => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${text.length}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
};
