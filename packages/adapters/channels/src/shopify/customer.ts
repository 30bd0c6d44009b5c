import { type Customer, ok } from '@rappit/domain';
import { fullName } from '../wire/names.js';
import { type Field, object, optional } from '../wire/reading.js';
import { filled } from '../wire/scalars.js';
import { idOf } from './ids.js';

const contact = object({
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

/** Whoever ordered. What was given with the order goes before what the shop's account of that person says; null when nothing is known. */
export const customer: Field<Customer | null> = (fields, path) => {
  const read = contact(fields, path);
  if (!read.ok) return read;
  const { account, email, contactEmail, phone } = read.value;
  const person: Customer = {
    externalId: account?.id ?? null,
    name: account ? fullName(account.firstName, account.lastName) : null,
    email: email ?? contactEmail ?? account?.email ?? null,
    phone: phone ?? account?.phone ?? null,
  };
  return ok(Object.values(person).every((fact) => fact === null) ? null : person);
};
