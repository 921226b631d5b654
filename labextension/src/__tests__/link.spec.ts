import type { ISessionContext } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';

import { Link } from '../link';
import told from './told.json';

/** A kernel that answers when the test says so; what a real one does is in tests/browser. */
class Kernel {
  status = 'idle';
  info = Promise.resolve({ language_info: { name: 'python' } });
  asked: ((answer: unknown) => void)[] = [];
  open!: (comm: object) => void;

  requestExecute(): object {
    const done = new Promise(resolve =>
      this.asked.push(answer =>
        resolve({
          content: {
            user_expressions: {
              answer: { data: answer && { 'application/json': answer } }
            }
          }
        })
      )
    );
    return { done };
  }

  registerCommTarget(_: string, open: (comm: object) => void): void {
    this.open = open;
  }

  requestCommInfo = async () => ({ content: { status: 'ok', comms: {} } });
}

class Session {
  isDisposed = false;
  kernel = new Kernel();
  session = { kernel: this.kernel };
  kernelChanged = new Signal<this, object>(this);
  statusChanged = new Signal<this, string>(this);
}

interface IComm {
  onMsg: (message: object) => void;
  onClose: () => void;
  sent: object[];
  send: (data: object) => void;
}

function comm(): IComm {
  const sent: object[] = [];
  return {
    sent,
    send: data => sent.push(data),
    onMsg: () => undefined,
    onClose: () => undefined
  };
}

const turn = () => new Promise(resolve => setTimeout(resolve));

function linked(): { link: Link; session: Session; kernel: Kernel } {
  const session = new Session();
  const link = new Link(session as unknown as ISessionContext);
  return { link, session, kernel: session.kernel };
}

describe('the line to a kernel', () => {
  it('asks a busy kernel nothing until it is idle, and then once', async () => {
    const { link, session, kernel } = linked();
    kernel.status = 'busy';
    await link.refresh();
    await link.refresh();
    expect(kernel.asked).toHaveLength(0);
    expect(await link.tables()).toBeNull();
    kernel.status = 'idle';
    session.statusChanged.emit('idle');
    await turn();
    session.statusChanged.emit('idle');
    await turn();
    expect(kernel.asked).toHaveLength(1);
  });

  it('knows what a kernel told, and that it told nothing', async () => {
    const { link, kernel } = linked();
    void link.refresh();
    await turn();
    kernel.asked[0](null);
    await turn();
    expect([link.python, link.loaded, link.state]).toEqual([true, false, null]);
    void link.refresh();
    await turn();
    kernel.asked[1](told);
    await turn();
    expect([link.loaded, link.state]).toEqual([true, told]);
  });

  it('takes no late answer for what was pushed in the meantime', async () => {
    const { link, kernel } = linked();
    void link.refresh();
    await turn();
    const pushed = comm();
    kernel.open(pushed);
    pushed.onMsg({ content: { data: { panel: told } } });
    kernel.asked[0](null);
    await turn();
    expect([link.loaded, link.state]).toEqual([true, told]);
  });

  it('asks once more when a kernel is there again', async () => {
    const { link, session, kernel } = linked();
    void link.refresh();
    await turn();
    kernel.asked[0](told);
    await turn();
    kernel.status = 'starting';
    session.statusChanged.emit('starting');
    expect(link.loaded).toBe(false);
    kernel.status = 'idle';
    session.statusChanged.emit('idle');
    await turn();
    expect(kernel.asked).toHaveLength(2);
  });

  it('forgets all when the kernel starts again or unloads the magics', async () => {
    const { link, session, kernel } = linked();
    for (const end of [
      () => session.statusChanged.emit('restarting'),
      (one: IComm) => one.onClose()
    ]) {
      const one = comm();
      kernel.open(one);
      one.onMsg({ content: { data: { panel: told, error: 'no such task' } } });
      expect([link.loaded, link.error]).toEqual([true, 'no such task']);
      end(one);
      expect([link.loaded, link.state, link.error]).toEqual([false, null, '']);
    }
  });

  it('asks for a tick by the name of the task, and shows it at once', () => {
    const { link, kernel } = linked();
    const [{ id, done }] = told.stage.tasks;
    const shown = () => link.state?.stage?.tasks[0].done;
    link.tick(id, !done); // nobody listens yet
    const one = comm();
    kernel.open(one);
    const push = () => one.onMsg({ content: { data: { panel: told } } });
    push();
    link.tick(id, true);
    expect(shown()).toBe(true);
    link.tick(id, false);
    expect(shown()).toBe(false);
    expect(one.sent).toEqual([
      { do: 'done', task: id },
      { do: 'undo', task: id }
    ]);
    link.tick(id, !done);
    push();
    expect(shown()).toBe(done); // what the kernel says counts
  });
});
