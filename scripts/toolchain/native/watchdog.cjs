/**
 * Takes the place of the native module @vscode/native-watchdog in the cached code-server, which would have to be
 * compiled: ends an extension host whose server is gone.
 */
exports.start = (/** @type {number} */ parent) => {
  setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch {
      process.exit(87);
    }
  }, 5000).unref();
};
exports.exit = (/** @type {number | undefined} */ code) => process.exit(code ?? 0);
