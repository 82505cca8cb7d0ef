import { component } from '../testing/component';
import { readCatalogEntity } from './readCatalogEntity';

const id = 'backstage.io/kubernetes-id';
const selector = 'backstage.io/kubernetes-label-selector';
const workload = 'security-profiles.io/workload';

describe('What is kept of an entity', () => {
  it('is its name as id where no annotation gives one', () => {
    expect(readCatalogEntity(component('cart'))).toMatchObject({
      entity_ref: 'component:default/cart',
      kubernetes_id: 'cart',
      id_source: 'name',
      anchor_key: id,
      anchor_value: 'cart',
      owner_ref: 'group:default/team-cart',
    });
  });

  it('is the annotated id where there is one', () => {
    expect(
      readCatalogEntity(component('cart', { [id]: 'basket' })),
    ).toMatchObject({
      kubernetes_id: 'basket',
      id_source: id,
      anchor_value: 'basket',
    });
  });

  it('is the selector above the id, and the named workload above both', () => {
    const both = { [id]: 'basket', [selector]: 'app=cart,tier=web' };
    expect(readCatalogEntity(component('cart', both))).toMatchObject({
      kubernetes_id: 'basket',
      selector: 'app=cart,tier=web',
      anchor_key: 'app',
      anchor_value: 'cart',
    });
    expect(
      readCatalogEntity(
        component('cart', { ...both, [workload]: 'eu/shop/Deployment/cart' }),
      ),
    ).toMatchObject({
      workload_ref: 'eu/shop/Deployment/cart',
      selector: null,
      anchor_key: null,
    });
  });

  it('says why a selector can’t be read', () => {
    expect(
      readCatalogEntity(component('cart', { [selector]: 'app in cart' })),
    ).toMatchObject({
      selector: 'app in cart',
      selector_error: '"app in cart" is no requirement of a label selector',
      anchor_key: null,
    });
  });

  it('holds nothing wider than its column or with a NUL: the catalog does not check annotations', () => {
    const long = 'x'.repeat(2000);
    const row = readCatalogEntity(
      component(
        'cart',
        {
          [id]: long,
          [workload]: '',
          'backstage.io/kubernetes-namespace': `${long}\u0000`,
          'backstage.io/kubernetes-cluster': `\u0000${long}`,
        },
        { spec: { owner: `group:default/${long}` } },
      ),
    );
    expect(row).toMatchObject({
      anchor_key: null,
      anchor_value: null,
      owner_ref: null,
    });
    expect(row.kubernetes_id).toHaveLength(253);
    expect(row.only_namespace).toHaveLength(253);
    expect(JSON.stringify(row)).not.toContain('\\u0000');
    expect(
      readCatalogEntity(component('cart', { [selector]: `app=${long}` }))
        .selector_error,
    ).toBe('a label in it is longer than Kubernetes allows');
    expect(
      readCatalogEntity(component('cart', { [workload]: long })).workload_ref,
    ).toHaveLength(1024);
  });

  it('has another hash as soon as anything that is kept changes', () => {
    const hash = (annotations: Record<string, string>) =>
      readCatalogEntity(component('cart', annotations)).content_hash;
    expect(hash({ unrelated: 'x' })).toBe(hash({}));
    expect(hash({ [id]: 'basket' })).not.toBe(hash({}));
  });
});
