import type { Order } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';

export const searchColumns: Columns = { search_name: 'text', search_surname: 'text', search_email: 'text' };

const LONGEST_NAME = 100;
/** No address is longer (RFC 5321, 4.5.3.1.3, less its brackets). */
const LONGEST_EMAIL = 254;

/** A text as it is looked for: without regard to case, and nothing but whole characters. */
export const searched = (text: string): string => text.toLowerCase();

const upTo = (longest: number, text: string | null): string | null => {
  if (text === null) return null;
  const lower = searched(text);
  return lower.length <= longest ? lower : [...lower].slice(0, longest).join('');
};

const surnameIn = (name: string | null): string | null => /\s(\S+)\s*$/.exec(name ?? '')?.[1] ?? null;

/** What an order is found by whose customer somebody looks for: the name, its last word, and the e-mail address. */
export const fromCustomer = (customer: Order['customer']): Row => {
  const { name = null, email = null } = customer ?? {};
  return {
    search_name: upTo(LONGEST_NAME, name),
    search_surname: upTo(LONGEST_NAME, surnameIn(name)),
    search_email: upTo(LONGEST_EMAIL, email),
  };
};
