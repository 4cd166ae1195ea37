/**
 * Takes the place of the native module @vscode/spdlog in the cached code-server, which would have to be compiled:
 * the same functions over appendFileSync. Without it VS Code writes no logs and shows empty Output channels.
 */
const { appendFileSync, existsSync, mkdirSync, renameSync, statSync } = require('node:fs');
const { dirname, parse, join } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #limit;
  #size;
  #level = 2;
  #formatted = true;

  /**
   * @param {string} _kind
   * @param {string} _name
   * @param {string} file
   * @param {number} limit of the file's size, in bytes
   */
  constructor(_kind, _name, file, limit) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#limit = limit;
    this.#size = existsSync(file) ? statSync(file).size : 0;
  }

  /**
   * @param {number} level
   * @param {string} message
   */
  #write(level, message) {
    if (level < this.#level) return;
    const text = this.#formatted ? `${localTime()} [${levels[level]}] ${message}\n` : message;
    try {
      if (this.#size + text.length > this.#limit) this.#rotate();
      appendFileSync(this.#file, text);
      this.#size += text.length;
    } catch {
      // The log's folder has been removed or the disk is full: a log must not stop the editor.
    }
  }

  /** Keeps one older file beside the log. */
  #rotate() {
    const { dir, name, ext } = parse(this.#file);
    if (existsSync(this.#file)) renameSync(this.#file, join(dir, `${name}.1${ext}`));
    this.#size = 0;
  }

  /** @param {string} message */
  trace(message) {
    this.#write(0, message);
  }
  /** @param {string} message */
  debug(message) {
    this.#write(1, message);
  }
  /** @param {string} message */
  info(message) {
    this.#write(2, message);
  }
  /** @param {string} message */
  warn(message) {
    this.#write(3, message);
  }
  /** @param {string} message */
  error(message) {
    this.#write(4, message);
  }
  /** @param {string} message */
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#level;
  }
  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {
    this.#formatted = true;
  }
  clearFormatters() {
    this.#formatted = false;
  }
  flush() {}
  drop() {}
}

/** Such as 2031-04-05 06:07:08.009 */
function localTime() {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '');
}

/**
 * @param {string} name
 * @param {string} file
 * @param {number} limit
 */
async function createLogger(name, file, limit) {
  return new Logger('rotating', name, file, limit);
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
