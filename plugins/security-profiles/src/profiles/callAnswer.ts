import type {
  ProfileCall,
  ProfileCallGroups,
  ProfileDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';
import { plainAction } from './plainAction';

type Distance = NonNullable<ProfileDetail['distance']>;

/** What happens to a call under an action, as "allowed" or "denied". */
export function actionText(texts: Texts, action: string): string {
  const plain = plainAction(action);
  return texts.maybe(`review.rules.action.${plain}`) ?? plain;
}

function callsOf(groups: ProfileCallGroups, name: string): ProfileCall[] {
  return groups.groups.flatMap(({ calls }) =>
    calls.filter(call => call.name === name),
  );
}

function isWhole(groups: ProfileCallGroups): boolean {
  const listed = new Set(
    groups.groups.flatMap(({ calls }) => calls.map(({ name }) => name)),
  );
  return listed.size >= groups.total;
}

/** Every name that the profile or RuntimeDefault says something about. */
export function knownCalls(distance: Distance): string[] {
  const names = [distance.beyond, distance.within, distance.denied].flatMap(
    ({ groups }) =>
      groups.flatMap(({ calls }) => calls.map(({ name }) => name)),
  );
  return [...new Set(names)].sort();
}

function conditionsOf(texts: Texts, calls: readonly ProfileCall[]): string {
  const conditions = calls.flatMap(({ args }) => (args ? [args] : []));
  return conditions.length < calls.length || conditions.length === 0
    ? ''
    : ` ${texts.t('profilePage.onlyIf', {
        condition: conditions.join(` ${texts.t('state.or')} `),
      })}`;
}

/** What a profile does with one call, and what RuntimeDefault would do, in a sentence. */
export function callAnswer(
  texts: Texts,
  profile: Pick<ProfileDetail, 'defaultAction'>,
  distance: Distance,
  name: string,
): string {
  const { t } = texts;
  const beyond = callsOf(distance.beyond, name);
  const within = callsOf(distance.within, name);
  const say = (key: 'beyond' | 'within', calls: readonly ProfileCall[]) =>
    t(`profilePage.answer.${key}`, {
      name,
      action: actionText(texts, calls[0].action),
      conditions: conditionsOf(texts, calls),
      because: calls[0].because ?? '',
    }).trim();
  if (beyond.length > 0) {
    return say('beyond', beyond);
  }
  if (within.length > 0) {
    return say('within', within);
  }
  const defaultAction = profile.defaultAction
    ? actionText(texts, profile.defaultAction)
    : t('profilePage.answer.denied');
  const denied = callsOf(distance.denied, name);
  if (denied.length > 0) {
    return t('profilePage.answer.gain', {
      name,
      action: denied[0].action
        ? actionText(texts, denied[0].action)
        : defaultAction,
    });
  }
  return isWhole(distance.beyond) &&
    isWhole(distance.within) &&
    isWhole(distance.denied)
    ? t('profilePage.answer.unnamed', { name, action: defaultAction })
    : t('profilePage.answer.notListed', { name });
}
