/** What the simulator reads of a request; the rest is the business of whoever checks requests against the specification. */
export type FedexParty = {
  readonly address: {
    readonly streetLines: readonly string[];
    readonly city: string;
    readonly postalCode?: string;
    readonly countryCode: string;
  };
  readonly contact: { readonly personName: string };
};
export type FedexPackage = {
  readonly weight: { readonly value: number };
  readonly customerReferences: readonly { readonly customerReferenceType: string; readonly value: string }[];
};
export type FedexShipment = {
  readonly accountNumber: { readonly value: string };
  readonly requestedShipment: {
    readonly shipper: FedexParty;
    readonly recipients: readonly FedexParty[];
    readonly shipDatestamp: string;
    readonly serviceType: string;
    readonly labelSpecification: { readonly imageType: 'PDF' | 'ZPLII' | 'EPL2' | 'PNG' };
    readonly shippingDocumentSpecification?: unknown;
    readonly requestedPackageLineItems: readonly FedexPackage[];
  };
};

export const services: Readonly<Record<string, string>> = {
  FEDEX_PRIORITY: 'FedEx Priority',
  FEDEX_FIRST: 'FedEx First',
  FEDEX_INTERNATIONAL_PRIORITY: 'FedEx International Priority',
  FEDEX_GROUND: 'FedEx Ground',
};

/** An answer as FedEx wraps it. */
export const answer = (output: object) => ({ transactionId: '6f1f3f2e-0000-4000-8000-000000000000', output });

export const fault = (status: number, code: string, message: string) => ({
  status,
  body: { transactionId: '6f1f3f2e-0000-4000-8000-000000000000', errors: [{ code, message }] },
});
