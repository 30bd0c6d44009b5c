import { inProcessSignals } from './in-process-signals.js';

describe('signals within a process', () => {
  it('are heard by everybody who listens to their topic when publishing returns, and by nobody else', () => {
    const signals = inProcessSignals();
    const heard: string[] = [];
    signals.subscribe('access', (key) => heard.push(`first ${key}`));
    signals.subscribe('access', (key) => heard.push(`second ${key}`));
    signals.subscribe('plan', (key) => heard.push(`plan ${key}`));
    signals.publish({ topic: 'access', key: 'u1' });
    expect(heard).toEqual(['first u1', 'second u1']);
  });

  it('are heard no more after unsubscribing, also when the same function listens twice', () => {
    const signals = inProcessSignals();
    const heard: string[] = [];
    const hear = (key: string): void => void heard.push(key);
    const stop = signals.subscribe('access', hear);
    signals.subscribe('access', hear);
    stop();
    stop();
    signals.publish({ topic: 'access', key: 'u1' });
    expect(heard).toEqual(['u1']);
  });

  it('reach the others when one listener throws, which is reported', () => {
    const reported: unknown[] = [];
    const signals = inProcessSignals((error) => reported.push(error));
    const fault = new Error('a listener of its own mind');
    const heard: string[] = [];
    signals.subscribe('access', () => {
      throw fault;
    });
    signals.subscribe('access', (key) => heard.push(key));
    signals.publish({ topic: 'access', key: 'u1' });
    expect({ heard, reported }).toEqual({ heard: ['u1'], reported: [fault] });
  });
});
