export { connectManifests } from './connectManifests';
export {
  ManifestsClusterClient,
  type ManifestsClusterClientOptions,
} from './ManifestsClusterClient';
