export {
  authoriseReturn,
  cancelReturn,
  type DecideReturn,
  type DecideReturnRefused,
  rejectReturn,
} from './decide-return.js';
export { type LabelReturn, type LabelReturnRefused, labelReturn, type ReturnLabelRequest } from './label-return.js';
export { type ReceiveReturn, type ReceiveReturnRefused, type ReturnReceipt, receiveReturn } from './receive-return.js';
export { type RefundReturn, type RefundReturnRefused, refundReturn } from './refund-return.js';
export {
  type RequestedLine,
  type RequestReturn,
  type RequestReturnRefused,
  type ReturnRequest,
  requestReturn,
} from './request-return.js';
export {
  evolveReturn,
  type Return,
  type ReturnAction,
  type ReturnCondition,
  ReturnId,
  type ReturnInvalidTransition,
  type ReturnLine,
  type ReturnNotFound,
  type ReturnPart,
  type ReturnReason,
  type ReturnStatus,
  returnActions,
  returnConditions,
  returnReasons,
  returnStatuses,
  returnTransitions,
} from './return.js';
export {
  type Arrived,
  type Goods,
  isComplete,
  orderLinesAfter,
  type ReturnLineUnknown,
  type ReturnQuantityExceeded,
  taking,
  touchedUnits,
  wholeUnits,
  withoutAwaited,
} from './return-line.js';
export type { ReturnFilter, ReturnStore, ReturnStores } from './stores.port.js';
export { returnEventTypes } from './tell-return.js';
