import { type LinesWanted, MAX_QUANTITY } from '@rappit/domain';
import Type from 'typebox';
import { orderLineIdOf } from '../ids.js';
import type { Fault } from '../problems/refusals.js';
import { closed, integer, listOf, uuid } from '../vocabulary.schemas.js';

const MAX_LINES = 1_000;

/** Which lines of an order a request is about: whole ones, or parts of them. */
export const wantedLines = {
  lineIds: Type.Optional(
    listOf(uuid, {
      minItems: 1,
      maxItems: MAX_LINES,
      description:
        'Whole lines, as far as they are reserved there. Left out, with `lines` too, it is every line that has stock there.',
    }),
  ),
  lines: Type.Optional(
    listOf(Type.Object({ orderLineId: uuid, quantity: integer(1, MAX_QUANTITY) }, closed), {
      minItems: 1,
      maxItems: MAX_LINES,
      description: 'So many units of these lines, of a kit kits, instead of `lineIds`. The rest of each line stays reserved.',
    }),
  ),
};

type Asked = {
  readonly lineIds?: readonly string[];
  readonly lines?: readonly { readonly orderLineId: string; readonly quantity: number }[];
};

export const wantedLinesOf = ({ lineIds, lines }: Asked): LinesWanted => ({
  lineIds: lineIds?.map(orderLineIdOf) ?? null,
  lines: lines?.map(({ orderLineId, quantity }) => ({ orderLineId: orderLineIdOf(orderLineId), quantity })) ?? null,
});

/** Whole lines or parts of them: never half of both. */
export const faultsOfLines = ({ lineIds, lines }: Asked): readonly Fault[] =>
  lineIds && lines ? [{ path: 'lines', message: 'is not asked for beside lineIds' }] : [];
