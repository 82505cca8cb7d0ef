export { connectKubeconfig } from './connectKubeconfig';
