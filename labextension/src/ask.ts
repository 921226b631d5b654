import type { Kernel } from '@jupyterlab/services';

export const TARGET = 'mlpm.panel.v1';

/**
 * Ask the kernel's half of this extension something.
 *
 * It is looked for among the modules that are loaded already, so that a kernel without it is left as it is:
 * nothing is imported, no cell is counted, nothing goes into the history.
 *
 * @returns its answer; null where it is not loaded.
 * @throws what went wrong there, in a line.
 */
export async function ask(
  kernel: Kernel.IKernelConnection,
  what: 'told' | 'tables'
): Promise<unknown> {
  const link =
    "__import__('sys').modules.get('mlpm_magics.notebook.panel.link')";
  const future = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    stop_on_error: false,
    allow_stdin: false,
    user_expressions: { answer: `getattr(${link}, '${what}', lambda: None)()` }
  });
  const reply = (await future.done)?.content as IReply | undefined;
  const answer = reply?.user_expressions?.answer;
  if (answer?.status === 'error') {
    throw new Error(`${answer.ename}: ${answer.evalue}`);
  }
  return answer?.data?.['application/json'] ?? null;
}

/** What a kernel says to an expression; services.d.ts leaves it open. */
interface IReply {
  user_expressions?: Record<
    string,
    {
      status: string;
      ename?: string;
      evalue?: string;
      data?: Record<string, unknown>;
    }
  >;
}
