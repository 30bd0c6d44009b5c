import { exampleDraft, exampleItem, exampleLine, exampleLocation, exampleSku, inMemory } from '@rappit/testing/fakes';

const rappit = inMemory();
const sku = exampleSku('MUG-1');
await rappit.addItem(rappit.caller, sku, exampleItem('Mug'));
const berlin = await rappit.addLocation(rappit.caller, exampleLocation('BER'));
if (!berlin.ok) throw new Error(berlin.error.code);
await rappit.receiveStock(rappit.caller, { sku, locationId: berlin.value.id, quantity: 5, reference: null });
const order = await rappit.placeOrder(rappit.caller, exampleDraft([exampleLine('MUG-1', 3)]));
console.log(order.ok ? `${order.value.number} ${order.value.status}` : order.error.code);
