import { Agent, request } from 'node:http';

export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
};
export type WireAnswer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly ms: number };

/** Sends a request as it is, whatever `fetch` would say to its method, its path or its headers. */
export const wireTo = (port: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = ({ method, path, headers, body }: WireRequest): Promise<WireAnswer> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = request({ host: '127.0.0.1', port, method, path, agent, headers: { ...headers, ...length } });
      asked.on('error', reject);
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const given = new Headers();
          for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
            given.append(response.rawHeaders[at] ?? '', response.rawHeaders[at + 1] ?? '');
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: given, text, ms: performance.now() - began });
        });
      });
      asked.end(body ?? undefined);
    });
  return { send, close: () => agent.destroy() };
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as a command that sends it again. Bytes that are no text travel in base64. */
export const asCurl = (origin: string, { method, path, headers, body }: WireRequest): string => {
  const isText = typeof body === 'string' && !/[^\P{Cc}\t\n\r]/u.test(body);
  const data = body === null ? '' : isText ? ` --data-binary ${quoted(body)}` : ' --data-binary @-';
  const given = Object.entries(headers).map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`);
  const piped = body === null || isText ? '' : `printf %s ${Buffer.from(body).toString('base64')} | base64 -d | `;
  return `${piped}curl -i --path-as-is -X ${method} ${quoted(`${origin}${path}`)}${given.join('')}${data}`;
};
