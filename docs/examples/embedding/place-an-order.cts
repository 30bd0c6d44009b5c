import domain = require('@rappit/domain');
import fakes = require('@rappit/testing/fakes');

const rappit = fakes.inMemory({ policy: domain.byPriority });
const sku = fakes.exampleSku('MUG-1');

const placeAnOrder = async (): Promise<string> => {
  await rappit.addItem(rappit.caller, sku, fakes.exampleItem('Mug'));
  const berlin = await rappit.addLocation(rappit.caller, fakes.exampleLocation('BER'));
  if (!berlin.ok) return berlin.error.code;
  await rappit.receiveStock(rappit.caller, { sku, locationId: berlin.value.id, quantity: 5, reference: null });
  const order = await rappit.placeOrder(rappit.caller, fakes.exampleDraft([fakes.exampleLine('MUG-1', 3)]));
  return order.ok ? `${order.value.number} ${order.value.status}` : order.error.code;
};

void placeAnOrder().then((said) => console.log(said));
