import {
  type AccountTried,
  type CarrierAccountChange as Change,
  type CarrierAccount as DomainAccount,
  documentFormats,
  type NewCarrierAccount as NewAccount,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { Address, AddressInput, addressOf } from '../address.schemas.js';
import { pageOf, pageQuery } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  moment,
  oneOf,
  orNull,
  text,
  textOrNull,
  uuid,
} from '../vocabulary.schemas.js';

const details = (description: string, options: object = {}) =>
  Type.Unsafe<Readonly<Record<string, string>>>({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: 500 },
    maxProperties: 20,
    description,
    ...options,
  });

const credentials = details('As the carrier gave them. Stored sealed, never shown.', {
  examples: [{ accountNumber: '123456789', apiKey: '…', apiSecret: '…' }],
});
const facts = {
  settings: Type.Optional(details('What is particular to the carrier, such as the `timeZone` where parcels are handed over.')),
  shipper: Type.Optional(orNull(AddressInput.ref)),
  defaultService: Type.Optional(textOrNull(100, { description: 'What is bought where a shipment names no service.' })),
  labelFormat: Type.Optional(orNull(oneOf(documentFormats))),
  isDefault: Type.Optional(
    Type.Boolean({ description: 'Bought on where a shipment names no account. Left out, the first of a carrier is it.' }),
  ),
  active: Type.Optional(Type.Boolean({ default: true, description: 'Nothing new is bought on an inactive one.' })),
};

export const NewCarrierAccount = component(
  'NewCarrierAccount',
  Type.Object(
    { carrier: text(50, { description: "The carrier's code.", examples: ['dhl'] }), name: text(100), credentials, ...facts },
    closed,
  ),
);
export const CarrierAccountChange = component(
  'CarrierAccountChange',
  Type.Object(
    { name: Type.Optional(text(100)), credentials: Type.Optional(credentials), ...facts },
    { ...closed, minProperties: 1 },
  ),
);

export const CarrierAccount = component(
  'CarrierAccount',
  Type.Object(
    {
      id: uuid,
      carrier: anyText,
      name: anyText,
      numberEnding: Type.String({ description: 'How its number ends.' }),
      settings: details('What is particular to the carrier.'),
      shipper: orNull(Address.ref),
      defaultService: anyTextOrNull,
      labelFormat: orNull(oneOf(documentFormats)),
      isDefault: Type.Boolean(),
      active: Type.Boolean(),
      createdAt: moment,
      version: anyInteger,
    },
    closed,
  ),
);
export const CarrierAccountPage = component('CarrierAccountPage', pageOf(CarrierAccount.ref));
export const CarrierAccountTried = component(
  'CarrierAccountTried',
  Type.Object(
    {
      works: Type.Boolean({ description: 'The carrier has answered.' }),
      problem: orNull(Type.Object({ code: anyText, message: anyText, path: anyTextOrNull }, closed)),
    },
    closed,
  ),
);
export const carrierAccountComponents = [
  NewCarrierAccount,
  CarrierAccountChange,
  CarrierAccount,
  CarrierAccountPage,
  CarrierAccountTried,
];
export const carrierAccountQuery = Type.Object(pageQuery, closed);

export const carrierAccountView = (account: DomainAccount): Static<typeof CarrierAccount.ref> => account;

export const triedView = ({ problem }: AccountTried): Static<typeof CarrierAccountTried.ref> => ({
  works: problem === null,
  problem: problem && { code: problem.code, message: problem.message, path: 'path' in problem ? problem.path : null },
});

export const newAccountOf = (body: Static<typeof NewCarrierAccount.ref>): NewAccount => ({
  carrier: body.carrier,
  name: body.name,
  credentials: body.credentials,
  settings: body.settings ?? {},
  shipper: body.shipper ? addressOf(body.shipper) : null,
  defaultService: body.defaultService ?? null,
  labelFormat: body.labelFormat ?? null,
  isDefault: body.isDefault ?? null,
  active: body.active ?? true,
});

export const accountChangeOf = ({ shipper, ...rest }: Static<typeof CarrierAccountChange.ref>): Change => ({
  ...rest,
  ...(shipper !== undefined && { shipper: shipper && addressOf(shipper) }),
});
