import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';

import { ask, TARGET } from './ask';
import { asState, type IPanelState, type ITables } from './state';

const ENDED: Kernel.Status[] = ['starting', 'restarting', 'autorestarting'];

/**
 * The line from one notebook to its kernel.
 *
 * The kernel pushes what changed; it is asked only when it is idle, and only once for each reason to ask:
 * the notebook was shown, the magics were loaded, the page was loaded again.
 */
export class Link {
  constructor(private readonly session: ISessionContext) {
    session.kernelChanged.connect(this.onKernel, this);
    session.statusChanged.connect(this.onStatus, this);
    this.listen(session.session?.kernel ?? null);
  }

  /** What the kernel told last; null before it did, and where the magics are not loaded. */
  state: IPanelState | null = null;

  /** A slip in what was asked of the kernel, in one line. */
  error = '';

  /** Whether the magics are loaded, as far as is known. */
  loaded = false;

  /** Whether this is a kernel that the magics can be loaded into. */
  python = false;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The magics were loaded just now, not found loaded. */
  get arrived(): ISignal<this, void> {
    return this._arrived;
  }

  get busy(): boolean {
    return this.kernel?.status !== 'idle';
  }

  /** Ask for the state, now or as soon as the kernel is idle. */
  async refresh(): Promise<void> {
    const kernel = this.kernel;
    this.waiting = !kernel || this.busy;
    if (!kernel || this.waiting || this.session.isDisposed) {
      return;
    }
    this.python = (await kernel.info).language_info.name === 'python';
    const heard = this.heard;
    let answer: unknown = null;
    let error = '';
    try {
      answer = this.python ? await ask(kernel, 'told') : null;
    } catch (failed) {
      error = `${failed}`;
    }
    if (kernel !== this.kernel || this.session.isDisposed) {
      return;
    }
    if (heard !== this.heard) {
      return; // what was pushed in the meantime is newer
    }
    this.take(answer !== null || error !== '', answer, error);
    if (this.loaded && !this.comm) {
      await this.attach(kernel);
    }
  }

  /** The tables of the kernel; null while it is busy or where the magics are not loaded. */
  async tables(): Promise<ITables | null> {
    return this.kernel && !this.busy
      ? ((await ask(this.kernel, 'tables')) as ITables | null)
      : null;
  }

  /** Tick a task, or take its tick back; it shows at once, until the kernel says what is so. */
  tick(task: string, done: boolean): void {
    const stage = this.state?.stage;
    if (!this.comm || !this.state || !stage) {
      return;
    }
    this.comm.send({ do: done ? 'done' : 'undo', task });
    const tasks = stage.tasks.map(each =>
      each.id === task ? { ...each, done } : each
    );
    this.take(true, { ...this.state, stage: { ...stage, tasks } }, '');
  }

  dispose(): void {
    Signal.clearData(this);
  }

  private get kernel(): Kernel.IKernelConnection | null {
    return this.session.session?.kernel ?? null;
  }

  private onKernel(
    _: ISessionContext,
    change: { newValue?: Kernel.IKernelConnection | null }
  ): void {
    this.listen(change.newValue ?? null);
  }

  private onStatus(_: ISessionContext, status: Kernel.Status): void {
    if (ENDED.includes(status)) {
      this.forget();
      this.waiting = true; // a kernel that is being restarted may answer a last time
    }
    if (status === 'idle' && this.waiting) {
      void this.refresh();
    }
  }

  private listen(kernel: Kernel.IKernelConnection | null): void {
    this.forget();
    kernel?.registerCommTarget(TARGET, comm => {
      this.heard++;
      this.adopt(comm);
      this.take(true, this.state, '');
      this._arrived.emit();
      void this.refresh();
    });
  }

  private forget(): void {
    this.heard++;
    this.comm = null;
    this.take(false, null, '');
  }

  /** After the page was loaded again the kernel's comm lives on, and only has to be taken up. */
  private async attach(kernel: Kernel.IKernelConnection): Promise<void> {
    const reply = await kernel.requestCommInfo({ target_name: TARGET });
    const comms = reply.content.status === 'ok' ? reply.content.comms : {};
    for (const id of Object.keys(comms)) {
      if (!kernel.hasComm(id) && kernel === this.kernel) {
        this.adopt(kernel.createComm(TARGET, id));
      }
    }
  }

  private adopt(comm: Kernel.IComm): void {
    this.comm = comm;
    comm.onMsg = (message: KernelMessage.ICommMsgMsg) => {
      const { panel, error } = message.content.data;
      this.heard++;
      this.take(true, panel, typeof error === 'string' ? error : '');
    };
    comm.onClose = () => {
      if (this.comm === comm) {
        this.forget();
      }
    };
  }

  private take(loaded: boolean, state: unknown, error: string): void {
    this.loaded = loaded;
    this.state = asState(state);
    this.error = error;
    this._changed.emit();
  }

  private comm: Kernel.IComm | null = null;
  private waiting = false;
  private heard = 0;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _arrived = new Signal<this, void>(this);
}
