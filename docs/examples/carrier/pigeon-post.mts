import { type Carrier, err, nothingButLabels, ok } from '@rappit/domain';
import { ask, fieldsOf, type Line, listOf } from './ask.mjs';
import { fromPurchase, labelIn, noAnswer, trackedIn } from './from-pigeon.mjs';
import { toPigeon } from './to-pigeon.mjs';

export type PigeonPostOptions = Pick<Line, 'baseUrl' | 'apiKey'> & {
  readonly now: () => Date;
  /** Bounds one request. A label is a matter of seconds. */
  readonly deadline?: Line['deadline'];
};

/** Pigeon Post shows what it has sold an hour later at the latest (its manual, chapter 4). */
export const SHOWN_AFTER_MS = 3_600_000;

/** The carrier port in front of Pigeon Post. What is shaped like Pigeon Post stops at `to-pigeon` and `from-pigeon`. */
export const pigeonPost = ({ now, deadline = () => AbortSignal.timeout(20_000), ...access }: PigeonPostOptions): Carrier => {
  const line: Line = { ...access, deadline };
  return {
    ...nothingButLabels,
    code: 'pigeon',
    supports: { ...nothingButLabels.supports, labelAgain: true, labelFormats: ['pdf', 'zpl'], trackAtOnce: 50 },
    trackingPage: (number) => `https://pigeon-post.example/follow/${encodeURIComponent(number)}`,
    buyLabel: async (order) => {
      const asked = toPigeon(order);
      return asked.ok ? fromPurchase(await ask(line, '/v1/consignments', asked.value)) : asked;
    },
    findByReference: async ({ reference, askedAt }) => {
      const asked = await ask(line, `/v1/consignments?ref=${encodeURIComponent(reference)}`);
      const found = asked.kind === 'answered' && asked.status === 200 ? fieldsOf(asked.body)['consignments'] : undefined;
      if (!Array.isArray(found)) return noAnswer(asked);
      // Of several sales the oldest counts, and they come in the order of their making.
      const label = labelIn(found[0]);
      if (label) return ok(label);
      if (found.length > 0) return err({ code: 'carrier.unavailable', message: 'What Pigeon Post has sold can not be read.' });
      const until = new Date(askedAt.getTime() + SHOWN_AFTER_MS);
      return now() < until
        ? err({ code: 'carrier.reference_unsettled', message: 'Pigeon Post may still show it.', until })
        : err({ code: 'carrier.reference_unknown' });
    },
    track: async (numbers) => {
      const asked = await ask(line, `/v1/scans?numbers=${numbers.map(encodeURIComponent).join(',')}`);
      const isAnswer = asked.kind === 'answered' && asked.status === 200 && listOf(fieldsOf(asked.body)['parcels']).length > 0;
      return isAnswer ? ok(trackedIn(asked.body, numbers)) : noAnswer(asked);
    },
  };
};
