/** As Shopify spells them in its list of carriers: it makes a link to the carrier's page of those that it knows. */
const names: Readonly<Record<string, string>> = { dhl: 'DHL Express', fedex: 'FedEx' };

/** What shops call a carrier; one that nobody has named by its code. */
export const carrierName = (carrier: string): string => names[carrier] ?? carrier;
