import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { SeenScan, Sold } from './books.js';
import { isWhole, type ScenarioFault, type WholeFault } from './faults.js';

/** A request as it arrived, for those who hold what was sent against the carrier's own specification. */
export type Recorded = {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly contentType: string | null;
  /** By their names in small letters; of a name that came twice, both values. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** What a vendor's server answers, and how that looks when something is missing from it. */
export type Answered = {
  readonly status: number;
  readonly body: unknown;
  readonly without?: { readonly number: unknown; readonly label: unknown };
};

/** A vendor's server, as tests and demos have it in their hands. */
export type VendorSimulator = Pick<Scenario, 'breakDown' | 'mend' | 'recorded' | 'unanswered' | 'close'> & {
  readonly baseUrl: string;
  readonly sold: () => readonly Sold[];
  readonly scan: (number: string, scans: readonly SeenScan[]) => void;
};

/** What every vendor's server may be told. */
export type VendorOptions = {
  readonly accountNumber: string;
  readonly port?: number;
  readonly now?: () => Date;
  /** How long a number can't be found by its reference. */
  readonly settlesAfterMs?: number;
};

export type ScenarioOptions = {
  readonly port?: number;
  /** What the vendor says while it serves nobody. */
  readonly away: (fault: WholeFault) => { readonly status: number; readonly body: unknown };
  /** An error that the vendor sends as a success. */
  readonly errorInside: unknown;
};

export type Scenario = {
  readonly server: FastifyInstance;
  readonly listen: () => Promise<string>;
  readonly breakDown: (fault: ScenarioFault) => void;
  readonly mend: () => void;
  /** Everything that was asked, in its order. */
  readonly recorded: () => readonly Recorded[];
  /** How many requests came that will never be answered (`lostBeforeSale`, `lostAfterSale`): whoever waits for them may give up. */
  readonly unanswered: () => number;
  /** Answers a request that is to do something: the effect happens, or doesn't, and its answer arrives, or doesn't. */
  readonly doing: (reply: FastifyReply, effect: () => Promise<Answered> | Answered) => Promise<FastifyReply>;
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>;
};

const LATE_MS = 150;
const MAX_BODY = 4 * 1_024 * 1_024;

/** A server on 127.0.0.1 that fails in the ways of carriers, as it is told. What it sells is the business of its routes. */
export const scenarioServer = ({ port = 0, away, errorInside }: ScenarioOptions): Scenario => {
  const server = fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY });
  const recorded: Recorded[] = [];
  let fault: ScenarioFault | null = null;
  let unanswered = 0;
  const keepSilent = (reply: FastifyReply): FastifyReply => {
    unanswered += 1;
    return reply.hijack();
  };
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  );
  server.addHook('preHandler', async (request, reply) => {
    recorded.push(recordOf(request));
    if (!isWhole(fault)) return undefined;
    const { status, body } = away(fault);
    return reply.code(status).send(body);
  });
  return {
    server,
    listen: () => server.listen({ host: '127.0.0.1', port }),
    breakDown: (kind) => {
      fault = kind;
    },
    mend: () => {
      fault = null;
    },
    recorded: () => [...recorded],
    unanswered: () => unanswered,
    doing: async (reply, effect) => {
      const wrong = fault;
      if (wrong === 'lostBeforeSale') return keepSilent(reply);
      if (wrong === 'errorInside') return reply.code(200).send(errorInside);
      const answer = await effect();
      if (answer.status >= 400 || wrong === null) return reply.code(answer.status).send(answer.body);
      return wrong === 'lostAfterSale' ? keepSilent(reply) : afterDoing(reply, wrong, answer);
    },
    close: () => server.close(),
  };
};

const recordOf = ({ method, url, headers, body }: FastifyRequest): Recorded => ({
  method,
  url,
  contentType: headers['content-type'] ?? null,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  body,
});

const afterDoing = async (
  reply: FastifyReply,
  fault: ScenarioFault,
  { status, body, without }: Answered,
): Promise<FastifyReply> => {
  switch (fault) {
    case 'resetAfterSale':
      reply.hijack().raw.destroy();
      return reply;
    case 'unreadable':
      return reply.code(200).type('text/html').send('<!doctype html><title>Welcome</title><p>Everything is fine.');
    case 'numberMissing':
      return reply.code(status).send(without?.number ?? {});
    case 'labelMissing':
      return reply.code(status).send(without?.label ?? body);
    case 'slow':
      await delay(LATE_MS);
      return reply.code(status).send(body);
    default:
      return reply.code(status).send(body);
  }
};
