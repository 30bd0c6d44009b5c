/** What the simulated carrier speaks: its own names, kilograms and centimetres, as any carrier has its own. */
export type WireAddress = {
  readonly contact: string;
  readonly company?: string;
  readonly street: readonly string[];
  readonly town: string;
  readonly state?: string;
  readonly zip?: string;
  readonly country: string;
  readonly tel?: string;
  readonly mail?: string;
};

export type WirePiece = { readonly kg: number; readonly cm: { readonly l: number; readonly w: number; readonly h: number } };

export type WireOrder = {
  readonly customer_ref: string;
  readonly service_code?: string;
  readonly shipper: WireAddress;
  readonly consignee: WireAddress;
  readonly pieces: readonly WirePiece[];
};

/** A sold shipment. The amount is a decimal text, the label is base64. */
export type WireSale = {
  readonly awb: string;
  readonly customer_ref: string;
  readonly service_code: string;
  readonly charge: { readonly amount: string; readonly currency: string };
  readonly label: { readonly format: 'PDF'; readonly data: string };
};

/** A refusal. `pointer` is a JSON pointer into the order; `sold: false` promises that nothing was sold. */
export type WireFault = { readonly code: string; readonly message: string; readonly pointer?: string; readonly sold?: false };

export const KEY_HEADER = 'x-carrier-key';
export const SHIPMENTS_PATH = '/v1/shipments';
