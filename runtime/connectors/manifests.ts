/** The connectors whose operations are known. Pure data: editors read it too. */
import type { ConnectorManifest } from '../../language/catalog/manifest';
import { azureBlob } from './azureBlob/manifest';
import { fileSystem } from './fileSystem/manifest';

export const connectorManifests: readonly ConnectorManifest[] = [azureBlob, fileSystem];
