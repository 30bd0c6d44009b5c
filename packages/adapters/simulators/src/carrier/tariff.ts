import { minorDigits } from '@rappit/domain';
import type { WireOrder, WireSale } from './wire.js';

export const services = ['standard', 'express'] as const;
export type Service = (typeof services)[number];
export const isService = (text: string): text is Service => services.some((service) => service === text);

/** The carrier's own default, for an order that leaves the choice to it. */
export const serviceOf = ({ service_code }: WireOrder): Service =>
  service_code !== undefined && isService(service_code) ? service_code : 'standard';

type Tariff = { readonly currency: string; readonly base: number; readonly perStartedKg: number };
const euro: Tariff = { currency: 'EUR', base: 490, perStartedKg: 75 };

/** By the country of the sender, in minor units. The yen has none, so that a reader who always divides by a hundred is found out. */
const tariffs: Readonly<Record<string, Tariff>> = {
  US: { currency: 'USD', base: 540, perStartedKg: 80 },
  GB: { currency: 'GBP', base: 420, perStartedKg: 65 },
  JP: { currency: 'JPY', base: 750, perStartedKg: 110 },
};

/** What the order costs: twice as much across a border, half as much again by express. */
export const chargeFor = (order: WireOrder): WireSale['charge'] => {
  const { currency, base, perStartedKg } = tariffs[order.shipper.country] ?? euro;
  const startedKgs = order.pieces.reduce((sum, { kg }) => sum + Math.ceil(kg), 0);
  const inland = base * order.pieces.length + perStartedKg * startedKgs;
  const distance = order.shipper.country === order.consignee.country ? 1 : 2;
  const minor = Math.round(inland * distance * (serviceOf(order) === 'express' ? 1.5 : 1));
  return { amount: decimal(minor, minorDigits(currency)), currency };
};

const decimal = (minor: number, digits: number): string => {
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};
