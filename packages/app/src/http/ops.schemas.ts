import Type from 'typebox';
import { anyText, closed } from './vocabulary.schemas.js';

const count = Type.Integer({ minimum: 0 });

export const Checks = Type.Record(Type.String(), anyText, { description: 'In a word how each thing stands that is needed.' });
export const TookMs = Type.Record(Type.String(), count, { description: 'How long each took to say so, in milliseconds.' });
export const QueueDepth = Type.Object(
  { due: count, later: count, failed: count },
  { ...closed, description: 'Jobs that wait, over all processes.' },
);
