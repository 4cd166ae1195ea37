/** The program behind `logicapps`: the real terminal around `main`. */
import { main } from './main';

// A reader that has seen enough (`logicapps runs … | head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  cwd: process.cwd(),
  env: process.env,
};

void main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
