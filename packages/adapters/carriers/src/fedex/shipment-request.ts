import type { DocumentFormat, LabelOrder } from '@rappit/domain';
import { type FedexAccount, isInternational, usualService } from './account.js';
import { clearanceOf, packagesOf, totalGrams, weightOf } from './packages.js';
import { partyOf } from './parties.js';

/** FedEx's names of formats, each with a stock that goes with it: paper for what is seen, thermal stock for printers' languages. */
const labels: Readonly<Record<DocumentFormat, { readonly imageType: string; readonly labelStockType: string }>> = {
  pdf: { imageType: 'PDF', labelStockType: 'PAPER_4X6' },
  png: { imageType: 'PNG', labelStockType: 'PAPER_4X6' },
  zpl: { imageType: 'ZPLII', labelStockType: 'STOCK_4X6' },
  epl: { imageType: 'EPL2', labelStockType: 'STOCK_4X6' },
};

/** The body of `POST /ship/v1/shipments`. `shipOn` is never left out: FedEx would take today, and say nothing. */
export const toShipmentRequest = (order: LabelOrder, account: FedexAccount, shipOn: string) => {
  const { from, to, customs, parcels } = order;
  const clearance = isInternational(order) && { customsClearanceDetail: clearanceOf(order, account.accountNumber) };
  const taxNumbers = clearance ? ((customs ?? order.goods)?.taxNumbers ?? []) : [];
  const taxNumbersOf = (party: 'sender' | 'recipient') => taxNumbers.filter((one) => one.party === party);
  return {
    accountNumber: { value: account.accountNumber },
    labelResponseOptions: 'LABEL',
    processingOptionType: 'SYNCHRONOUS_ONLY',
    requestedShipment: {
      shipper: partyOf(from, taxNumbersOf('sender')),
      recipients: [partyOf(to, taxNumbersOf('recipient'))],
      shipDatestamp: shipOn,
      pickupType: account.pickupType,
      serviceType: order.service ?? usualService(order),
      packagingType: 'YOUR_PACKAGING',
      totalWeight: weightOf(totalGrams(parcels)).value,
      totalPackageCount: parcels.length,
      shippingChargesPayment: { paymentType: 'SENDER' },
      labelSpecification: { labelFormatType: 'COMMON2D', ...labels[order.labelFormat ?? account.labelFormat ?? 'pdf'] },
      ...clearance,
      ...(customs && invoice),
      ...specialServices(order),
      requestedPackageLineItems: packagesOf(order, [order.reference, ...order.printed]),
    },
  };
};

const invoice = {
  shippingDocumentSpecification: {
    shippingDocumentTypes: ['COMMERCIAL_INVOICE'],
    commercialInvoiceDetail: { documentFormat: { docType: 'PDF', stockType: 'PAPER_LETTER' } },
  },
};

/** None is no field. */
const specialServices = ({ customs, extras, isReturn }: LabelOrder) => {
  const paperless = customs !== null && extras.paperlessInvoice;
  const specialServiceTypes = [
    ...(extras.saturdayDelivery ? ['SATURDAY_DELIVERY'] : []),
    ...(paperless ? ['ELECTRONIC_TRADE_DOCUMENTS'] : []),
    ...(isReturn ? ['RETURN_SHIPMENT'] : []),
  ];
  if (specialServiceTypes.length === 0) return {};
  return {
    shipmentSpecialServices: {
      specialServiceTypes,
      ...(isReturn && { returnShipmentDetail: { returnType: 'PRINT_RETURN_LABEL' } }),
      ...(paperless && { etdDetail: { requestedDocumentTypes: ['COMMERCIAL_INVOICE'] } }),
    },
  };
};
