import { compareCodeUnits } from '../profiles/canonicalJson';
import {
  IndexedProfile,
  Mechanism,
  mechanismOf,
  ProfileIndex,
} from '../profiles/profileIndex';
import { ProfileKind } from '../profiles/profileObject';
import { OperatorWebhook, servedNamespace } from './operatorWebhook';
import { DeclaredContainer } from './podSecurity';
import { Confinement, ContainerConfinement } from './resolveConfinement';

/** A ProfileBinding as collection keeps it. @public */
export interface BindingFacts {
  namespace: string;
  name: string;
  profileKind: string;
  profileName: string;
  /** Exact text of a container's image, or `*`. */
  image: string;
}

/** Why a binding does nothing for a container that it is for. @public */
export type IdleCause =
  | 'namespace-label'
  | 'image-text'
  | 'overruled'
  | 'missing-profile'
  | 'profile-not-ready'
  | 'image-binding-first'
  | 'another-binding'
  | 'not-restarted';

/** What a binding means for one container. @public */
export type BindingOutcome =
  /** The container has what the binding writes, and its template does not say so. */
  | { state: 'sets'; mechanism: Mechanism; over?: string; because: string }
  /** The template says the same. */
  | { state: 'agrees'; mechanism: Mechanism }
  | { state: 'idle'; cause: IdleCause; mechanism: Mechanism; because: string }
  | { state: 'unknown'; mechanism: Mechanism; because: string };

/** A binding with what it means for one container. @public */
export interface JudgedBinding {
  binding: BindingFacts;
  outcome: BindingOutcome;
}

/** What the meaning of bindings depends on besides the container. */
export interface BindingContext {
  namespace: string;
  bindings: BindingFacts[];
  index: ProfileIndex;
  unreadKinds?: ReadonlyMap<ProfileKind, string>;
  namespaceLabels: Record<string, Record<string, string>> | undefined;
  webhooks: OperatorWebhook[] | undefined;
  basis: 'live' | 'template';
  /** What applies to the container now. */
  confinement: ContainerConfinement;
  /** What its template alone would give; undefined where no template is known. */
  declared?: ContainerConfinement;
  /** All containers of the same pod that a binding looks at, this one included. */
  images: readonly string[];
}

/**
 * What the bindings of a namespace mean for one container: which one set its profile, and which do nothing and why.
 *
 * @remarks
 * No mark on a pod tells that a binding changed it, so `sets` is deduced: the pod has what the binding writes, where the
 * binding writes it, and the template does not. Images are compared as exact text. `*` writes the pod's field, only where
 * that is empty and no binding of an image changed the pod; a container's own field still wins over it. A missing profile
 * is skipped since 1.0. Source: SPO v1.0.0, internal/pkg/webhooks/binding/binding.go.
 */
export function judgeBindings(
  container: DeclaredContainer,
  context: BindingContext,
): JudgedBinding[] {
  if (container.type === 'ephemeral') {
    return [];
  }
  const own = context.bindings
    .filter(({ namespace }) => namespace === context.namespace)
    .sort((a, b) => compareCodeUnits(a.name, b.name));
  return own.flatMap(binding => {
    const mechanism = mechanismOfKind(binding.profileKind);
    const outcome =
      mechanism && judgeBinding(binding, mechanism, container, own, context);
    return outcome ? [{ binding, outcome }] : [];
  });
}

/** The binding that most likely set what a container has for a mechanism. */
export function settingBinding(
  judged: readonly JudgedBinding[],
  mechanism: Mechanism,
): JudgedBinding | undefined {
  return judged.find(
    ({ outcome }) =>
      outcome.state === 'sets' && outcome.mechanism === mechanism,
  );
}

function mechanismOfKind(kind: string): Mechanism | undefined {
  switch (kind) {
    case 'SeccompProfile':
    case 'SelinuxProfile':
    case 'AppArmorProfile':
      return mechanismOf(kind);
    default:
      return undefined;
  }
}

