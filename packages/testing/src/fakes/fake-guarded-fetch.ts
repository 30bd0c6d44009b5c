import {
  err,
  type GuardedFetch,
  type OutboundAnswer,
  type OutboundObjection,
  type OutboundRefused,
  type OutboundRequest,
  type OutboundUnavailable,
  type OutboundUnknown,
  ok,
  type Result,
} from '@rappit/domain';

/** What may be wrong outside: nobody listens (`away`), the connection ends after the request (`lost`), or nothing comes back (`silent`). */
export type OutboundFault = 'away' | 'lost' | 'silent';

export type FakeGuardedFetch = {
  readonly guardedFetch: GuardedFetch;
  /** Every request that arrived, in its order. */
  readonly arrived: () => readonly OutboundRequest[];
  /** Answers of the whole world outside from now on; 200 without a body at first. */
  readonly answerWith: (answer: OutboundAnswer | ((request: OutboundRequest) => OutboundAnswer)) => void;
  /** From now on, until `mend`. */
  readonly breakDown: (fault: OutboundFault) => void;
  readonly mend: () => void;
};

type Sent = Result<OutboundAnswer, OutboundRefused | OutboundUnavailable | OutboundUnknown>;

const unknown = (why: OutboundUnknown['why'], status: number | null = null): Sent =>
  err({ code: 'outbound.unknown_outcome', why, status });

/** A world outside without a network. It knows no names, so every name is a public one; silence takes no time. */
export const fakeGuardedFetch = (): FakeGuardedFetch => {
  const arrived: OutboundRequest[] = [];
  let answer: (request: OutboundRequest) => OutboundAnswer = () => ({ status: 200, headers: {}, body: new Uint8Array() });
  let fault: OutboundFault | null = null;
  return {
    guardedFetch: {
      check,
      send: async (request): Promise<Sent> => {
        const checked = check(request.url);
        if (!checked.ok) return checked;
        if (!areSound(request.headers ?? {})) return refuse('header');
        if (fault === 'away') return err({ code: 'outbound.unavailable', why: 'connection' });
        arrived.push(request);
        if (fault !== null) return unknown(fault === 'lost' ? 'connection' : 'deadline');
        const answered = answer(request);
        return answered.body.byteLength > request.maxBytes ? unknown('tooLarge', answered.status) : ok(answered);
      },
    },
    arrived: () => [...arrived],
    answerWith: (given) => {
      answer = typeof given === 'function' ? given : () => given;
    },
    breakDown: (kind) => {
      fault = kind;
    },
    mend: () => {
      fault = null;
    },
  };
};

const refuse = (why: OutboundObjection): Result<never, OutboundRefused> => err({ code: 'outbound.refused', why });

const check = (text: string): Result<null, OutboundRefused> => {
  const url = text.length <= 2_048 && !/[\s\p{C}\\]/u.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url || url.hostname === '') return refuse('malformed');
  if (url.protocol !== 'https:') return refuse('scheme');
  if (url.username !== '' || url.password !== '') return refuse('credentials');
  if (url.port !== '') return refuse('port');
  return /^\[|^[\d.]+$/.test(url.hostname) ? refuse('address') : ok(null);
};

const ofTheConnection = /^(?:host|connection|content-length|transfer-encoding|accept-encoding|expect|te|trailer|upgrade)$/i;

const areSound = (headers: Readonly<Record<string, string>>): boolean =>
  Object.entries(headers).every(
    ([name, value]) => /^[\w-]+$/.test(name) && !ofTheConnection.test(name) && !/[\r\n\0]/.test(value),
  );
