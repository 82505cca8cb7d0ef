import { imageRepository } from './imageRepository';

describe('the repository of an image', () => {
  it.each([
    ['cart', 'cart'],
    ['cart:1', 'cart'],
    ['quay.io/cilium/cilium:v1.20.2@sha256:ab', 'quay.io/cilium/cilium'],
    ['registry.example.org:5000/cart', 'registry.example.org:5000/cart'],
    ['registry.example.org:5000/cart:1', 'registry.example.org:5000/cart'],
    ['cart@sha256:ab', 'cart'],
    ['', ''],
  ])('of %s is %s', (reference, repository) => {
    expect(imageRepository(reference)).toBe(repository);
  });
});
