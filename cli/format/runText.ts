/** A run as text: its actions in order, with status, time and what went wrong. */
import type { OutgoingResponse } from '../../runtime/engine/contract';
import type { ActionView, RunHistory } from '../../runtime/engine/history';

export function runText(run: RunHistory, response: OutgoingResponse | undefined): string {
  const lines = [
    `Run ${run.runId} of ${run.workflow}: ${run.status}${run.endTime === undefined ? '' : ` (${duration(run.endTime - run.startTime)})`}`,
  ];
  if (run.error !== undefined) lines.push(`  ${run.error.code}: ${run.error.message}`);
  for (const action of run.actions()) lines.push(...actionLines(action));
  if (response !== undefined) {
    const body = Buffer.from(response.body).toString('utf8');
    lines.push(`Response ${response.statusCode}${body === '' ? '' : `: ${shorten(body)}`}`);
  }
  return `${lines.join('\n')}\n`;
}

function actionLines(action: ActionView): string[] {
  const inLoop = action.repetitions.some(({ step }) => step.repetition.length > 0);
  const first = action.repetitions[0];
  const start = Math.min(...action.repetitions.map(({ startTime }) => startTime));
  const end = Math.max(...action.repetitions.map(({ startTime, endTime }) => endTime ?? startTime));
  const times = inLoop ? ` × ${action.repetitions.length}` : '';
  const lines = [
    `  ${action.status.padEnd(9)} ${action.name}${times}${action.status === 'Skipped' ? '' : ` (${duration(end - start)})`}`,
  ];
  const failed = action.repetitions.filter(({ status, error }) => status !== 'Skipped' && error !== undefined);
  for (const { step, error } of failed.slice(0, 3)) {
    const place = step.repetition.length === 0 ? '' : `[${step.repetition.join('][')}] `;
    lines.push(`            ${place}${error?.code ?? ''}: ${error?.message ?? ''}`);
  }
  if (failed.length > 3) lines.push(`            … and ${failed.length - 3} more`);
  if (failed.length === 0 && action.status === 'Failed' && first !== undefined) lines.push(`            ${first.code}`);
  return lines;
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function shorten(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
