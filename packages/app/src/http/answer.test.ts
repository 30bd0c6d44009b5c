import { renderingOnce } from './answer.js';

it('renders what is stored and then sent once, and each other value anew', () => {
  const rendered: string[] = [];
  const render = renderingOnce(({ id }: { readonly id: string }) => {
    rendered.push(id);
    return { status: 201, body: `{"id":"${id}"}` };
  });
  const [order, another] = [{ id: 'a' }, { id: 'a' }];
  expect([render(order), render(order)].map(({ body }) => body)).toEqual(['{"id":"a"}', '{"id":"a"}']);
  expect(rendered).toEqual(['a']);
  render(another);
  expect(rendered).toEqual(['a', 'a']);
});
