/** `npm run package`: a production build, packed by @vscode/vsce into one .vsix. */
import { createVSIX } from '@vscode/vsce';
import { statSync } from 'node:fs';
import { bootstrap, fail, runNode } from './bootstrap.mjs';

bootstrap();
if (runNode(['scripts/build.mjs', '--production']) !== 0) fail('The build did not succeed.');
const packagePath = 'logicapps-workbench.vsix';
await createVSIX({ packagePath, dependencies: false, allowMissingRepository: true, skipLicense: false });
const megabytes = statSync(packagePath).size / 1024 / 1024;
console.log(`${packagePath}: ${megabytes.toFixed(2)} MB`);
