import type { GuardedFetch, OutboundAnswer, OutboundObjection, OutboundRequest } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat, expectWithin } from './expecting.js';

/** What may go wrong outside. `away`: nobody listens. `lost`: the request arrives, and the connection ends. `silent`: it arrives, and nothing comes back. */
export type OutboundOutage = 'away' | 'lost' | 'silent';

/** What arrived, as the other side saw it. */
export type Arrived = { readonly method: string; readonly path: string; readonly header: string; readonly body: string };

/** A guard beside somebody who may be called. `header` of what arrived is the value of `x-contract`. */
export type GuardedFetchWorld = {
  readonly guardedFetch: GuardedFetch;
  readonly url: (path: string) => string;
  readonly arrived: () => readonly Arrived[];
  /** What the other side answers from now on. */
  readonly answerWith: (answer: OutboundAnswer) => void;
  readonly breakDown: (outage: OutboundOutage) => void | Promise<void>;
};

const asking = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: 'GET',
  url,
  deadlineMs: 60_000,
  maxBytes: 10_000,
  ...more,
});

const forbidden: readonly (readonly [url: string, why: OutboundObjection])[] = [
  ['', 'malformed'],
  ['shop.example.com/hook', 'malformed'],
  ['https://', 'malformed'],
  ['https://shop.exa\nmple.com/', 'malformed'],
  ['https:\\\\shop.example.com\\', 'malformed'],
  [`https://shop.example.com/${'x'.repeat(2_048)}`, 'malformed'],
  ['ftp://shop.example.com/', 'scheme'],
  ['file:///etc/passwd', 'malformed'],
  ['gopher://shop.example.com/_x', 'scheme'],
  ['https://user@shop.example.com/', 'credentials'],
  ['https://user:wombat@shop.example.com/', 'credentials'],
  ['https://169.254.169.254/latest/meta-data/', 'address'],
  ['https://2852039166/', 'address'],
  ['https://0xa9fea9fe/', 'address'],
  ['https://0251.0376.0251.0376/', 'address'],
  ['https://[::ffff:169.254.169.254]/', 'address'],
  ['https://[fe80::1]/', 'address'],
  ['https://0.0.0.0/', 'address'],
  ['https://224.0.0.1/', 'address'],
];

