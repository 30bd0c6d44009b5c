/** A waybill's number: nine digits and their remainder by seven. */
export const waybillNumber = (count: number): string => {
  const digits = String(100_000_000 + count * 7_919).slice(0, 9);
  return `${digits}${Number(digits) % 7}`;
};

export const pieceNumber = (waybill: string, place: number): string => `JD01${waybill}${String(place).padStart(6, '0')}`;
