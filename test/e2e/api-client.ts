import { randomUUID } from 'node:crypto';
import { leaksIn } from '../markers.js';
import type { AppProcess } from './app-process.js';

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** One organization's way to the API of an app process. */
export type ApiClient = {
  readonly post: (path: string, body: unknown, key?: string) => Promise<Answer>;
  /** Asks by any other method. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Of what has to be there: any other status than 200 is a fault. */
  readonly get: <Body>(path: string) => Promise<Body>;
  /** The same organization at another process. */
  readonly at: (app: AppProcess) => ApiClient;
  /** Of whoever opened the organization. */
  readonly token: string;
};

const clientOf = (app: AppProcess, token: string): ApiClient => ({
  post: (path, body, key) => ask(app, token, { method: 'POST', path, body, key }),
  send: (method, path, body) => ask(app, token, { method, path, body }),
  get: async <Body>(path: string) => {
    const response = await fetch(`${app.apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (response.status !== 200) throw new Error(`${path} was answered ${response.status}`);
    return (await response.json()) as Body;
  },
  at: (other) => clientOf(other, token),
  token,
});

type Asked = { readonly method: string; readonly path: string; readonly body: unknown; readonly key?: string | undefined };

const ask = async (app: AppProcess, token: string, { method, path, body, key }: Asked): Promise<Answer> => {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key && { 'idempotency-key': key }),
  };
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${app.apiUrl}${path}`, { method, headers, ...json });
  const text = await response.text();
  if (response.status >= 400) expect(leaksIn('a refusal', text)).toEqual([]);
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
};

/**
 * Asks under a key until it is answered for good: whoever was cut off doesn't know whether it happened, and a machine under load may
 * send anybody away for a moment.
 */
export const insistUnder =
  (key: string) =>
  async (client: ApiClient, path: string, body: unknown): Promise<Answer> => {
    for (let attempt = 1; attempt <= 500; attempt += 1) {
      const answer = await client.post(path, body, key);
      const code = String(answer.body['code']);
      if (answer.status < 500 && code !== 'store.conflict' && code !== 'idempotency.in_progress') return answer;
    }
    throw new Error(`${path} was never answered for good`);
  };

/** The same under a key of its own. */
export const insist = (client: ApiClient, path: string, body: unknown): Promise<Answer> =>
  insistUnder(randomUUID())(client, path, body);

/** A new organization. */
export const registered = async (app: AppProcess): Promise<ApiClient> => {
  const owner = { name: 'Owner', email: `${randomUUID()}@quokka.example`, password: 'a long enough wombat' };
  const { status, body } = await insist(clientOf(app, ''), '/auth/register', { organizationName: 'Shop', ...owner });
  if (status !== 201) throw new Error(`registering was answered ${status}`);
  return clientOf(app, String(body['token']));
};

/** Everything of a list, page by page. */
export const allOf = async <Row>({ get }: ApiClient, path: string): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (let cursor = ''; ; ) {
    const page = await get<{ data: Row[]; nextCursor: string | null }>(`${path}?limit=100${cursor && `&cursor=${cursor}`}`);
    rows.push(...page.data);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
};
