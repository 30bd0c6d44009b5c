import type { Documented } from './documented.test-kit.js';

export type Asked = {
  readonly token?: string | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as CSV. */
  readonly csv?: string | undefined;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly bytes: Uint8Array };

/** Asks a listening server, and holds every answer against the API document. */
export type Send = (method: string, path: string, asked?: Asked) => Promise<Answer>;

/** `hear` gets every answer, such as one that must not say too much. */
export const clientOf =
  (origin: string, documented: Documented, hear: (answer: Answer) => void): Send =>
  async (method, path, { token, json, csv, raw, headers = {} } = {}) => {
    const body = raw ?? csv ?? (json === undefined ? undefined : JSON.stringify(json));
    const response = await fetch(`${origin}${path}`, {
      method,
      // Where it would lead to is part of the answer.
      redirect: 'manual',
      ...(body !== undefined && { body }),
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': csv === undefined ? 'application/json' : 'text/csv' }),
        ...headers,
      },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const answer = { status: response.status, headers: response.headers, text: new TextDecoder().decode(bytes), bytes };
    hear(answer);
    documented.check(method, path, answer);
    return answer;
  };

/** What a test reads of a JSON answer. Only what is asserted on has a type. */
export const read = <Shape>(answer: Pick<Answer, 'text'>): Shape => JSON.parse(answer.text) as Shape;

export type ProblemShape = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly shortfalls?: readonly { readonly sku: string; readonly wanted: number; readonly available: number }[];
  readonly shipmentId?: string;
};

/** The status and code of a refusal, and the paths that it names. */
export const refusalIn = (
  answer: Answer,
): { readonly status: number; readonly code: string; readonly paths: readonly string[] } => {
  const problem = read<ProblemShape>(answer);
  return { status: answer.status, code: problem.code, paths: (problem.errors ?? []).map(({ path }) => path) };
};
