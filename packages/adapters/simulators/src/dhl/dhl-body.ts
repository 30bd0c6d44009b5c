/** What the simulator reads of a request; the rest is the business of whoever checks requests against the specification. */
export type DhlAddress = {
  readonly postalCode: string;
  readonly cityName: string;
  readonly countryCode: string;
  readonly addressLine1?: string;
  readonly addressLine2?: string;
};
export type DhlParty = {
  readonly postalAddress: DhlAddress;
  readonly contactInformation: { readonly fullName: string; readonly phone: string };
};
export type DhlPackage = { readonly weight: number };
export type DhlShipment = {
  readonly plannedShippingDateAndTime: string;
  readonly productCode: string;
  readonly accounts: readonly { readonly number: string }[];
  readonly customerDetails: { readonly shipperDetails: DhlParty; readonly receiverDetails: DhlParty };
  readonly customerReferences: readonly { readonly value: string; readonly typeCode: string }[];
  readonly content: { readonly packages: readonly DhlPackage[]; readonly isCustomsDeclarable: boolean };
  readonly outputImageProperties: {
    readonly encodingFormat: 'pdf' | 'zpl' | 'epl';
    readonly imageOptions: readonly { readonly typeCode: string; readonly isRequested?: boolean }[];
  };
};

export const products: Readonly<Record<string, string>> = {
  N: 'EXPRESS DOMESTIC',
  U: 'EXPRESS WORLDWIDE EU',
  P: 'EXPRESS WORLDWIDE',
  Y: 'EXPRESS 12:00',
};

const MAX_KG = 70;

/** A fault as DHL words it; undefined where there is none. */
export const faultOf = ({ productCode, content, accounts }: DhlShipment, accountNumber: string) => {
  if (accounts.some(({ number }) => number !== accountNumber))
    return problem(400, '8009: The account number is not known, or may not be used here.');
  if (products[productCode] === undefined)
    return problem(400, '1004: The requested product is not available between this origin and destination.');
  const heavy = content.packages.findIndex(({ weight }) => weight > MAX_KG);
  if (heavy < 0) return undefined;
  const lines = [
    `#/content/packages/${heavy}/weight: expected maximum value ${MAX_KG}, found ${content.packages[heavy]?.weight}`,
  ];
  return problem(422, 'Multiple problems found, see Additional Details', lines);
};

/** An error body; the number of its status is a text. */
export const problem = (status: number, detail: string, additionalDetails?: readonly string[]) => ({
  status,
  body: {
    instance: '/expressapi',
    detail,
    title: status === 422 ? 'Validation error' : 'Bad request',
    message: status === 422 ? 'Unprocessable Entity' : 'Bad request',
    ...(additionalDetails && { additionalDetails }),
    status: String(status),
  },
});
