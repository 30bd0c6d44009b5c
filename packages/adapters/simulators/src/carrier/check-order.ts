import { isService, services } from './tariff.js';
import type { WireAddress, WireFault, WireOrder } from './wire.js';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength }) as const;
const length = { type: 'number', exclusiveMinimum: 0, maximum: 300 } as const;

const address = {
  type: 'object',
  additionalProperties: false,
  required: ['contact', 'street', 'town', 'country'],
  properties: {
    contact: text(100),
    company: text(100),
    street: { type: 'array', minItems: 1, maxItems: 5, items: text(100) },
    town: text(100),
    state: text(100),
    zip: text(16),
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
    tel: text(40),
    mail: text(254),
  },
} as const;

/** The shape of an order, for the server to check before the rules below. */
export const orderSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['customer_ref', 'shipper', 'consignee', 'pieces'],
  properties: {
    customer_ref: text(35),
    service_code: text(35),
    shipper: address,
    consignee: address,
    pieces: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kg', 'cm'],
        properties: {
          kg: { type: 'number', exclusiveMinimum: 0 },
          cm: {
            type: 'object',
            additionalProperties: false,
            required: ['l', 'w', 'h'],
            properties: { l: length, w: length, h: length },
          },
        },
      },
    },
  },
} as const;

const MAX_KG = 70;

/** How some countries write their postal codes. Of the others any text, or none, is taken. */
const postalCodes: Readonly<Record<string, RegExp>> = {
  AT: /^\d{4}$/,
  AU: /^\d{4}$/,
  BE: /^\d{4}$/,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
  CH: /^\d{4}$/,
  CN: /^\d{6}$/,
  DE: /^\d{5}$/,
  DK: /^\d{4}$/,
  ES: /^\d{5}$/,
  FR: /^\d{5}$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
  IN: /^\d{6}$/,
  IT: /^\d{5}$/,
  JP: /^\d{3}-?\d{4}$/,
  NL: /^\d{4} ?[A-Z]{2}$/i,
  PL: /^\d{2}-\d{3}$/,
  SE: /^\d{3} ?\d{2}$/,
  US: /^\d{5}(-\d{4})?$/,
};

/** The first reason not to carry an order of the right shape. */
export const faultOf = (order: WireOrder): WireFault | undefined => {
  if (order.service_code !== undefined && !isService(order.service_code)) {
    const message = `This service isn't offered; the services are ${services.join(' and ')}.`;
    return { code: 'service', message, pointer: '/service_code' };
  }
  const heavy = order.pieces.findIndex(({ kg }) => kg > MAX_KG);
  if (heavy >= 0) return { code: 'weight', message: `A piece may weigh ${MAX_KG} kg at most.`, pointer: `/pieces/${heavy}/kg` };
  return zipFault('shipper', order.shipper) ?? zipFault('consignee', order.consignee);
};

const zipFault = (party: 'shipper' | 'consignee', { country, zip }: WireAddress): WireFault | undefined => {
  const pattern = postalCodes[country];
  if (!pattern || pattern.test(zip ?? '')) return undefined;
  return { code: 'zip', message: `${country} has no such postal code.`, pointer: `/${party}/zip` };
};

type ShapeError = {
  readonly instancePath: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** What the schema found, with a pointer that also reaches a property that is missing or too many. */
export const shapeFault = ({ instancePath, message, params }: ShapeError): WireFault => {
  const property = params['missingProperty'] ?? params['additionalProperty'];
  const pointer = typeof property === 'string' ? `${instancePath}/${property}` : instancePath;
  return { code: 'shape', message: `The order can't be read: it ${message ?? 'is wrong'}.`, pointer };
};
