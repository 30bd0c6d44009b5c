import { type Customer, ok } from '@rappit/domain';
import { fullName } from '../wire/names.js';
import { type Field, object, optional } from '../wire/reading.js';
import { filled } from '../wire/scalars.js';
import { idOf } from './ids.js';

/** What an order says of whoever ordered. */
export type Contact = {
  readonly email: string | null;
  readonly contactEmail: string | null;
  readonly phone: string | null;
  readonly account: {
    readonly id: string | null;
    readonly firstName: string | null;
    readonly lastName: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  } | null;
};

const contact = object<Contact>({
  email: filled('email'),
  contactEmail: filled('contact_email'),
  phone: filled('phone'),
  account: optional(
    'customer',
    object({
      id: idOf('Customer'),
      firstName: filled('first_name'),
      lastName: filled('last_name'),
      email: filled('email'),
      phone: filled('phone'),
    }),
  ),
});

export const customer: Field<Customer | null> = (fields, path) => {
  const read = contact(fields, path);
  return read.ok ? ok(customerOf(read.value)) : read;
};

/** Whoever ordered. What was given with the order goes before what the shop's account of that person says; null when nothing is known. */
export const customerOf = ({ account, email, contactEmail, phone }: Contact): Customer | null => {
  const person: Customer = {
    externalId: account?.id ?? null,
    name: account ? fullName(account.firstName, account.lastName) : null,
    email: email ?? contactEmail ?? account?.email ?? null,
    phone: phone ?? account?.phone ?? null,
  };
  return Object.values(person).every((fact) => fact === null) ? null : person;
};
