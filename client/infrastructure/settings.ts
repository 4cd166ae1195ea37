/** The extension's settings, typed. Defaults and descriptions are in package.json. */
import * as vscode from 'vscode';
import { PREFIX } from './identity';

export class Settings {
  /** Preferred port of the local host; another free one is taken when it is in use. */
  get port(): number {
    const port = this.#value('host.port');
    return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : 7071;
  }

  /** True: recurrence and polling triggers fire by themselves while the host runs. */
  get armTriggers(): boolean {
    return this.#value('host.armTriggers') === true;
  }

  /** True: a debug session sends the saved request of its workflow when it begins. */
  get sendSavedRequest(): boolean {
    return this.#value('debug.sendSavedRequest') !== false;
  }

  #value(name: string): unknown {
    return vscode.workspace.getConfiguration(PREFIX).get<unknown>(name);
  }
}
