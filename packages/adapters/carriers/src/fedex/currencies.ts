import type { Money } from '@rappit/domain';
import { decimalOf, moneyOf, textOf } from '../wire/reading.js';

/**
 * FedEx's own codes, each for the ISO 4217 code that it stands for; none of them is an ISO code of anything else. Every other currency has
 * its ISO code. FedEx publishes the list on pages of its portal that its API files only link to (`loadDocReference("currencycodes")`).
 * - `NMP` and `SFR` stand in the samples of those files.
 * - The others are as Magento's open module for FedEx has them (`Magento_Fedex`, `_getCurrencyCode`), which many others agree with;
 *   `CID` is in one published integration only. None was tried against FedEx.
 */
export const fedexCurrencies: Readonly<Record<string, string>> = {
  ARN: 'ARS',
  CHP: 'CLP',
  CID: 'KYD',
  DHS: 'AED',
  ECD: 'XCD',
  JAD: 'JMD',
  JYE: 'JPY',
  KUD: 'KWD',
  NMP: 'MXN',
  NTD: 'TWD',
  RDD: 'DOP',
  SFR: 'CHF',
  SID: 'SGD',
  UKL: 'GBP',
  UYP: 'UYU',
  WON: 'KRW',
};

const toIso = new Map(Object.entries(fedexCurrencies));
const fromIso = new Map(Object.entries(fedexCurrencies).map(([theirs, iso]) => [iso, theirs]));

/** An amount as FedEx is told it. */
export const moneyFor = (money: Money) => ({
  amount: decimalOf(money),
  currency: fromIso.get(money.currency) ?? money.currency,
});

/** An amount as FedEx says it; null where there is none, or its currency isn't known. */
export const moneyFrom = (amount: unknown, currency: unknown): Money | null => {
  const code = textOf(currency);
  return moneyOf(amount, toIso.get(code ?? '') ?? code);
};
