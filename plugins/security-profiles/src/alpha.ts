/**
 * What may still change: the texts, for translation.
 *
 * @packageDocumentation
 */
export { securityProfilesTranslationRef } from './texts/securityProfilesTranslation';