export const guardedFetchContract: readonly ContractCase<GuardedFetchWorld>[] = [
  {
    promise: 'hands everything on, and answers to the byte',
    keeps: async ({ guardedFetch, url, arrived, answerWith }) => {
      const body = Uint8Array.from([0, 255, 13, 10, 0xe2, 0x82]);
      answerWith({ status: 201, headers: { 'x-answer': 'yes' }, body });
      const request = asking(url('/hook?a=1&b=%20'), { method: 'POST', headers: { 'x-contract': 'kept' }, body: '{"ق":1}' });
      const answer = expectOk(await guardedFetch.send(request), 'sending');
      expectEqual([answer.status, answer.headers['x-answer'], [...answer.body]], [201, 'yes', [...body]], 'the answer');
      expectEqual(
        arrived(),
        [{ method: 'POST', path: '/hook?a=1&b=%20', header: 'kept', body: '{"ق":1}' }],
        'what arrived at the other side',
      );
    },
  },
  {
    promise: 'takes any status for an answer, and follows no redirect',
    keeps: async ({ guardedFetch, url, arrived, answerWith }) => {
      for (const status of [204, 302, 307, 404, 429, 500]) {
        answerWith({ status, headers: { location: url('/elsewhere') }, body: new Uint8Array() });
        const answer = expectOk(await guardedFetch.send(asking(url('/here'))), `being answered ${status}`);
        expectEqual([answer.status, answer.headers['location']], [status, url('/elsewhere')], 'the answer');
      }
      expectEqual(new Set(arrived().map(({ path }) => path)), new Set(['/here']), 'the paths that were asked for');
    },
  },
  {
    promise: 'refuses what may not be called, at once and when it is sent, and sends nothing',
    keeps: async ({ guardedFetch, url, arrived }) => {
      for (const [address, why] of forbidden) {
        const what = JSON.stringify(address.slice(0, 80));
        expectEqual(expectRefused(guardedFetch.check(address), 'outbound.refused', `checking ${what}`).why, why, what);
        const sent = await guardedFetch.send(asking(address));
        expectEqual(expectRefused(sent, 'outbound.refused', `sending to ${what}`).why, why, what);
      }
      expectOk(guardedFetch.check(url('/')), 'checking what may be called');
      expectEqual(arrived(), [], 'what arrived');
    },
  },
  {
    promise: 'refuses headers that only the connection may set, and ones that smuggle others in',
    keeps: async ({ guardedFetch, url, arrived }) => {
      for (const headers of [
        { Host: 'internal' },
        { 'content-length': '3' },
        { 'Transfer-Encoding': 'chunked' },
        { 'x-a': 'b\r\nx-smuggled: c' },
        { 'x a': 'b' },
      ]) {
        const sent = await guardedFetch.send(asking(url('/'), { headers }));
        expectEqual(expectRefused(sent, 'outbound.refused', `sending ${JSON.stringify(headers)}`).why, 'header', 'the reason');
      }
      expectEqual(arrived(), [], 'what arrived');
    },
  },
  {
    promise: 'says that nobody is there, and has certainly sent nothing',
    keeps: async ({ guardedFetch, url, arrived, breakDown }) => {
      await breakDown('away');
      const sent = await guardedFetch.send(asking(url('/'), { method: 'POST', body: 'x' }));
      expectEqual(expectRefused(sent, 'outbound.unavailable', 'sending').why, 'connection', 'the reason');
      expectEqual(arrived(), [], 'what arrived');
    },
  },
  {
    promise: 'says perhaps when the connection ends without an answer',
    keeps: async ({ guardedFetch, url, arrived, breakDown }) => {
      await breakDown('lost');
      const sent = await guardedFetch.send(asking(url('/'), { method: 'POST', body: 'x' }));
      const { why, status } = expectRefused(sent, 'outbound.unknown_outcome', 'sending');
      expectEqual([why, status], ['connection', null], 'what is known');
      expectEqual(arrived().length, 1, 'requests that arrived');
    },
  },
  {
    promise: 'waits no longer than its deadline, and says perhaps',
    keeps: async ({ guardedFetch, url, breakDown }) => {
      await breakDown('silent');
      const sendWithin = (deadlineMs: number) =>
        expectWithin(deadlineMs + 4_000, guardedFetch.send(asking(url('/'), { deadlineMs })), 'sending');
      let sent = await sendWithin(200);
      // A machine may be too busy to send anything within the deadline.
      for (let longer = 400; !sent.ok && sent.error.code === 'outbound.unavailable' && longer < 30_000; longer *= 2)
        sent = await sendWithin(longer);
      const { why, status } = expectRefused(sent, 'outbound.unknown_outcome', 'sending to somebody silent');
      expectEqual([why, status], ['deadline', null], 'what is known');
    },
  },
  {
    promise: 'gives up an answer that is too large, and knows its status',
    keeps: async ({ guardedFetch, url, answerWith }) => {
      const body = new Uint8Array(1_000).fill(7);
      answerWith({ status: 200, headers: {}, body });
      const enough = expectOk(await guardedFetch.send(asking(url('/'), { maxBytes: 1_000 })), 'an answer that just fits');
      expectThat(enough.body.byteLength === 1_000, 'what just fits is whole');
      const sent = await guardedFetch.send(asking(url('/'), { maxBytes: 999 }));
      const { why, status } = expectRefused(sent, 'outbound.unknown_outcome', 'an answer one byte too large');
      expectEqual([why, status], ['tooLarge', 200], 'what is known');
    },
  },
];
