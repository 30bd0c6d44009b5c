import Type from 'typebox';
import { anyText, closed, component, oneOf } from './vocabulary.schemas.js';

export const actorKinds = ['user', 'apiKey', 'channel', 'carrier', 'system'] as const;

export const Actor = component(
  'Actor',
  Type.Object(
    { kind: oneOf(actorKinds), id: anyText, name: anyText },
    { ...closed, description: 'Who did it, by the name of that time.' },
  ),
);
