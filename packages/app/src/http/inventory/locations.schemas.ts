import type { Location as DomainLocation, LocationFacts } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Address, AddressInput, addressOf } from '../address.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import { anyInteger, anyText, closed, component, integer, orNull, text, uuid } from '../vocabulary.schemas.js';

const code = text(50, { examples: ['BER-1'] });
const facts = {
  address: Type.Optional(orNull(AddressInput.ref)),
  priority: Type.Optional(integer(0, 1_000_000, { default: 0, description: 'The lower one is drawn from first.' })),
  active: Type.Optional(
    Type.Boolean({ default: true, description: 'An inactive one keeps its stock and gets no new promises.' }),
  ),
};

export const NewLocation = component('NewLocation', Type.Object({ code, name: text(200), ...facts }, closed));
export const LocationChange = component(
  'LocationChange',
  Type.Object({ code: Type.Optional(code), name: Type.Optional(text(200)), ...facts }, { ...closed, minProperties: 1 }),
);

export const Location = component(
  'Location',
  Type.Object(
    { id: uuid, code: anyText, name: anyText, address: orNull(Address.ref), priority: anyInteger, active: Type.Boolean() },
    closed,
  ),
);
export const LocationPage = component('LocationPage', pageOf(Location.ref));
export const locationQuery = Type.Object(pageQuery, closed);

export const locationView = (location: DomainLocation): Static<typeof Location.ref> => location;

export const locationFactsOf = ({ code, name, address, priority, active }: Static<typeof NewLocation.ref>): LocationFacts => ({
  code: code.trim(),
  name,
  address: address ? addressOf(address) : null,
  priority: priority ?? 0,
  active: active ?? true,
});

export const locationChangeOf = ({ code, address, ...rest }: Static<typeof LocationChange.ref>): Partial<LocationFacts> => ({
  ...rest,
  ...(code !== undefined && { code: code.trim() }),
  ...(address !== undefined && { address: address && addressOf(address) }),
});
