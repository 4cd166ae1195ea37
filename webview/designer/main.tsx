/** Entry of the designer's bundle. */
import '@xyflow/react/dist/base.css';
import { createRoot } from 'react-dom/client';
import { openChannel } from '../channel/channel';
import { App } from './app';
import { DesignerContext } from './context';
import { Designer } from './designer';
import { FailureBoundary } from './failure';
import './styles/designer.css';

const designer = new Designer(openChannel());
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
createRoot(root).render(
  <DesignerContext.Provider value={designer}>
    <FailureBoundary designer={designer}>
      <App />
    </FailureBoundary>
  </DesignerContext.Provider>,
);
designer.connect();
