import { randomBytes } from 'node:crypto';

const tail = randomBytes(6).toString('hex');
let moment = 0;
let counter = 0;

const hex = (number, digits) => number.toString(16).padStart(digits, '0');

/** UUIDs that rise (version 7, with a counter of 24 bits instead of chance), so that new rows meet in the same pages. */
export const nextId = () => {
  const now = Date.now();
  if (now > moment) {
    moment = now;
    counter = 0;
  } else counter += 1;
  const time = hex(moment, 12);
  const count = hex(counter, 6);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}-${tail}`;
};
