import { connect } from 'node:net';

/** Writes bytes to a port, and answers everything that comes back until the other side closes or says `until`. */
export const exchange = (port: number, bytes: string, until?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    const done = (): void => {
      socket.destroy();
      resolve(heard);
    };
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      heard += text;
      if (until !== undefined && heard.includes(until)) done();
    });
    socket.on('end', done);
    socket.on('error', reject);
  });

/** The status and the body of an answer as it stood on the wire. */
export const answerIn = (text: string): { readonly status: number; readonly head: string; readonly body: string } => {
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end).toLowerCase(), body: text.slice(end + 4) };
};