function judgeBinding(
  binding: BindingFacts,
  mechanism: Mechanism,
  container: DeclaredContainer,
  own: BindingFacts[],
  context: BindingContext,
): BindingOutcome | undefined {
  const concerned = binding.image === '*' || binding.image === container.image;
  const idle = (cause: IdleCause, because: string): BindingOutcome => ({
    state: 'idle',
    cause,
    mechanism,
    because,
  });
  if (!concerned) {
    return missesByText(binding, mechanism, container, context)
      ? idle(
          'image-text',
          `it names ${binding.image}, the container runs ${container.image}; texts are compared, not images`,
        )
      : undefined;
  }
  const profile = profileOf(binding, context);
  const now = context.confinement[mechanism];
  const declared = context.declared?.[mechanism];
  const wanted = binding.image === '*' ? 'pod' : 'container';
  if (profile && now.profileId === profile.id && now.setBy === wanted) {
    return alreadyThere(binding, mechanism, { now, declared }, context);
  }
  const served = servedNamespace('binding', context);
  if (served.state === 'unknown') {
    return { state: 'unknown', mechanism, because: served.because };
  }
  if (served.state === 'no') {
    return idle(
      'namespace-label',
      `namespace ${binding.namespace} does not have the label ${served.label}`,
    );
  }
  if (!profile) {
    const unread = context.unreadKinds?.get(binding.profileKind as ProfileKind);
    return unread !== undefined
      ? { state: 'unknown', mechanism, because: unread }
      : idle(
          'missing-profile',
          `${binding.profileKind} ${binding.profileName} does not exist, so pods start without it`,
        );
  }
  if (profile.kind !== 'AppArmorProfile' && profile.statusName === undefined) {
    return idle(
      'profile-not-ready',
      `${profile.kind} ${profile.name} has no status yet, so new pods are refused`,
    );
  }
  const rival = rivalOf(binding, mechanism, own, context);
  if (rival) {
    return idle(rival.cause, rival.because);
  }
  if (wanted === 'pod' && (declared ?? now).setBy !== 'none') {
    const { field, value } = declared ?? now;
    return idle(
      'overruled',
      `${field ?? 'the workload'} says ${
        value || 'something else'
      }, and a binding for all images only fills what is empty`,
    );
  }
  return context.basis === 'template'
    ? undefined
    : idle(
        'not-restarted',
        'the running pods do not have what it sets; most likely they started before it',
      );
}

function alreadyThere(
  binding: BindingFacts,
  mechanism: Mechanism,
  settings: { now: Confinement; declared?: Confinement },
  context: BindingContext,
): BindingOutcome {
  const { now, declared } = settings;
  if (declared && same(declared, now)) {
    return { state: 'agrees', mechanism };
  }
  const where =
    binding.image === '*' ? 'for all images' : 'for exactly this image';
  const because = declared
    ? `deduced: the pods have what this binding ${where} sets, and the template says ${
        declared.value || 'nothing'
      }`
    : `deduced: the pods have what this binding ${where} sets, and no template is known to say so`;
  const served = servedNamespace('binding', context);
  if (!declared && served.state !== 'yes') {
    // Without a template to compare with, a binding that is switched off is no explanation.
    return { state: 'agrees', mechanism };
  }
  return {
    state: 'sets',
    mechanism,
    ...(declared && declared.setBy !== 'none' && { over: declared.value }),
    because,
  };
}

function same(one: Confinement, other: Confinement): boolean {
  return one.setBy === other.setBy && one.value === other.value;
}

/** Another binding of the same namespace that keeps this one from its work. */
function rivalOf(
  binding: BindingFacts,
  mechanism: Mechanism,
  own: BindingFacts[],
  context: BindingContext,
): { cause: IdleCause; because: string } | undefined {
  const others = own.filter(
    other => other !== binding && profileOf(other, context) !== undefined,
  );
  if (binding.image === '*') {
    const first = others.find(({ image }) => context.images.includes(image));
    if (first) {
      return {
        cause: 'image-binding-first',
        because: `binding ${first.name} names an image of the same pod, and a binding for all images then does nothing`,
      };
    }
    const wildcard = others.find(({ image }) => image === '*');
    return (
      wildcard && {
        cause: 'another-binding',
        because: `binding ${wildcard.name} is for all images too, and only one of such bindings applies`,
      }
    );
  }
  const twin = others.find(
    other =>
      other.image === binding.image &&
      mechanismOfKind(other.profileKind) === mechanism,
  );
  return (
    twin && {
      cause: 'another-binding',
      because: `binding ${twin.name} names the same image; which of both wins is not defined`,
    }
  );
}

/** A binding of another image is of interest where it names the same repository and the container has no own profile. */
function missesByText(
  binding: BindingFacts,
  mechanism: Mechanism,
  container: DeclaredContainer,
  context: BindingContext,
): boolean {
  const { state } = context.confinement[mechanism];
  return (
    state !== 'profile' &&
    state !== 'ambiguous' &&
    !context.images.includes(binding.image) &&
    repository(binding.image) === repository(container.image)
  );
}

/** The repository of an image as a runtime reads it: registry and library filled in, without tag and digest. */
function repository(image: string): string {
  const [name] = image.split('@');
  const untagged = name.replace(/:[^:/]+$/, '');
  const path = untagged.replace(/^(index\.)?docker\.io\//, '');
  const [first, ...rest] = path.split('/');
  const registry = /[.:]|^localhost$/.test(first) && rest.length > 0;
  return registry ? path : `docker.io/${path.replace(/^library\//, '')}`;
}

function profileOf(
  binding: BindingFacts,
  context: BindingContext,
): IndexedProfile | undefined {
  const kind = binding.profileKind as ProfileKind;
  return (
    context.index.byName(kind, binding.profileName) ??
    // Up to 0.8.4 profiles are in the namespace of the binding.
    context.index.byName(kind, binding.profileName, binding.namespace)
  );
}
