/** What was answered, whatever the status. */
export type Answered<Body> = { readonly status: number; readonly headers: Headers; readonly body: Body };

export type Api = {
  readonly get: <Body>(path: string) => Promise<Body>;
  readonly post: <Body>(path: string, body: unknown) => Promise<Body>;
  readonly patch: <Body>(path: string, body: unknown) => Promise<Body>;
  /** Answers whatever the status is, for those who want to see a refusal. */
  readonly ask: <Body>(method: string, path: string, body?: unknown) => Promise<Answered<Body>>;
  readonly bytes: (path: string) => Promise<Buffer>;
};

/** The API as a newcomer would call it: over HTTP, with a token. Nothing is asked twice, nor waited for longer than half a minute. */
export const apiOf = (baseUrl: string, token: string): Api => {
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
  const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Answered<Body>> => {
    const response = await send(method, path, body);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: jsonOf(text) as Body };
  };
  const wanted = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answered = await ask<Body>(method, path, body);
    if (answered.status >= 300)
      throw new Error(`${method} ${path} was answered ${answered.status}: ${JSON.stringify(answered.body)}`);
    return answered.body;
  };
  return {
    get: (path) => wanted('GET', path),
    post: (path, body) => wanted('POST', path, body),
    patch: (path, body) => wanted('PATCH', path, body),
    ask,
    bytes: async (path) => Buffer.from(await (await send('GET', path)).arrayBuffer()),
  };
};

/** Something in between, such as a proxy, may answer with a page instead. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text === '' ? 'null' : text);
  } catch {
    return text.slice(0, 200);
  }
};
